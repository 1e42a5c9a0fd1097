import type { AlertRaised } from '#alert/events.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { numberedId, type PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { HOUR_MS } from '#vocabulary/time.ts';
import { body } from './body.ts';
import { closeBody, closesAtMs } from './closing.ts';
import type { DraftPrepared, FinishBy } from './events.ts';
import { finishBy } from './finish-by.ts';
import { type Job, jobOf } from './job.ts';
import { longText, shortText, type TextSource } from './notification-text.ts';
import {
  definitionOf,
  failureModeOf,
  faultWord,
  lastFinding,
  type WorkAlert,
  type WorkCase,
  type WorkState,
} from './state.ts';

/** A planner answers a draft within this time after it was prepared, by priority, and never after order-by. */
export const ANSWER_WITHIN_MS: Record<Priority, number> = {
  1: 8 * HOUR_MS,
  2: 24 * HOUR_MS,
  3: 72 * HOUR_MS,
  4: 168 * HOUR_MS,
};

/** Field "reported by" of the notification. */
const REPORTED_BY = 'THROUGHLINE';

/**
 * Brings an alert to its case: appended to the open one of its fault, a closed one reopened as rework within quiet time
 * after the finish, or a new case with notification and draft (promises 3 and 4).
 */
export function routeAlert(state: WorkState, alert: AlertRaised, nowMs: number): FactBody[] {
  const led = state.cases.get(state.alerts.get(alert.firstOut?.follows ?? '')?.caseId ?? '');
  if (led && led.closedAtMs === null) return appendFollower(led, alert);
  const last = state.cases.get(state.caseOfFault.get(faultWord(alert.fault)) ?? '');
  if (!last) return openCase(state, alert, nowMs);
  const { alertId, monitorId } = alert;
  const bodies: FactBody[] = [];
  if (last.closedAtMs === null) {
    if (closesAtMs(last) >= alert.raisedAtMs) {
      const appended = body('work.alert-appended', { caseId: last.caseId, alertId, monitorId });
      return [appended, ...(wantsAnotherLook(last) ? draftFor(state, last, alert, nowMs, null) : [])];
    }
    bodies.push(closeBody(last));
  }
  const { quietMs } = definitionOf(state, monitorId, alert.version);
  const isRework = last.repairedAtMs !== null && alert.raisedAtMs - last.repairedAtMs <= quietMs;
  if (!isRework) return [...bodies, ...openCase(state, alert, nowMs)];
  bodies.push(body('work.case-reopened', { caseId: last.caseId, alertId, reason: 'rework' }));
  return [...bodies, ...draftFor(state, { ...last, escalated: [] }, alert, nowMs, null)];
}

/** First-out: a neighbour that the same fault shook is evidence in its case and makes no work of its own. */
function appendFollower({ caseId }: WorkCase, { alertId, monitorId }: AlertRaised): FactBody[] {
  return [body('work.alert-appended', { caseId, alertId, monitorId })];
}

/** An appended alert calls for new work when nobody is on it and the last answer does not already explain it. */
function wantsAnotherLook(theCase: WorkCase): boolean {
  if (theCase.openDraftId !== null || theCase.openOrderId !== null) return false;
  const finding = lastFinding(theCase)?.finding;
  return finding !== 'process' && finding !== 'already known' && finding !== 'sensor';
}

