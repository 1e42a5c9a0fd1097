import { ROLES, type Role } from '#access/events.ts';
import type { JobPlan, MonitorDefinition, Signal } from '#monitor/events.ts';
import type { CriticalityWish, FailureModeWish, ObjectiveWish } from '#strategy/commands.ts';
import type { Asset, Crew, Plant } from '#strategy/events.ts';

/** Role words that a plan file may use. */
export const PLAN_ROLES: readonly Role[] = ROLES;

export type Wanted = 'draft' | 'trial' | 'live';

export interface PlanPerson {
  personId: string;
  /** kept outside the journal; of a real person the id, until the invitation is taken */
  name: string;
  roles: Role[];
  simulated: boolean;
  /** of a guest contractor: the crew whose work they see and answer */
  guestCrewId?: string;
}

export interface PlanMonitor {
  monitorId: string;
  definition: MonitorDefinition;
  reason: string;
  /** how far the plan wants it; the gate has the last word */
  wanted: Wanted;
  proposer: string;
  signOffs: { by: string; as: 'technician' | 'owner' }[];
  activator: string | null;
}

/** A plan file in the words of the core: ms, minor units, and ids as the file writes them (without the site). */
export interface PlanDocument {
  version: 1;
  site: string;
  plant: Plant;
  people: PlanPerson[];
  objectives: ObjectiveWish[];
  assets: Asset[];
  /** of assets in the file's order; null where the asset is not assessed */
  criticality: (CriticalityWish | null)[];
  failureModes: FailureModeWish[];
  crews: Crew[];
  jobPlans: JobPlan[];
  signals: Signal[];
  monitors: PlanMonitor[];
}

/** Line and column from 1. */
export interface Position {
  line: number;
  column: number;
}

/** `code` begins with `E-` for an error and `W-` for a warning; a plan with warnings alone is ok. */
export interface PlanFinding extends Position {
  file: string;
  code: string;
  message: string;
  mend: string;
}

export interface PlanRead {
  ok: boolean;
  findings: PlanFinding[];
  /** null unless the file could be understood as a whole */
  plan: PlanDocument | null;
  /** where things stand, by path: `monitors.0.condition`; a path that is absent stands where its parent does */
  positions: Map<string, Position>;
}
