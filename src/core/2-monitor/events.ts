import type { ConditionSpec } from '#vocabulary/conditions/all.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import type { Grade, Graded } from '#vocabulary/grade.ts';
import type {
  AssetId,
  CrewId,
  EventId,
  FailureModeId,
  JobPlanId,
  MonitorId,
  PersonId,
  SignalId,
} from '#vocabulary/ids.ts';
import type { Minor } from '#vocabulary/money.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { AgreementFact } from './agreement-events.ts';
import type { OwnershipFact } from './ownership-events.ts';

/** Where readings of a signal come from and how a payload is read. */
export interface SignalAddress {
  /** `mqtt` or `file` */
  source: string;
  /** MQTT topic, or column of a recorded file */
  topic: string;
  /** dotted path of the value in a JSON payload; null for a plain number */
  valuePath: string | null;
  timePath: string | null;
  qualityPath: string | null;
  /** payload is an array of readings under this path (`` = the payload itself); null for single readings */
  batchPath: string | null;
}

export interface Signal {
  signalId: SignalId;
  assetId: AssetId;
  name: string;
  /** unit the source sends, for example `°F` */
  sourceUnit: string;
  /** canonical unit it is stored and judged in, for example `°C` */
  unit: string;
  address: SignalAddress;
  usualIntervalMs: number;
  /** who keeps the sensor alive, and who the gateway */
  sensorKeeper: PersonId | null;
  gatewayKeeper: PersonId | null;
}

export interface JobPlan {
  jobPlanId: JobPlanId;
  name: string;
  craft: string;
  steps: string[];
  /** hours on the clock and people needed: work = hours x people */
  durationH: number;
  people: number;
  parts: { number: string; name: string; quantity: number; costMinor: Minor; leadTimeMs: number }[];
  needsStop: boolean;
  plannedDowntimeH: number;
  trueIf: string[];
  falseIf: string[];
}

export type Rung = 'desk look' | 'walk-by' | 'intrusive check' | 'repair';

export interface MonitorDefinition {
  name: string;
  failureModeId: FailureModeId;
  signalId: SignalId;
  /** figures in the signal's canonical unit */
  condition: ConditionSpec;
  limitSource: { text: string; grade: Grade } | null;
  /** after this long without an accepted sample the monitor has no valid signal */
  staleAfterMs: number;
  /** a new alert within this time after the last clear joins the case */
  quietMs: number;
  /** hours the condition must stay clear after the repair before the case closes */
  proofMs: number;
  /**
   * Neighbours that answer to one fault, such as the bearings of a shaft: of alerts of one group within `withinMs` the
   * earliest is first-out and makes the work, the others are evidence in its case.
   */
  firstOut?: { group: string; withinMs: number };
  /** the decision that the monitor improves, in words */
  decision: string | null;
  response: {
    rung: Rung;
    /** what to do first, verb and object */
    firstAction: string;
    checkJobPlanId: JobPlanId | null;
    repairJobPlanId: JobPlanId | null;
    crewId: CrewId;
    /** hours one visit costs */
    visitH: number;
    withinMs: number;
    /** what production can do now, such as *slow to 80 %* or *swap to the stand-by pump* */
    productionCan?: readonly string[];
  } | null;
  /** who answers for the result */
  owner: PersonId | null;
  /** alert-on-sight estimate for the noise budget when there is no backtest: wasted visits a week */
  expectedWrongVisitsPerWeek: Graded | null;
}

export type Lifecycle = 'draft' | 'trial' | 'proposed' | 'live' | 'under review' | 'retired';

/** What a backtest said, as fields of a command; the gate reads it, nobody recomputes it here. */
export interface BacktestRecord {
  monitorId: MonitorId;
  version: number;
  from: number;
  to: number;
  samples: number;
  alerts: number;
  notifications: number;
  alertsPerWeek: number;
  notificationsPerWeek: number;
  events: number | null;
  caught: number | null;
  precision: number | null;
  leadHours: (number | null)[];
  /** chosen on the same data it was judged on: named `in hindsight` wherever it appears */
  inHindsight: boolean;
  dataHash: string;
}

export interface MonitorDrafted {
  monitorId: MonitorId;
  version: number;
  definition: MonitorDefinition;
  /** computed from consequence and time to respond, never by taste */
  priority: Priority;
  proposedBy: PersonId;
  reason: string;
}

/** A breakdown that people remember, marked on the signal's past. Times are ms since 1970. */
export interface MarkedEvent {
  eventId: EventId;
  failureModeId: FailureModeId;
  /** a notification within this stretch saw it coming */
  fromMs: number;
  toMs: number;
  /** the breakdown itself: warning counts up to here */
  atMs: number;
  /** reference of what the person wrote about it; null without a word */
  note: string | null;
}

export type SignalDeclared = FactBody<'monitor.signal-declared', Signal>;
export type JobPlanWritten = FactBody<'monitor.job-plan-written', JobPlan>;
export type Drafted = FactBody<'monitor.drafted', MonitorDrafted>;
/** A new version of a monitor that exists: a candidate; the version in effect stays until it is activated or trialled. */
export type Changed = FactBody<'monitor.changed', MonitorDrafted>;
export type BacktestRecorded = FactBody<'monitor.backtest-recorded', BacktestRecord>;
export type TrialStarted = FactBody<
  'monitor.trial-started',
  { monitorId: MonitorId; version: number; endsAtMs: number }
>;
export type Proposed = FactBody<'monitor.proposed', { monitorId: MonitorId; version: number; by: PersonId }>;
export type SignedOff = FactBody<
  'monitor.signed-off',
  {
    monitorId: MonitorId;
    version: number;
    by: PersonId;
    as: 'proposer' | 'technician' | 'owner' | 'engineer';
  }
>;
export type Activated = FactBody<
  'monitor.activated',
  {
    monitorId: MonitorId;
    version: number;
    /** what the noise budget was charged at activation */
    wastedHPerWeek: number;
    crewId: CrewId;
  }
>;
export type SentBackToTrial = FactBody<
  'monitor.sent-back-to-trial',
  { monitorId: MonitorId; version: number; reason: string; endsAtMs: number }
>;
export type Retired = FactBody<'monitor.retired', { monitorId: MonitorId; reason: string }>;

export type EventMarked = FactBody<'monitor.event-marked', MarkedEvent & { by: PersonId }>;
export type EventUnmarked = FactBody<'monitor.event-unmarked', { eventId: EventId; by: PersonId }>;

export type MonitorFact =
  | EventMarked
  | EventUnmarked
  | SignalDeclared
  | JobPlanWritten
  | Drafted
  | Changed
  | BacktestRecorded
  | TrialStarted
  | Proposed
  | SignedOff
  | Activated
  | SentBackToTrial
  | Retired
  | AgreementFact
  | OwnershipFact;
