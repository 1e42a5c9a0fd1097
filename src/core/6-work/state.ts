import type { AlertRaised, FaultKey } from '#alert/events.ts';
import type { MonitorDefinition, JobPlan, Signal } from '#monitor/events.ts';
import type { Asset, Crew, CriticalityClass, FailureMode } from '#strategy/events.ts';
import type {
  AlertId,
  AssetId,
  CaseId,
  CrewId,
  DraftId,
  FailureModeId,
  JobPlanId,
  MonitorId,
  NotificationId,
  ObjectiveId,
  OrderId,
  PersonId,
  SignalId,
} from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { CaseOpened, DraftPrepared, FindingGiven, OrderCreated } from './events.ts';
import type { Candidate, FirstSeenBy } from './matching-events.ts';

export interface WorkAlert extends AlertRaised {
  caseId: CaseId;
  clearedAtMs: number | null;
}

/** One open case per fault: one notification, at most one open draft or order at a time. */
export interface WorkCase extends CaseOpened {
  notificationId: NotificationId | null;
  /** every alert of the case, oldest first */
  alerts: AlertId[];
  /** those whose condition still holds */
  active: AlertId[];
  findings: FindingGiven[];
  drafts: DraftId[];
  openDraftId: DraftId | null;
  orders: OrderId[];
  openOrderId: OrderId | null;
  /** a new alert before this belongs to the case; null before the first clear */
  quietUntilMs: number | null;
  /** the repair is proved when no alert came until then; null before the first repair */
  proofUntilMs: number | null;
  /** when the last order with a repair was finished */
  repairedAtMs: number | null;
  /** plant time of the last thing that happened to the work */
  movedAtMs: number;
  /** steps already put before the owner: `draft:<id>`, `finding:<order id>`, `too late` */
  escalated: string[];
  /** times it came back within quiet time after the finish */
  reworks: number;
  closedAtMs: number | null;
  closedBecause: string | null;
  /** open notifications that may say the same fault, until somebody answers; null when nothing is asked */
  offer: { candidates: Candidate[]; answerByMs: number } | null;
  firstSeenBy: FirstSeenBy;
  /** where its alerts, findings and orders are now; null for a case that was not merged */
  mergedInto: CaseId | null;
  /** the case its alerts came from; null for one that an alert opened */
  splitOf: CaseId | null;
  /** what people answered about it, oldest first */
  matchings: Matching[];
}

/** One answer about which notifications and alerts belong together. */
export interface Matching {
  atMs: number;
  what: 'asked' | 'same' | 'not the same' | 'merged' | 'took in' | 'split' | 'split off';
  /** the notification or the case on the other side; null when there is none */
  otherId: string | null;
  by: PersonId | null;
  reason: string | null;
}

export interface WorkDraft extends DraftPrepared {
  answer: 'accepted' | 'rejected' | 'withdrawn' | null;
  answeredBy: PersonId | null;
  reason: string | null;
  /** answered by then, or the owner is asked; moves with a check that asks to look again later */
  waitsUntilMs: number;
}

export interface WorkOrder extends OrderCreated {
  status: 'created' | 'released' | 'started' | 'finished';
  createdAtMs: number;
  releasedAtMs: number | null;
  releasedBy: PersonId | null;
  startedAtMs: number | null;
  startedBy: PersonId | null;
  finished: {
    atMs: number;
    by: PersonId;
    actualH: number;
    partsMinor: number;
    downtimeH: number;
    repaired: boolean;
  } | null;
}

export interface WorkNotification {
  notificationId: NotificationId;
  /** null while no case has taken it */
  caseId: CaseId | null;
  assetId: AssetId;
  /** an alert, a person of the plant, or a copy from the CMMS */
  origin: 'alert' | 'person' | 'cmms';
  /** where, as far as it was said */
  position: string | null;
  group: string | null;
  /** a person's words are a reference into people.db */
  shortText: string;
  longText: string;
  priority: Priority | null;
  requiredEndMs: number | null;
  /** the person who reported it or copied it; null for an alert's */
  by: PersonId | null;
  seenAtMs: number;
  /** when it was reported, for a copy as the CMMS says */
  createdAtMs: number;
  /** the number the plant's own CMMS gave it; null until somebody typed it in */
  cmmsNumber: string | null;
  closedAtMs: number | null;
  closedBecause: string | null;
  duplicateOf: NotificationId | null;
}

export interface WorkState {
  site: string;
  assets: Map<AssetId, Asset>;
  criticality: Map<AssetId, CriticalityClass>;
  failureModes: Map<FailureModeId, FailureMode>;
  accountable: Map<ObjectiveId, PersonId | null>;
  crews: Map<CrewId, Crew>;
  signals: Map<SignalId, Signal>;
  jobPlans: Map<JobPlanId, JobPlan>;
  monitors: Map<MonitorId, Map<number, MonitorDefinition>>;
  alerts: Map<AlertId, WorkAlert>;
  cases: Map<CaseId, WorkCase>;
  /** the last case of each fault, by `faultWord`; a merged one points to the case it went into */
  caseOfFault: Map<string, CaseId>;
  /** the case that a monitor's alerts left for, by `monitorWord`; asked before `caseOfFault` */
  caseOfMonitor: Map<string, CaseId>;
  /** cases that are not closed, oldest first */
  open: Set<CaseId>;
  notifications: Map<NotificationId, WorkNotification>;
  /** those that are not closed, of an open case or of none, oldest first */
  openNotifications: Set<NotificationId>;
  drafts: Map<DraftId, WorkDraft>;
  orders: Map<OrderId, WorkOrder>;
}

export function emptyWork(site: string): WorkState {
  return {
    site,
    assets: new Map(),
    criticality: new Map(),
    failureModes: new Map(),
    accountable: new Map(),
    crews: new Map(),
    signals: new Map(),
    jobPlans: new Map(),
    monitors: new Map(),
    alerts: new Map(),
    cases: new Map(),
    caseOfFault: new Map(),
    caseOfMonitor: new Map(),
    open: new Set(),
    notifications: new Map(),
    openNotifications: new Set(),
    drafts: new Map(),
    orders: new Map(),
  };
}

export function faultWord({ assetId, position, group }: FaultKey): string {
  return `${assetId}\n${position}\n${group}`;
}

export function monitorWord({ monitorId, fault }: { monitorId: MonitorId; fault: FaultKey }): string {
  return `${monitorId}\n${faultWord(fault)}`;
}

/** What was judged; a version that raised an alert was described before, so a missing one is a bug. */
export function definitionOf(state: WorkState, monitorId: MonitorId, version: number): MonitorDefinition {
  const definition = state.monitors.get(monitorId)?.get(version);
  if (!definition)
    throw new Error(`E-WORK-090 version ${version} of the monitor ${monitorId} was never described`);
  return definition;
}

export function failureModeOf(state: WorkState, definition: MonitorDefinition): FailureMode {
  const mode = state.failureModes.get(definition.failureModeId);
  if (!mode) throw new Error(`E-WORK-091 the failure mode ${definition.failureModeId} was never described`);
  return mode;
}

/** The last finding of a case, or of one of its orders; null before the first. */
export function lastFinding(theCase: WorkCase, orderId?: OrderId): FindingGiven | null {
  const given = theCase.findings.filter((finding) => orderId === undefined || finding.orderId === orderId);
  return given.at(-1) ?? null;
}
