import type { FaultKey } from '#alert/events.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import type { Grade } from '#vocabulary/grade.ts';
import type {
  AlertId,
  AssetId,
  CaseId,
  CrewId,
  DraftId,
  JobPlanId,
  MonitorId,
  NotificationId,
  ObjectiveId,
  OrderId,
  PersonId,
} from '#vocabulary/ids.ts';
import type { Minor } from '#vocabulary/money.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { MatchingFact } from './matching-events.ts';

export type { FirstSeenBy, Nearness } from './matching-events.ts';

/** The eight answers (domain 4.6). */
export type Finding =
  | 'as stated'
  | 'other fault'
  | 'too early'
  | 'process'
  | 'nothing found'
  | 'sensor'
  | 'already known'
  | 'not checked';

/** A visit that these answers end was not needed: their hours count against the monitor. */
export function isFalse(finding: Finding): boolean {
  return finding === 'nothing found' || finding === 'sensor';
}

/** The fault was there: precision counts it, and as found it can be credited. */
export function isTrue(finding: Finding): boolean {
  return finding === 'as stated' || finding === 'other fault';
}

/** After the check, or as found after the repair; `screening` is a planner's rejection, a finding too. */
export type FindingMoment = 'check' | 'as found' | 'screening';

/** photo or measurement beyond the reject limit: strong; seen: moderate; heard or felt only: weak */
export type Evidence = 'strong' | 'moderate' | 'weak' | 'none';

/** Dates from the P-F interval, domain 2.4. */
export interface FinishBy {
  latestFinishMs: number;
  latestStartMs: number;
  orderByMs: number;
  /** a library or estimated P-F gives a week, site data a date */
  precision: 'date' | 'week';
  grade: Grade;
  /** order_by already passed when it was computed: the owner decides, never silently late */
  tooLate: boolean;
}

export interface CaseOpened {
  caseId: CaseId;
  fault: FaultKey;
  alertId: AlertId;
  monitorId: MonitorId;
  monitorVersion: number;
  objectiveId: ObjectiveId;
  priority: Priority;
  openedAtMs: number;
  finishBy: FinishBy;
  owner: PersonId | null;
}

export interface NotificationCreated {
  notificationId: NotificationId;
  caseId: CaseId;
  assetId: AssetId;
  /** at most 40 characters, as the CMMS field allows */
  shortText: string;
  /** at most 1,333 characters, one long-text edit field */
  longText: string;
  priority: Priority;
  requiredEndMs: number;
  reportedBy: string;
}

export interface DraftPart {
  number: string;
  name: string;
  quantity: number;
  costMinor: Minor;
  leadTimeMs: number;
}

export interface DraftPrepared {
  draftId: DraftId;
  caseId: CaseId;
  /** null while it is asked whether an open notification says the same fault */
  notificationId: NotificationId | null;
  jobPlanId: JobPlanId | null;
  name: string;
  craft: string;
  crewId: CrewId;
  durationH: number;
  people: number;
  parts: DraftPart[];
  needsStop: boolean;
  plannedDowntimeH: number;
  finishBy: FinishBy;
  priority: Priority;
  /** earliest day it makes sense, for a second look after `too early` */
  notBeforeMs: number | null;
  /** somebody answers by then, or the owner is asked */
  answerByMs: number;
}

export interface OrderCreated {
  orderId: OrderId;
  draftId: DraftId;
  caseId: CaseId;
  acceptedBy: PersonId;
  name: string;
  craft: string;
  crewId: CrewId;
  durationH: number;
  people: number;
  parts: DraftPart[];
  needsStop: boolean;
  plannedDowntimeH: number;
  finishBy: FinishBy;
  priority: Priority;
  /** day the planner chose, or the proposed one; UTC day start */
  dayMs: number;
}

export interface FindingGiven {
  caseId: CaseId;
  orderId: OrderId | null;
  monitorId: MonitorId;
  moment: FindingMoment;
  finding: Finding;
  evidence: Evidence;
  by: PersonId;
  givenAtMs: number;
  /** look again on this date, only with `too early` */
  lookAgainMs: number | null;
  /** hours the check took when it was made without an order */
  hours: number;
  /** reference to free text in people.db; null when none was given */
  noteRef: string | null;
}

export type CaseOpenedFact = FactBody<'work.case-opened', CaseOpened>;
export type AlertAppended = FactBody<
  'work.alert-appended',
  { caseId: CaseId; alertId: AlertId; monitorId: MonitorId }
>;
export type CaseReopened = FactBody<
  'work.case-reopened',
  { caseId: CaseId; alertId: AlertId; reason: 'rework' }
>;
export type CaseClosed = FactBody<'work.case-closed', { caseId: CaseId; closedAtMs: number; reason: string }>;
export type NotificationCreatedFact = FactBody<'work.notification-created', NotificationCreated>;
/** The number the plant's own CMMS gave it, typed or pasted by a person. */
export type NotificationNumberRecorded = FactBody<
  'work.notification-number-recorded',
  { notificationId: NotificationId; caseId: CaseId | null; cmmsNumber: string; by: PersonId }
>;
export type DraftPreparedFact = FactBody<'work.draft-prepared', DraftPrepared>;
export type DraftAnswered = FactBody<
  'work.draft-answered',
  {
    draftId: DraftId;
    caseId: CaseId;
    answer: 'accepted' | 'rejected' | 'withdrawn';
    by: PersonId | null;
    reason: string | null;
  }
>;
export type OrderCreatedFact = FactBody<'work.order-created', OrderCreated>;
export type OrderReleased = FactBody<
  'work.order-released',
  { orderId: OrderId; caseId: CaseId; by: PersonId }
>;
export type OrderStarted = FactBody<
  'work.order-started',
  { orderId: OrderId; caseId: CaseId; by: PersonId; startedAtMs: number }
>;
export type FindingGivenFact = FactBody<'work.finding-given', FindingGiven>;
export type OrderFinished = FactBody<
  'work.order-finished',
  {
    orderId: OrderId;
    caseId: CaseId;
    by: PersonId;
    finishedAtMs: number;
    /** person-hours booked on the order */
    actualH: number;
    partsMinor: Minor;
    downtimeH: number;
    /** false when the check ended it before any repair */
    repaired: boolean;
  }
>;
export type ProofStarted = FactBody<'work.proof-started', { caseId: CaseId; holdsUntilMs: number }>;
export type EscalatedAbout = 'draft' | 'finding' | 'too late' | 'notification';
export type Escalated = FactBody<
  'work.escalated',
  { caseId: CaseId; about: EscalatedAbout; to: PersonId | null; atMs: number }
>;

export type WorkFact =
  | CaseOpenedFact
  | AlertAppended
  | CaseReopened
  | CaseClosed
  | NotificationCreatedFact
  | NotificationNumberRecorded
  | MatchingFact
  | DraftPreparedFact
  | DraftAnswered
  | OrderCreatedFact
  | OrderReleased
  | OrderStarted
  | FindingGivenFact
  | OrderFinished
  | ProofStarted
  | Escalated;
