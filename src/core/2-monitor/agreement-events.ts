import type { FactBody } from '#vocabulary/fact.ts';
import type { CrewId, MonitorId, PersonId } from '#vocabulary/ids.ts';

/** A stretch of readings before an alert of the past, as technicians see it: without what came of it. */
export interface Episode {
  /** alert id, or a name that is unique within the review */
  episodeId: string;
  /** readings shown, ms since 1970 */
  fromMs: number;
  toMs: number;
  /** when the version rang, or would have rung */
  atMs: number;
}

/** An episode with its known outcome: whether the fault was there. The outcome is never part of a view. */
export interface KnownEpisode extends Episode {
  real: boolean;
}

/** Which way a change moves a limit: tighter rings sooner, looser later; `other` is judged as looser. */
export type ChangeDirection = 'tighter' | 'looser' | 'other';

export type ReviewOpened = FactBody<
  'monitor.review-opened',
  { monitorId: MonitorId; version: number; episodes: KnownEpisode[]; by: PersonId | null }
>;
/** Counts only: what somebody answered to a single episode is kept nowhere. */
export type ReviewSigned = FactBody<
  'monitor.review-signed',
  {
    monitorId: MonitorId;
    version: number;
    by: PersonId;
    agreed: number;
    of: number;
    commentRef: string | null;
  }
>;
/** Comes with `monitor.changed`: the version waits beside the one in effect and walks through the gate. */
export type ChangeRequested = FactBody<
  'monitor.change-requested',
  {
    monitorId: MonitorId;
    version: number;
    /** the version it shall replace */
    from: number;
    by: PersonId;
    /** history that the change is judged on, ms since 1970 */
    dataFromMs: number;
    dataToMs: number;
    direction: ChangeDirection;
    emergency: boolean;
  }
>;
/** What one version would have done on a history. */
export interface HistoryFigures {
  alerts: number;
  notifications: number;
  notificationsPerWeek: number;
  /** known events in the history, and how many of them it would have caught; null without known events */
  events: number | null;
  caught: number | null;
}

/** Old against new on the same history. */
export interface Comparison {
  monitorId: MonitorId;
  version: number;
  /** ms since 1970 */
  fromMs: number;
  toMs: number;
  before: HistoryFigures;
  after: HistoryFigures;
}

export type ChangeCompared = FactBody<'monitor.change-compared', Comparison>;
export type Commented = FactBody<
  'monitor.commented',
  { monitorId: MonitorId; version: number; by: PersonId; textRef: string }
>;
/** Both people stand behind it and the gate is met; it takes effect on its date. */
export type ChangeApproved = FactBody<
  'monitor.change-approved',
  { monitorId: MonitorId; version: number; by: PersonId; effectiveMs: number }
>;
export type RolledBack = FactBody<
  'monitor.rolled-back',
  { monitorId: MonitorId; version: number; to: number; by: PersonId; reason: string }
>;
export type ConsentGiven = FactBody<
  'monitor.consent-given',
  { monitorId: MonitorId; version: number; by: PersonId }
>;
export type EmergencyStarted = FactBody<
  'monitor.emergency-started',
  { monitorId: MonitorId; version: number; backTo: number; untilMs: number; crewId: CrewId | null }
>;
/** The time of an emergency change is over and nobody made it lasting: the version before it is in effect again. */
export type EmergencyEnded = FactBody<
  'monitor.emergency-ended',
  { monitorId: MonitorId; version: number; to: number }
>;
/** Nobody signed it in time. */
export type ProposalExpired = FactBody<
  'monitor.proposal-expired',
  { monitorId: MonitorId; version: number; backTo: 'draft' | 'trial' | 'live' }
>;

export type AgreementFact =
  | ReviewOpened
  | ReviewSigned
  | ChangeRequested
  | ChangeCompared
  | Commented
  | ChangeApproved
  | RolledBack
  | ConsentGiven
  | EmergencyStarted
  | EmergencyEnded
  | ProposalExpired;
