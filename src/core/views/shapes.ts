import type { Lifecycle } from '#monitor/events.ts';
import type { CriticalityClass } from '#strategy/events.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { Evidence, Finding, FindingMoment } from '#work/events.ts';

/** A link inside the product: path and the words on it. */
export interface Link {
  href: string;
  label: string;
}

export type StopWord =
  | 'objective'
  | 'asset'
  | 'failure mode'
  | 'monitor'
  | 'alert'
  | 'notification'
  | 'order'
  | 'finding'
  | 'money';

/** One of the nine stops of the line that everything hangs on. */
export interface Stop {
  word: StopWord;
  /** two lines at most; for a stop to come, what is expected */
  value: string;
  /** null while there is nothing to open */
  href: string | null;
  state: 'passed' | 'here' | 'next' | 'broken';
  /** why it is broken */
  reason: string | null;
}

/** A reading for a screen: never a bare number. */
export interface ReadingView {
  value: number | null;
  unit: string;
  /** source time of the last accepted sample, plant time ms */
  atMs: number | null;
  quality: 'good' | 'uncertain' | 'stale' | 'no valid signal' | 'no data';
  /** since when there is no valid signal */
  sinceMs: number | null;
  usualIntervalMs: number;
}

export interface LimitView {
  value: number;
  direction: 'high' | 'low';
  deadband: number;
  unit: string;
  /** level at which the condition clears */
  clearsAt: number;
  onDelayMs: number;
  offDelayMs: number;
  source: string | null;
}

export interface CaseRow {
  caseId: string;
  assetId: string;
  assetName: string;
  title: string;
  priority: Priority;
  /** new: nobody answered yet; being handled: draft accepted or finding given; closed */
  state: 'new' | 'being handled' | 'closed';
  openedAtMs: number;
  closedAtMs: number | null;
  latestFinishMs: number;
  finishPrecision: 'date' | 'week';
  waitsFor: string;
  notificationId: string;
  orderId: string | null;
  finding: Finding | null;
  amountMinor: number | null;
}

export interface MonitorRow {
  monitorId: string;
  name: string;
  assetId: string;
  assetName: string;
  failureMode: string;
  criticality: CriticalityClass | null;
  lifecycle: Lifecycle;
  signalId: string;
  reading: ReadingView;
  limit: LimitView | null;
  active: boolean;
  alerts: number;
  owner: PersonId | null;
  gateMet: number;
  gateOf: number;
}

/** What needs me? One row per thing that waits for the person asking, soonest first. */
export interface TodayItem {
  id: string;
  /** what kind of answer is asked */
  act:
    | 'decide'
    | 'match'
    | 'report'
    | 'accept'
    | 'release'
    | 'start'
    | 'finding'
    | 'finish'
    | 'sign off'
    | 'money'
    | 'sensor'
    | 'trial'
    | 'review'
    | 'advice'
    | 'look after';
  /** priority shape instead of an icon when it hangs on an open case */
  priority: Priority | null;
  unacknowledged: boolean;
  title: string;
  detail: string;
  /** when it began, and the day that is proposed or planned; plant time, ms */
  sinceMs: number | null;
  dayMs: number | null;
  /** how bad: the last readings with the limit, or a person, or findings */
  bad:
    | {
        kind: 'trend';
        signalId: string;
        value: number | null;
        limit: number;
        unit: string;
        direction: 'high' | 'low';
      }
    | { kind: 'person'; personId: PersonId; words: string }
    | { kind: 'findings'; counts: { finding: Finding; n: number }[] }
    | null;
  atRiskMinor: number | null;
  actByMs: number | null;
  /** who is asked when nobody answers, or how late it is */
  otherwise: { words: string; personId: PersonId | null } | null;
  action: string;
  href: string;
}

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
  /** what does not fit together in this plan, in a sentence; null when all does */
  warning: string | null;
}

export type CaseAction =
  | 'append-to-notification'
  | 'create-notification'
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
  /** what the person wrote */
  note: string | null;
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
