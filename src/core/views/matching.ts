import type { PersonId } from '#vocabulary/ids.ts';
import { shortId } from '#vocabulary/ids.ts';
import { candidatesFor, nearness } from '#work/candidates.ts';
import type { FirstSeenBy, Nearness } from '#work/events.ts';
import type { WorkCase, WorkNotification } from '#work/state.ts';
import type { SiteState } from '../flow.ts';
import { caseTitle } from './rows.ts';

/** An open notification as people tell it apart from another. */
export interface NotificationRow {
  notificationId: string;
  /** number of the CMMS, or the short id here */
  name: string;
  /** short text, or what a person wrote */
  words: string;
  assetId: string;
  assetName: string;
  position: string | null;
  origin: WorkNotification['origin'];
  reportedBy: PersonId | null;
  reportedAtMs: number;
  /** the open case that has it */
  caseId: string | null;
}

export interface CandidateView extends NotificationRow {
  nearness: Nearness;
}

/** What belongs together with a case, and what people answered about it. */
export interface MatchingView {
  /** null when nothing is asked; then the candidates are possible duplicates */
  answerByMs: number | null;
  candidates: CandidateView[];
  firstSeenBy: FirstSeenBy;
  mergedInto: string | null;
  splitOf: string | null;
  /** open cases on the same object, its parent or its children */
  mergeable: { caseId: string; title: string }[];
  /** alerts that may leave for a case of their own */
  splittable: string[];
}

export function matchingView(state: SiteState, work: WorkCase, nowMs: number): MatchingView {
  const { caseId, offer, firstSeenBy, mergedInto, splitOf, closedAtMs } = work;
  const { assetId } = work.fault;
  const open = closedAtMs === null;
  const near = open ? candidatesFor(state.work, assetId, caseId, nowMs) : [];
  const others = open ? [...state.work.open].filter((other) => other !== caseId) : [];
  return {
    answerByMs: offer?.answerByMs ?? null,
    candidates: near.map((one) => ({
      ...notificationRow(state, state.work.notifications.get(one.notificationId) as WorkNotification),
      nearness: one.nearness,
    })),
    firstSeenBy,
    mergedInto,
    splitOf,
    mergeable: others
      .map((other) => state.work.cases.get(other) as WorkCase)
      .filter((other) => nearness(state.work, assetId, other.fault.assetId) !== null)
      .map((other) => ({ caseId: other.caseId, title: caseTitle(state, other) })),
    splittable: open ? work.alerts.filter((alertId) => alertId !== work.alertId) : [],
  };
}

/** Open notifications that no case has taken, newest first. */
export function looseNotifications(state: SiteState): NotificationRow[] {
  return [...state.work.openNotifications]
    .map((id) => state.work.notifications.get(id) as WorkNotification)
    .filter((one) => one.caseId === null)
    .map((one) => notificationRow(state, one))
    .reverse();
}

export function notificationRow(state: SiteState, one: WorkNotification): NotificationRow {
  return {
    notificationId: one.notificationId,
    name: notificationName(one),
    words: one.shortText,
    assetId: one.assetId,
    assetName: state.strategy.assets.get(one.assetId)?.name ?? '',
    position: one.position,
    origin: one.origin,
    reportedBy: one.by,
    reportedAtMs: one.createdAtMs,
    caseId: one.caseId,
  };
}

/** `10004698`, or `N-0007` before the CMMS gave a number. */
export function notificationName({ cmmsNumber, notificationId }: WorkNotification): string {
  return cmmsNumber ?? shortId(notificationId);
}

/** `Same fault as notification 10004698?` */
export function sameFaultQuestion(state: SiteState, work: WorkCase): string {
  const asked = (work.offer?.candidates ?? []).filter(({ notificationId }) =>
    state.work.openNotifications.has(notificationId),
  );
  const first = state.work.notifications.get(asked[0]?.notificationId ?? '');
  if (asked.length === 1 && first) return `Same fault as notification ${notificationName(first)}?`;
  return asked.length === 0
    ? 'Does this fault get a notification of its own?'
    : `Same fault as one of ${asked.length} open notifications?`;
}
