import type { AlertRaised, FaultKey } from '#alert/events.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { type CaseId, type NotificationId, numberedId, type PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { HOUR_MS } from '#vocabulary/time.ts';
import { body } from './body.ts';
import type { CaseOpened, DraftPrepared, FinishBy, NotificationCreated } from './events.ts';
import { finishBy } from './finish-by.ts';
import { type Job, jobOf } from './job.ts';
import { longText, shortText, type TextSource } from './notification-text.ts';
import { definitionOf, failureModeOf, type WorkAlert, type WorkCase, type WorkState } from './state.ts';

/** A planner answers a draft within this time after it was prepared, by priority, and never after order-by. */
export const ANSWER_WITHIN_MS: Record<Priority, number> = {
  1: 8 * HOUR_MS,
  2: 24 * HOUR_MS,
  3: 72 * HOUR_MS,
  4: 168 * HOUR_MS,
};

/** Field "reported by" of the notification. */
const REPORTED_BY = 'THROUGHLINE';

/** A new case of an alert. @param fault the alert's own, or that of the part it was split into */
export function openedFor(
  state: WorkState,
  alert: AlertRaised,
  fault: (caseId: CaseId) => FaultKey,
  nowMs: number,
): CaseOpened {
  const definition = definitionOf(state, alert.monitorId, alert.version);
  const { objectiveId } = failureModeOf(state, definition);
  const caseId = numberedId(state.site, 'C', state.cases.size + 1);
  const dates = datesOf(state, alert, jobOf(state, definition), nowMs);
  return {
    caseId,
    fault: fault(caseId),
    alertId: alert.alertId,
    monitorId: alert.monitorId,
    monitorVersion: alert.version,
    objectiveId,
    priority: dates.tooLate ? 1 : alert.priority,
    openedAtMs: alert.raisedAtMs,
    finishBy: dates,
    owner: definition.owner ?? state.accountable.get(objectiveId) ?? null,
  };
}

/** The notification of a case, with the texts of the alert that opened it. */
export function notificationFor(
  state: WorkState,
  theCase: CaseOpened,
  alert: AlertRaised,
): NotificationCreated {
  const text = textOf(state, theCase, alert);
  return {
    notificationId: numberedId(state.site, 'N', state.notifications.size + 1),
    caseId: theCase.caseId,
    assetId: theCase.fault.assetId,
    shortText: shortText(text),
    longText: longText(text),
    priority: theCase.priority,
    requiredEndMs: theCase.finishBy.latestFinishMs,
    reportedBy: REPORTED_BY,
  };
}

/** What a monitor saw, in the words of a notification's long text. */
export function longTextFor(state: WorkState, theCase: WorkCase): string {
  return longText(textOf(state, theCase, state.alerts.get(theCase.alertId) as WorkAlert));
}

/** The question stays without an answer, or is answered with no: a notification of its own follows. */
export function declineBodies(
  state: WorkState,
  theCase: WorkCase,
  by: PersonId | null,
  reason: string,
): FactBody[] {
  const { caseId, alertId } = theCase;
  const created = notificationFor(state, theCase, state.alerts.get(alertId) as WorkAlert);
  return [body('work.offer-declined', { caseId, by, reason }), body('work.notification-created', created)];
}

function textOf(state: WorkState, theCase: CaseOpened, alert: AlertRaised): TextSource {
  const definition = definitionOf(state, alert.monitorId, alert.version);
  return {
    asset: state.assets.get(theCase.fault.assetId) ?? null,
    mode: failureModeOf(state, definition),
    signal: state.signals.get(definition.signalId) ?? null,
    definition,
    alert,
    job: jobOf(state, definition),
    finishBy: theCase.finishBy,
    caseId: theCase.caseId,
  };
}

/** The first draft of a case, and the owner's share in it when its dates cannot be kept. */
export function firstDraft(
  state: WorkState,
  theCase: CaseOpened,
  notificationId: NotificationId | null,
  alert: AlertRaised,
  nowMs: number,
): FactBody[] {
  const { caseId, finishBy: dates, owner } = theCase;
  const job = jobOf(state, definitionOf(state, alert.monitorId, alert.version));
  const draft = draftOf(state, { caseId, notificationId }, alert, job, dates, nowMs, null);
  const bodies = [body('work.draft-prepared', draft)];
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
  const { caseId, owner, notificationId } = theCase;
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
  { caseId, notificationId }: Pick<DraftPrepared, 'caseId' | 'notificationId'>,
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

function tooLate(caseId: CaseId, to: PersonId | null, atMs: number): FactBody {
  return body('work.escalated', { caseId, about: 'too late', to, atMs });
}
