import type { Asset, Crew, CrewShifts, Criticality, FailureMode, Objective } from '#strategy/events.ts';
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
import type { ChangeDirection, Comparison, KnownEpisode } from './agreement-events.ts';
import type { BacktestRecord, JobPlan, Lifecycle, MarkedEvent, MonitorDefinition, Signal } from './events.ts';
import type { Advice, Unanswered } from './ownership-events.ts';

/** How a person stands behind a version. */
export type SignOffAs = 'proposer' | 'technician' | 'owner' | 'engineer';

/** How a version came to replace another one. */
export interface VersionChange {
  from: number;
  by: PersonId;
  dataFromMs: number;
  dataToMs: number;
  direction: ChangeDirection;
  emergency: boolean;
  /** the owner of an A asset agreed to a looser limit in an emergency */
  consentBy: PersonId | null;
  comparison: Comparison | null;
  /** approved and waiting for its date; null before, and from then on */
  effectiveMs: number | null;
  /** in effect as an emergency since then; null when it never was */
  emergencyFromMs: number | null;
}

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
  sentBackBecause: string | null;
  proposedBy: PersonId | null;
  proposedAtMs: number | null;
  signOffs: { by: PersonId; as: SignOffAs; atMs: number }[];
  /** blind review; null while no episodes have been shown */
  review: { episodes: KnownEpisode[]; signed: { by: PersonId; agreed: number; of: number }[] } | null;
  /** was in effect by the whole way, not only in an emergency: what a change goes back to */
  standing: boolean;
  /** null for a first version, and for versions of a monitor that was not live */
  change: VersionChange | null;
  comments: { by: PersonId; textRef: string; atMs: number }[];
}

export interface OpenAdvice {
  what: Advice;
  because: string;
  givenAtMs: number;
  dueMs: number;
  unanswered: Unanswered;
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
  /** somebody is asked to look at it then; null while it makes no work */
  reviewDueMs: number | null;
  /** a version in effect without the whole way of a change, and what comes back when its time is over */
  emergency: { version: number; backTo: number; untilMs: number } | null;
  advice: OpenAdvice[];
  /** since its owner left; null while somebody answers */
  orphanedAtMs: number | null;
  /** end of the one renewal of its claim; null before */
  claimRenewedToMs: number | null;
  /** a long stop: not judged since then */
  asleep: { assetId: AssetId; sinceMs: number; reason: string } | null;
  /** the last waking, until its sensors are proved and the hold is over */
  woken: { assetId: AssetId; atMs: number; heldUntilMs: number } | null;
}

/** Folds the strategy too: the gate asks for objective, criticality, failure mode and crew. */
export interface MonitorState {
  site: string;
  objectives: Map<ObjectiveId, Objective>;
  assets: Map<AssetId, Asset>;
  criticality: Map<AssetId, Criticality>;
  failureModes: Map<FailureModeId, FailureMode>;
  crews: Map<CrewId, Crew>;
  shifts: Map<CrewId, CrewShifts>;
  signals: Map<SignalId, Signal>;
  jobPlans: Map<JobPlanId, JobPlan>;
  monitors: Map<MonitorId, MonitorRecord>;
  /** people who have left: nothing passes to them */
  left: Set<PersonId>;
  /** plant time at which a monitor has something due; only those that have */
  dues: Map<MonitorId, number>;
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
    shifts: new Map(),
    signals: new Map(),
    jobPlans: new Map(),
    monitors: new Map(),
    left: new Set(),
    dues: new Map(),
    events: new Map(),
  };
}

/** The highest version number given so far; 0 before the first draft. */
export function latestVersion(monitor: MonitorRecord): number {
  return monitor.versions.size;
}
