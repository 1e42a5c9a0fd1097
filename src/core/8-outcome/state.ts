import type { MonitorDefinition } from '#monitor/events.ts';
import type { Asset, Crew, CriticalityClass, FailureMode } from '#strategy/events.ts';
import type {
  AssetId,
  CaseId,
  CrewId,
  EntryId,
  FailureModeId,
  MonitorId,
  OrderId,
  PersonId,
} from '#vocabulary/ids.ts';
import type { Finding, FindingGiven, FirstSeenBy } from '#work/events.ts';
import type { EntryBooked, EntryStatus } from './events.ts';
import type { WorkCost } from './money.ts';

export interface Entry extends EntryBooked {
  status: EntryStatus;
  verifiedBy: PersonId | null;
  /** who accepted or rejected it */
  decidedBy: PersonId | null;
  rejectedBecause: string | null;
  /** who gave the finding and who finished the order: none of them accepts the money */
  workers: PersonId[];
}

/** What a case has cost and said since its last entry. */
export interface OutcomeCase {
  caseId: CaseId;
  monitorId: MonitorId;
  monitorVersion: number;
  /** monitors that opened it or a case merged into it; an answer is one verdict for each */
  monitors: MonitorId[];
  /** cases merged into it, and those merged into them before: their credits are credits of one failure */
  absorbed: CaseId[];
  /** a report before the first alert takes the credit */
  firstSeenBy: FirstSeenBy;
  cost: WorkCost;
  /** a failure is avoided once: rework adds no second credit */
  credited: boolean;
  findings: FindingGiven[];
  workers: PersonId[];
}

/** A final answer on a monitor's work; provisional ones are not kept. */
export interface Verdict {
  caseId: CaseId;
  finding: Finding;
  atMs: number;
}

/** What a monitor's work came to; never by person. */
export interface MonitorTally {
  /** cases it opened, a merged one counted with the case it went into */
  cases: number;
  lastAlertMs: number | null;
  firstLiveMs: number | null;
  verdicts: Verdict[];
  visitH: number;
}

/** Hours that a crew lost on one alert. */
export interface LostHours {
  monitorId: MonitorId;
  crewId: CrewId;
  hours: number;
  atMs: number;
}

export interface OutcomeState {
  site: string;
  assets: Map<AssetId, Asset>;
  failureModes: Map<FailureModeId, FailureMode>;
  crews: Map<CrewId, Crew>;
  monitors: Map<MonitorId, Map<number, MonitorDefinition>>;
  /** the version that was activated last; none for a monitor that was never live */
  activated: Map<MonitorId, number>;
  cases: Map<CaseId, OutcomeCase>;
  orderCrew: Map<OrderId, CrewId>;
  entries: Map<EntryId, Entry>;
  tallies: Map<MonitorId, MonitorTally>;
  /** live monitors, with the crew whose noise budget carries each */
  live: Map<MonitorId, CrewId>;
  /** hours lost to noise, of the last two weeks before the newest */
  lost: LostHours[];
  /** likelihood score of each asset, 1 to 5 */
  likelihood: Map<AssetId, number>;
  criticalityClass: Map<AssetId, CriticalityClass>;
}

export function emptyOutcome(site: string): OutcomeState {
  return {
    site,
    assets: new Map(),
    failureModes: new Map(),
    crews: new Map(),
    monitors: new Map(),
    activated: new Map(),
    cases: new Map(),
    orderCrew: new Map(),
    entries: new Map(),
    tallies: new Map(),
    live: new Map(),
    lost: [],
    likelihood: new Map(),
    criticalityClass: new Map(),
  };
}

export const NO_COST: WorkCost = { hours: 0, partsMinor: 0, downtimeH: 0 };

/** What was judged; a version that opened a case was described before, so a missing one is a bug. */
export function definitionOf(state: OutcomeState, monitorId: MonitorId, version: number): MonitorDefinition {
  const definition = state.monitors.get(monitorId)?.get(version);
  if (!definition) throw new Error(`E-OUTCOME-090 version ${version} of ${monitorId} was never described`);
  return definition;
}

/** What a record speaks of: the version that was activated last, before the first one the newest draft. */
export function judgedDefinition(state: OutcomeState, monitorId: MonitorId): MonitorDefinition | undefined {
  const versions = state.monitors.get(monitorId);
  const activated = state.activated.get(monitorId);
  return activated === undefined ? [...(versions?.values() ?? [])].at(-1) : versions?.get(activated);
}

export function failureModeOf(state: OutcomeState, definition: MonitorDefinition): FailureMode {
  const mode = state.failureModes.get(definition.failureModeId);
  if (!mode)
    throw new Error(`E-OUTCOME-091 the failure mode ${definition.failureModeId} was never described`);
  return mode;
}