function openCase(state: WorkState, alert: AlertRaised, nowMs: number): FactBody[] {
  const definition = definitionOf(state, alert.monitorId, alert.version);
  const mode = failureModeOf(state, definition);
  const job = jobOf(state, definition);
  const dates = datesOf(state, alert, job, nowMs);
  const caseId = numberedId(state.site, 'C', state.cases.size + 1);
  const notificationId = numberedId(state.site, 'N', state.notifications.size + 1);
  const owner = ownerOf(state, definition.owner, mode.objectiveId);
  const priority = dates.tooLate ? 1 : alert.priority;
  const text: TextSource = {
    asset: state.assets.get(alert.fault.assetId) ?? null,
    mode,
    signal: state.signals.get(definition.signalId) ?? null,
    definition,
    alert,
    job,
    finishBy: dates,
    caseId,
  };
  const bodies = [
    body('work.case-opened', {
      caseId,
      fault: alert.fault,
      alertId: alert.alertId,
      monitorId: alert.monitorId,
      monitorVersion: alert.version,
      objectiveId: mode.objectiveId,
      priority,
      openedAtMs: alert.raisedAtMs,
      finishBy: dates,
      owner,
    }),
    body('work.notification-created', {
      notificationId,
      caseId,
      assetId: alert.fault.assetId,
      shortText: shortText(text),
      longText: longText(text),
      priority,
      requiredEndMs: dates.latestFinishMs,
      reportedBy: REPORTED_BY,
    }),
    body('work.draft-prepared', draftOf(state, { caseId, notificationId }, alert, job, dates, nowMs, null)),
  ];
  return dates.tooLate ? [...bodies, tooLate(caseId, owner, nowMs)] : bodies;
}

/** Another draft of a case whose notification stands: rework, a second look, or a repair that is still to be done. */
export function draftFor(
  state: WorkState,
  theCase: WorkCase,
  alert: AlertRaised,
  nowMs: number,
  notBeforeMs: number | null,
): FactBody[] {
  const job = jobOf(state, definitionOf(state, alert.monitorId, alert.version));
  const dates = datesOf(state, alert, job, nowMs);
  const notificationId = theCase.notificationId as string;
  const { caseId, owner } = theCase;
  const draft = draftOf(state, { caseId, notificationId }, alert, job, dates, nowMs, notBeforeMs);
  const bodies = [body('work.draft-prepared', draft)];
  if (dates.tooLate && !theCase.escalated.includes('too late')) bodies.push(tooLate(caseId, owner, nowMs));
  return bodies;
}

/** The newest alert of a case: its dates hold. One that only followed a neighbour's says nothing of this fault. */
export function newestAlert(state: WorkState, theCase: WorkCase): WorkAlert {
  const alerts = theCase.alerts.map((alertId) => state.alerts.get(alertId) as WorkAlert);
  return (alerts.findLast((alert) => !alert.firstOut?.follows) ?? alerts.at(-1)) as WorkAlert;
}

function draftOf(
  state: WorkState,
  { caseId, notificationId }: { caseId: string; notificationId: string },
  alert: AlertRaised,
  job: Job,
  dates: FinishBy,
  nowMs: number,
  notBeforeMs: number | null,
): DraftPrepared {
  const priority = dates.tooLate ? 1 : alert.priority;
  const answerByMs = Math.max(nowMs, notBeforeMs ?? 0) + ANSWER_WITHIN_MS[priority];
  const { jobPlanId, name, craft, crewId, durationH, people, parts, needsStop, plannedDowntimeH } = job;
  return {
    draftId: numberedId(state.site, 'D', state.drafts.size + 1),
    caseId,
    notificationId,
    jobPlanId,
    name,
    craft,
    crewId,
    durationH,
    people,
    parts,
    needsStop,
    plannedDowntimeH,
    finishBy: dates,
    priority,
    notBeforeMs,
    answerByMs: dates.tooLate ? answerByMs : Math.min(answerByMs, dates.orderByMs),
  };
}

function datesOf(state: WorkState, alert: AlertRaised, job: Job, nowMs: number): FinishBy {
  const definition = definitionOf(state, alert.monitorId, alert.version);
  return finishBy(
    {
      lastInsideMs: alert.lastInsideMs,
      conditionSinceMs: alert.conditionSinceMs,
      pfMin: failureModeOf(state, definition).pfMinMs,
      withinMs: job.withinMs,
      criticality: state.criticality.get(alert.fault.assetId) ?? null,
      durationH: job.durationH,
      partsLeadMs: job.parts.reduce((longest, part) => Math.max(longest, part.leadTimeMs), 0),
    },
    nowMs,
  );
}

function ownerOf(state: WorkState, owner: PersonId | null, objectiveId: string): PersonId | null {
  return owner ?? state.accountable.get(objectiveId) ?? null;
}

function tooLate(caseId: string, to: PersonId | null, atMs: number): FactBody {
  return body('work.escalated', { caseId, about: 'too late', to, atMs });
}
