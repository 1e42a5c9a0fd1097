import type { Asset, Crew, Criticality, FailureMode, Objective } from '#strategy/events.ts';
import type {
  AssetId,
  CrewId,
  EventId,
  FailureModeId,
  JobPlanId,
  MonitorId,
  ObjectiveId,
  PersonId,
  SignalId,
} from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { BacktestRecord, JobPlan, Lifecycle, MarkedEvent, MonitorDefinition, Signal } from './events.ts';

/** How a person stands behind a version. */
export type SignOffAs = 'proposer' | 'technician' | 'owner';

export interface MonitorVersion {
  version: number;
  definition: MonitorDefinition;
  priority: Priority;
  draftedBy: PersonId;
  draftedAtMs: number;
  reason: string;
  /** the last backtest of this version */
  backtest: BacktestRecord | null;
  /** when this version ran in trial; null when it never did */
  trial: { startedAtMs: number; endsAtMs: number } | null;
  /** when its record sent it back to trial: older evidence no longer counts */
  sentBackAtMs: number | null;
  proposedBy: PersonId | null;
  signOffs: { by: PersonId; as: SignOffAs; atMs: number }[];
}

export interface MonitorRecord {
  monitorId: MonitorId;
  lifecycle: Lifecycle;
  versions: Map<number, MonitorVersion>;
  /** the version that is judged; null while none was ever on trial, proposed or live */
  inEffect: number | null;
  /** the version people work on: the only one of a draft, or the one that waits to replace the version in effect */
  candidate: number | null;
  /** what the noise budget of which crew carries for it while it is live */
  charged: { crewId: CrewId; wastedHPerWeek: number } | null;
  retiredBecause: string | null;
}

/** Folds the strategy too: the gate asks for objective, criticality, failure mode and crew. */
export interface MonitorState {
  site: string;
  objectives: Map<ObjectiveId, Objective>;
  assets: Map<AssetId, Asset>;
  criticality: Map<AssetId, Criticality>;
  failureModes: Map<FailureModeId, FailureMode>;
  crews: Map<CrewId, Crew>;
  signals: Map<SignalId, Signal>;
  jobPlans: Map<JobPlanId, JobPlan>;
  monitors: Map<MonitorId, MonitorRecord>;
  /** breakdowns that people marked, in the order they did */
  events: Map<EventId, MarkedEvent & { by: PersonId }>;
}

export function emptyMonitors(site: string): MonitorState {
  return {
    site,
    objectives: new Map(),
    assets: new Map(),
    criticality: new Map(),
    failureModes: new Map(),
    crews: new Map(),
    signals: new Map(),
    jobPlans: new Map(),
    monitors: new Map(),
    events: new Map(),
  };
}

/** The highest version number given so far; 0 before the first draft. */
export function latestVersion(monitor: MonitorRecord): number {
  return monitor.versions.size;
}
