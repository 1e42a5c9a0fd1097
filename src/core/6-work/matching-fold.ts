import type { Recorded } from '#vocabulary/fact.ts';
import type { AlertId, CaseId, OrderId, PersonId } from '#vocabulary/ids.ts';
import type {
  CaseSplit,
  CasesMerged,
  MatchingFact,
  NotificationRecorded,
  NotificationReported,
} from './matching-events.ts';
import {
  definitionOf,
  faultWord,
  type Matching,
  monitorWord,
  type WorkAlert,
  type WorkCase,
  type WorkNotification,
  type WorkOrder,
  type WorkState,
} from './state.ts';

/** Folds what people say about notifications, and cases that are put together or taken apart. */
export function evolveMatching(state: WorkState, fact: Recorded<MatchingFact>): void {
  switch (fact.type) {
    case 'work.notification-reported':
      keep(state, reported(fact.data));
      return;
    case 'work.notification-recorded':
      keep(state, recorded(fact.data));
      return;
    case 'work.notification-offered': {
      const { caseId, candidates, answerByMs } = fact.data;
      const theCase = caseIn(state, caseId, fact.atMs);
      theCase.offer = { candidates, answerByMs };
      note(theCase, fact.atMs, 'asked', candidates[0]?.notificationId ?? null, null, null);
      return;
    }
    case 'work.notification-appended': {
      const { caseId, notificationId, firstSeenBy, longText } = fact.data;
      const theCase = caseIn(state, caseId, fact.atMs);
      const notification = state.notifications.get(notificationId) as WorkNotification;
      notification.caseId = caseId;
      if (notification.longText === '') notification.longText = longText;
      state.openNotifications.add(notificationId);
      if (firstSeenBy === 'operator') theCase.firstSeenBy = firstSeenBy;
      give(state, theCase, notificationId);
      note(theCase, fact.atMs, 'same', notificationId, fact.data.by, null);
      return;
    }
    case 'work.offer-declined': {
      const theCase = caseIn(state, fact.data.caseId, fact.atMs);
      theCase.offer = null;
      note(theCase, fact.atMs, 'not the same', null, fact.data.by, fact.data.reason);
      return;
    }
    case 'work.notification-closed': {
      const { notificationId, closedAtMs, reason: closedBecause, duplicateOf } = fact.data;
      const notification = state.notifications.get(notificationId) as WorkNotification;
      Object.assign(notification, { closedAtMs, closedBecause, duplicateOf });
      state.openNotifications.delete(notificationId);
      return;
    }
    case 'work.cases-merged':
      merge(state, fact.data, fact.atMs);
      return;
    case 'work.case-split':
      split(state, fact.data, fact.atMs);
      return;
    default:
      return;
  }
}

/** From here on this is the notification of the case, and its open draft hangs on it. */
export function give(state: WorkState, theCase: WorkCase, notificationId: string): void {
  theCase.notificationId = notificationId;
  theCase.offer = null;
  const draft = state.drafts.get(theCase.openDraftId ?? '');
  if (draft) draft.notificationId = notificationId;
}

function caseIn(state: WorkState, caseId: CaseId, atMs: number): WorkCase {
  const theCase = state.cases.get(caseId) as WorkCase;
  theCase.movedAtMs = Math.max(theCase.movedAtMs, atMs);
  return theCase;
}

function keep(state: WorkState, notification: WorkNotification): void {
  state.notifications.set(notification.notificationId, notification);
  state.openNotifications.add(notification.notificationId);
}

const BY_HAND = {
  caseId: null,
  longText: '',
  priority: null,
  requiredEndMs: null,
  closedAtMs: null,
  closedBecause: null,
  duplicateOf: null,
} as const;

function reported(data: NotificationReported): WorkNotification {
  const { notificationId, assetId, position, group, textRef, by, seenAtMs, reportedAtMs } = data;
  const said = { notificationId, assetId, position, group, shortText: textRef, by, seenAtMs };
  return { ...BY_HAND, ...said, origin: 'person', createdAtMs: reportedAtMs, cmmsNumber: null };
}

function recorded(data: NotificationRecorded): WorkNotification {
  const { notificationId, assetId, cmmsNumber, textRef, by, reportedAtMs } = data;
  const said = { notificationId, assetId, cmmsNumber, shortText: textRef, by, seenAtMs: reportedAtMs };
  return { ...BY_HAND, ...said, position: null, group: null, origin: 'cmms', createdAtMs: reportedAtMs };
}

