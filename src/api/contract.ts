// All that a browser may know of the API: shapes only, no code and no imports from the core's state.
import type { ClientKind, Role } from '#access/events.ts';
import type { CommandType, ReadWord } from '#access/policy.ts';

export type { ClientKind, CommandType, ReadWord, Role };

/** RFC 9457 problem; every answer that is not 2xx has this shape and `application/problem+json`. */
export interface Problem {
  /** `urn:throughline:problem:<code>` */
  type: string;
  title: string;
  status: number;
  /** what happened and why, as a sentence */
  detail: string;
  /** for example `E-ACCESS-013` */
  code: string;
  /** what to do about it */
  mend: string;
  /** every missing or wrong item at once */
  items?: ProblemItem[] | undefined;
}

export interface ProblemItem {
  code: string;
  message: string;
  mend: string;
}

/** Answer to every command. */
export interface CommandAnswer {
  ok: true;
  /** facts that followed */
  facts: number;
  /** position in the journal after the command */
  seq: number;
}

/** Data of the server-sent event `changed`. */
export interface Changed {
  seq: number;
  /** stage words whose facts came since the last event */
  stages: string[];
}

/** Who is looking, and what the screens may offer. */
export interface Me {
  personId: string;
  name: string;
  roles: Role[];
  crewId: string | null;
  simulated: boolean;
  /** opened by the demo link: may look through other eyes */
  demo: boolean;
  /** only in a demo: simulated people whose eyes one can look through */
  eyes: { personId: string; name: string; roles: Role[] }[];
  /** null before the plant was described */
  plant: { name: string; line: string; timeZone: string; currency: string; simulated: boolean } | null;
  mayRun: CommandType[];
  mayRead: ReadWord[];
  sessionEndsAt: string;
}

export interface PersonView {
  personId: string;
  /** `erased person` after the person was erased; empty when nobody gave one */
  name: string;
  roles: Role[];
  crewId: string | null;
  simulated: boolean;
  left: boolean;
  erased: boolean;
}

/** What administrators and security officers see of a person. */
export interface AccountView extends PersonView {
  email: string | null;
  hasPassword: boolean;
  sessions: number;
  invitedUntil: string | null;
}

export interface LinkLook {
  kind: 'first' | 'invitation' | 'demo';
  /** name the administrator gave, empty for the first link */
  name: string;
  expiresAt: string;
}

/** Shown once; the part behind `#` is the secret. */
export interface Invitation {
  personId: string;
  path: string;
  expiresAt: string;
}

export interface ClientView {
  clientId: string;
  kind: ClientKind;
  publish: string[];
  enrolledAt: string;
  revokedAt: string | null;
}

/** What a device needs to connect; the secret is shown once. */
export interface Enrolment {
  clientId: string;
  /** password; the user name is the client id */
  secret: string;
  /** mqtts://host:port */
  url: string;
  /** certificate authority to trust, PEM */
  ca: string;
}

// What the screens show: each view answers one screen's question.
export type { AlertListView, AlertRow, HealthRow } from '#views/alerts.ts';
export type { ApprovalRow, ReviewView } from '#views/agreement.ts';
export type { CaseView } from '#views/case.ts';
export type { DetectRow, DetectView } from '#views/detect.ts';
export type { LineView, ObjectiveThreads, Thread } from '#views/line.ts';
export type { LongStopView } from '#views/long-stop.ts';
export type { GateView, MonitorView } from '#views/monitor.ts';
export type { NoiseRow, NoiseView } from '#views/noise.ts';
export type { CandidateView, MatchingView, NotificationRow } from '#views/matching.ts';
export type { OrderRow, OrderState, OrderView, WorkListView } from '#views/order.ts';
export type {
  EntryView,
  LedgerView,
  MonitorResult,
  ObjectiveResult,
  OutcomeView,
} from '#views/outcome.ts';
export type {
  CaseAction,
  CaseEvent,
  CaseRow,
  DecisionView,
  FindingView,
  LimitView,
  MonitorRow,
  ReadingView,
  Stop,
  StopWord,
  TodayItem,
} from '#views/shapes.ts';
export type { AssetView, ObjectiveView, StrategyView } from '#views/strategy.ts';
export type { AssetSheetView, ModeSheet } from '#views/asset-sheet.ts';
export type { Gap } from '#views/gaps.ts';
export type { HistoryBaseline } from '#views/history-baseline.ts';
export type { ImportedTable, ImportsView, KindView } from '#views/imports.ts';
export type { LossesView } from '#views/where-it-hurts.ts';
export type { Reliability } from '#views/reliability.ts';
export type { TableTold } from '#ports/table-desk.ts';
export type { HandReadingView, RoundsView, RoundView } from '#views/hand.ts';
export type { CharterView, PilotListView, PilotRow } from '#views/pilot.ts';
export type { StartMachine, StartView } from '#views/start.ts';
export type { LibraryEntry } from '#ports/library.ts';
export type { BreakRow, TodayOther, TodayView } from '#views/today.ts';
export type { TrialAlert, TrialRow } from '#views/trials.ts';
export type { VersionDifference, VersionView } from '#views/versions.ts';
export type { CrewDay, PlannedJob, WeekView } from '#views/week.ts';
export type { DesignChoices, DesignMeaning, EventView } from '#views/design.ts';
export type { Why } from '#core/backtest-why.ts';
export type { DesignFigures, PartFigures, ProfileStep } from '#core/design.ts';
export type { Series } from '#ports/samples.ts';
export type { Malformed, UnclaimedTopic } from '#ports/source.ts';
export type { Priority } from '#vocabulary/priority.ts';
export type { Evidence, Finding, FindingMoment } from '#work/events.ts';
export type { AuditView, BacktestAnswer, DesignAnswer, ImportRow, SignalRow, SourcesView } from './site.ts';
