import type { CriticalityClass } from '#strategy/events.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { Evidence, Finding, FindingMoment } from '#work/events.ts';
import type { CaseRow, LimitView, ReadingView, Stop } from './shapes.ts';

/** The question of a case and what may be answered now; null when nobody is asked anything. */
export interface DecisionView {
  question: string;
  byMs: number | null;
  explanation: string;
  facts: { label: string; value: string }[];
  ifItFailsMinor: number | null;
  plannedMinor: number | null;
  /** commands offered, first one filled; `command` is the API action */
  actions: { label: string; action: CaseAction }[];
  without: string;
}

export type CaseAction =
  | 'accept-draft'
  | 'change-day'
  | 'reject-draft'
  | 'release-order'
  | 'start-order'
  | 'give-check-finding'
  | 'give-as-found'
  | 'finish-order';

export interface CaseEvent {
  atMs: number;
  words: string;
  personId: PersonId | null;
  state: 'done' | 'waits';
}

export interface FindingView {
  moment: FindingMoment;
  finding: Finding;
  evidence: Evidence;
  by: PersonId;
  givenAtMs: number;
  lookAgainMs: number | null;
  noteRef: string | null;
}

/** Why, how bad, what to do, what happened: everything that hangs on one fault. */
export interface CaseView {
  caseId: string;
  stops: Stop[];
  stage: string;
  title: string;
  priority: Priority;
  state: CaseRow['state'];
  openedAtMs: number;
  closedAtMs: number | null;
  closedBecause: string | null;
  criticality: CriticalityClass | null;
  assetId: string;
  monitorId: string;
  signalId: string;
  signalName: string;
  reading: ReadingView;
  limit: LimitView | null;
  alerts: {
    alertId: string;
    raisedAtMs: number;
    clearedAtMs: number | null;
    extreme: number;
    acknowledgedBy: PersonId[];
  }[];
  notification: {
    notificationId: string;
    cmmsNumber: string | null;
    shortText: string;
    longText: string;
    requiredEndMs: number;
  };
  draftId: string | null;
  orderId: string | null;
  finishBy: {
    latestFinishMs: number;
    latestStartMs: number;
    orderByMs: number;
    precision: 'date' | 'week';
    tooLate: boolean;
  };
  proposedDayMs: number | null;
  decision: DecisionView | null;
  lookFor: { jobPlan: string | null; trueIf: string[]; falseIf: string[] };
  signs: {
    label: string;
    detail: string;
    says: 'speaks for it' | 'says nothing yet' | 'speaks against it';
  }[];
  before: CaseRow[];
  findings: FindingView[];
  events: CaseEvent[];
}