function note(
  theCase: WorkCase,
  atMs: number,
  what: Matching['what'],
  otherId: string | null,
  by: PersonId | null,
  reason: string | null,
): void {
  theCase.matchings.push({ atMs, what, otherId, by, reason });
}

function merge(state: WorkState, { intoCaseId, caseId, by, reason }: CasesMerged, atMs: number): void {
  const into = caseIn(state, intoCaseId, atMs);
  const second = caseIn(state, caseId, atMs);
  note(into, atMs, 'took in', caseId, by, reason);
  note(second, atMs, 'merged', intoCaseId, by, reason);
  for (const alertId of second.alerts) (state.alerts.get(alertId) as WorkAlert).caseId = intoCaseId;
  for (const orderId of second.orders) {
    const order = state.orders.get(orderId);
    if (order) order.caseId = intoCaseId;
  }
  into.alerts = byTime(state, [...into.alerts, ...second.alerts]);
  into.active = byTime(state, [...into.active, ...second.active]);
  into.findings = [...into.findings, ...second.findings].sort((a, b) => a.givenAtMs - b.givenAtMs);
  into.orders = [...into.orders, ...second.orders].sort(
    (a, b) => createdAtMs(state, a) - createdAtMs(state, b),
  );
  into.openOrderId ??= second.openOrderId;
  into.quietUntilMs = later(into.quietUntilMs, second.quietUntilMs);
  into.proofUntilMs = later(into.proofUntilMs, second.proofUntilMs);
  into.repairedAtMs = later(into.repairedAtMs, second.repairedAtMs);
  if (second.priority < into.priority) into.priority = second.priority;
  if (second.finishBy.latestFinishMs < into.finishBy.latestFinishMs) into.finishBy = second.finishBy;
  if (second.firstSeenBy === 'operator') into.firstSeenBy = 'operator';
  into.escalated = [...new Set([...into.escalated, ...second.escalated])];
  into.reworks += second.reworks;
  const nothing = { alerts: [], active: [], findings: [], orders: [], openOrderId: null, offer: null };
  Object.assign(second, { ...nothing, mergedInto: intoCaseId });
  for (const ways of [state.caseOfFault, state.caseOfMonitor]) {
    for (const [word, to] of ways) if (to === caseId) ways.set(word, intoCaseId);
  }
}

function split(state: WorkState, data: CaseSplit, atMs: number): void {
  const { caseId, splitCaseId, alertIds, by, reason } = data;
  const theCase = caseIn(state, caseId, atMs);
  const part = caseIn(state, splitCaseId, atMs);
  note(theCase, atMs, 'split', splitCaseId, by, reason);
  note(part, atMs, 'split off', caseId, by, reason);
  part.splitOf = caseId;
  theCase.alerts = theCase.alerts.filter((alertId) => !alertIds.includes(alertId));
  theCase.active = theCase.active.filter((alertId) => !alertIds.includes(alertId));
  part.alerts = byTime(state, alertIds);
  part.active = [];
  for (const alertId of part.alerts) {
    const alert = state.alerts.get(alertId) as WorkAlert;
    alert.caseId = splitCaseId;
    state.caseOfMonitor.set(monitorWord(alert), splitCaseId);
    if (alert.clearedAtMs === null) part.active.push(alertId);
    else {
      const { quietMs } = definitionOf(state, alert.monitorId, alert.version);
      part.quietUntilMs = later(part.quietUntilMs, alert.clearedAtMs + quietMs);
    }
  }
  // a part that took a whole fault with it takes the fault's other monitors too
  const end = `\n${faultWord(part.fault)}`;
  for (const [word, to] of state.caseOfMonitor) {
    if (to === caseId && word.endsWith(end)) state.caseOfMonitor.set(word, splitCaseId);
  }
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function createdAtMs(state: WorkState, orderId: OrderId): number {
  return (state.orders.get(orderId) as WorkOrder).createdAtMs;
}

function byTime(state: WorkState, alertIds: readonly AlertId[]): AlertId[] {
  const raisedAtMs = (alertId: AlertId): number => (state.alerts.get(alertId) as WorkAlert).raisedAtMs;
  return [...alertIds].sort((a, b) => raisedAtMs(a) - raisedAtMs(b) || (a < b ? -1 : 1));
}
