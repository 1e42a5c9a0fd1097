import type { AlertRaised } from '#alert/events.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { body } from './body.ts';
import { candidatesFor, SAME_FAULT_WITHIN_MS } from './candidates.ts';
import { draftFor, firstDraft, notificationFor, openedFor } from './case-bodies.ts';
import { closeBody, closesAtMs } from './closing.ts';
import { definitionOf, faultWord, lastFinding, monitorWord, type WorkCase, type WorkState } from './state.ts';

/**
 * Brings an alert to its case: appended to the open one of its fault, a closed one reopened as rework within quiet time
 * after the finish, or a new case with draft and notification, or with the question whether an open notification says
 * the same (promises 3 and 4). A monitor whose alerts were split off is asked for that case first.
 */
export function routeAlert(state: WorkState, alert: AlertRaised, nowMs: number): FactBody[] {
  const led = ledCase(state, alert);
  if (led) return appendFollower(state, led, alert, nowMs);
  const { alertId, monitorId } = alert;
  const bodies: FactBody[] = [];
  for (const last of lastCases(state, alert)) {
    if (last.closedAtMs === null) {
      if (closesAtMs(last) >= alert.raisedAtMs) {
        bodies.push(body('work.alert-appended', { caseId: last.caseId, alertId, monitorId }));
        return wantsAnotherLook(last) ? [...bodies, ...draftFor(state, last, alert, nowMs, null)] : bodies;
      }
      bodies.push(closeBody(last));
    }
    if (!isRework(state, last, alert)) continue;
    bodies.push(body('work.case-reopened', { caseId: last.caseId, alertId, reason: 'rework' }));
    return [...bodies, ...draftFor(state, { ...last, escalated: [] }, alert, nowMs, null)];
  }
  return [...bodies, ...openCase(state, alert, nowMs)];
}

/** The case that its monitor's alerts left for, then the last one of its fault. */
function lastCases(state: WorkState, alert: AlertRaised): WorkCase[] {
  const left = state.cases.get(state.caseOfMonitor.get(monitorWord(alert)) ?? '');
  const last = state.cases.get(state.caseOfFault.get(faultWord(alert.fault)) ?? '');
  return [left, last].filter(
    (found, at, both) => found !== undefined && both.indexOf(found) === at,
  ) as WorkCase[];
}

/** A case whose own fault another one has taken over since stays closed: one open case per fault. */
function isRework(state: WorkState, last: WorkCase, alert: AlertRaised): boolean {
  if (last.repairedAtMs === null || state.caseOfFault.get(faultWord(last.fault)) !== last.caseId)
    return false;
  const { quietMs } = definitionOf(state, alert.monitorId, alert.version);
  return alert.raisedAtMs - last.repairedAtMs <= quietMs;
}

/** The open case of the alert that came first in the group, unless this fault has an open case of its own. */
function ledCase(state: WorkState, alert: AlertRaised): WorkCase | null {
  const led = state.cases.get(state.alerts.get(alert.firstOut?.follows ?? '')?.caseId ?? '');
  const isOpen = (one: WorkCase): boolean => one.closedAtMs === null && closesAtMs(one) >= alert.raisedAtMs;
  if (!led || !isOpen(led) || lastCases(state, alert).some(isOpen)) return null;
  return led;
}

/**
 * First-out: a neighbour that the same fault shook is evidence in its case. While nobody is on that case, or its last
 * answer does not explain it, somebody looks again.
 */
function appendFollower(state: WorkState, led: WorkCase, alert: AlertRaised, nowMs: number): FactBody[] {
  const { alertId, monitorId } = alert;
  const appended = body('work.alert-appended', { caseId: led.caseId, alertId, monitorId });
  return [appended, ...(wantsAnotherLook(led) ? draftFor(state, led, alert, nowMs, null) : [])];
}

/** An appended alert calls for new work when nobody is on it and the last answer does not already explain it. */
export function wantsAnotherLook(theCase: WorkCase): boolean {
  if (theCase.openDraftId !== null || theCase.openOrderId !== null) return false;
  const finding = lastFinding(theCase)?.finding;
  return finding !== 'process' && finding !== 'already known' && finding !== 'sensor';
}

/** Priority 1 does not wait for an answer: its notification is created, and the others stand beside it. */
function openCase(state: WorkState, alert: AlertRaised, nowMs: number): FactBody[] {
  const opened = openedFor(state, alert, () => alert.fault, nowMs);
  const { caseId, priority, finishBy } = opened;
  const candidates = candidatesFor(state, alert.fault.assetId, null, alert.raisedAtMs);
  if (priority !== 1 && candidates.length > 0) {
    const answerByMs = Math.min(nowMs + SAME_FAULT_WITHIN_MS[priority], finishBy.orderByMs);
    return [
      body('work.case-opened', opened),
      body('work.notification-offered', { caseId, candidates, answerByMs }),
      ...firstDraft(state, opened, null, alert, nowMs),
    ];
  }
  const created = notificationFor(state, opened, alert);
  return [
    body('work.case-opened', opened),
    body('work.notification-created', created),
    ...firstDraft(state, opened, created.notificationId, alert, nowMs),
  ];
}
