import type { AlertFact } from '#alert/events.ts';
import type { MonitorFact } from '#monitor/events.ts';
import type { StrategyFact } from '#strategy/events.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { CaseId } from '#vocabulary/ids.ts';
import type { CaseOpened, EscalatedAbout, NotificationCreated, OrderCreated, WorkFact } from './events.ts';
import type { MatchingFact } from './matching-events.ts';
import { evolveMatching, give } from './matching-fold.ts';
import {
  definitionOf,
  faultWord,
  type WorkAlert,
  type WorkCase,
  type WorkDraft,
  type WorkOrder,
  type WorkState,
} from './state.ts';

/** Facts this room folds. */
export type WorkKnown = StrategyFact | MonitorFact | AlertFact | WorkFact;

/** Folds one fact into the cases. Changes `state` in place. */
export function evolveWork(state: WorkState, fact: Recorded<WorkKnown>): void {
  if (fact.type.startsWith('work.')) evolveCase(state, fact as Recorded<WorkFact>);
  else if (fact.type.startsWith('alert.')) evolveAlert(state, fact as Recorded<AlertFact>);
  else learn(state, fact as Recorded<StrategyFact | MonitorFact>);
}

function learn(state: WorkState, fact: Recorded<StrategyFact | MonitorFact>): void {
  switch (fact.type) {
    case 'strategy.objective-set':
      state.accountable.set(fact.data.objectiveId, fact.data.accountable);
      return;
    case 'strategy.asset-registered':
      state.assets.set(fact.data.assetId, fact.data);
      return;
    case 'strategy.criticality-assessed':
      state.criticality.set(fact.data.assetId, fact.data.class);
      return;
    case 'strategy.failure-mode-described':
      state.failureModes.set(fact.data.failureModeId, fact.data);
      return;
    case 'strategy.crew-formed':
      state.crews.set(fact.data.crewId, fact.data);
      return;
    case 'monitor.signal-declared':
      state.signals.set(fact.data.signalId, fact.data);
      return;
    case 'monitor.job-plan-written':
      state.jobPlans.set(fact.data.jobPlanId, fact.data);
      return;
    case 'monitor.drafted':
    case 'monitor.changed': {
      const versions = state.monitors.get(fact.data.monitorId) ?? new Map();
      versions.set(fact.data.version, fact.data.definition);
      state.monitors.set(fact.data.monitorId, versions);
      return;
    }
    case 'monitor.handed-over': {
      const { monitorId, owner } = fact.data;
      const versions = state.monitors.get(monitorId) ?? new Map();
      for (const [version, definition] of versions) versions.set(version, { ...definition, owner });
      return;
    }
    default:
      return;
  }
}

function evolveAlert(state: WorkState, fact: Recorded<AlertFact>): void {
  if (fact.type === 'alert.raised' && !fact.data.trial) {
    state.alerts.set(fact.data.alertId, { ...fact.data, caseId: '', clearedAtMs: null });
    return;
  }
  if (fact.type !== 'alert.cleared') return;
  const alert = state.alerts.get(fact.data.alertId);
  const theCase = state.cases.get(alert?.caseId ?? '');
  if (!alert || !theCase) return;
  alert.clearedAtMs = fact.data.clearedAtMs;
  alert.extreme = fact.data.extreme;
  theCase.active = theCase.active.filter((alertId) => alertId !== alert.alertId);
  const { quietMs } = definitionOf(state, alert.monitorId, alert.version);
  theCase.quietUntilMs = Math.max(theCase.quietUntilMs ?? 0, fact.data.clearedAtMs + quietMs);
}

const MATCHING = new Set<string>([
  'work.notification-reported',
  'work.notification-recorded',
  'work.notification-offered',
  'work.notification-appended',
  'work.offer-declined',
  'work.notification-closed',
  'work.cases-merged',
  'work.case-split',
] satisfies MatchingFact['type'][]);

function isMatching(fact: Recorded<WorkFact>): fact is Recorded<MatchingFact> {
  return MATCHING.has(fact.type);
}

function evolveCase(state: WorkState, fact: Recorded<WorkFact>): void {
  if (isMatching(fact)) {
    evolveMatching(state, fact);
    return;
  }
  if (fact.type === 'work.notification-number-recorded') {
    const notification = state.notifications.get(fact.data.notificationId);
    if (notification) notification.cmmsNumber = fact.data.cmmsNumber;
    if (fact.data.caseId === null) return;
  }
  if (fact.type === 'work.case-opened') {
    openCase(state, fact.data);
    attach(state, fact.data.caseId, fact.data.alertId);
  }
  const theCase = state.cases.get(fact.data.caseId as CaseId) as WorkCase;
  theCase.movedAtMs = Math.max(theCase.movedAtMs, fact.atMs);
  switch (fact.type) {
    case 'work.alert-appended':
      attach(state, theCase.caseId, fact.data.alertId);
      return;
    case 'work.case-reopened':
      theCase.closedAtMs = null;
      theCase.closedBecause = null;
      theCase.escalated = [];
      theCase.reworks++;
      state.open.add(theCase.caseId);
      if (theCase.notificationId !== null) state.openNotifications.add(theCase.notificationId);
      attach(state, theCase.caseId, fact.data.alertId);
      return;
    case 'work.case-closed':
      theCase.closedAtMs = fact.data.closedAtMs;
      theCase.closedBecause = fact.data.reason;
      state.open.delete(theCase.caseId);
      state.openNotifications.delete(theCase.notificationId ?? '');
      return;
    case 'work.notification-created':
      createNotification(state, theCase, fact.data, fact.atMs);
      return;
    case 'work.finding-given': {
      theCase.findings.push(fact.data);
      const draft = state.drafts.get(theCase.openDraftId ?? '');
      if (draft && fact.data.lookAgainMs !== null) {
        draft.waitsUntilMs = Math.max(draft.waitsUntilMs, fact.data.lookAgainMs);
      }
      return;
    }
    case 'work.proof-started':
      theCase.proofUntilMs = fact.data.holdsUntilMs;
      return;
    case 'work.escalated':
      theCase.escalated.push(escalatedWord(theCase, fact.data.about));
      return;
    default:
      evolveOrder(state, theCase, fact);
  }
}

function evolveOrder(state: WorkState, theCase: WorkCase, fact: Recorded<WorkFact>): void {
  switch (fact.type) {
    case 'work.draft-prepared': {
      const { draftId, answerByMs } = fact.data;
      const open = { answer: null, answeredBy: null, reason: null, waitsUntilMs: answerByMs };
      state.drafts.set(draftId, { ...fact.data, ...open });
      theCase.drafts.push(draftId);
      theCase.openDraftId = draftId;
      return;
    }
    case 'work.draft-answered': {
      const { draftId, answer, by, reason } = fact.data;
      Object.assign(state.drafts.get(draftId) as WorkDraft, { answer, answeredBy: by, reason });
      if (theCase.openDraftId === draftId) theCase.openDraftId = null;
      return;
    }
    case 'work.order-created':
      state.orders.set(fact.data.orderId, newOrder(fact.data, fact.atMs));
      theCase.orders.push(fact.data.orderId);
      theCase.openOrderId = fact.data.orderId;
      return;
    case 'work.order-released':
      Object.assign(orderOf(state, fact.data.orderId), {
        status: 'released',
        releasedAtMs: fact.atMs,
        releasedBy: fact.data.by,
      });
      return;
    case 'work.order-started': {
      const { orderId, startedAtMs, by: startedBy } = fact.data;
      Object.assign(orderOf(state, orderId), { status: 'started', startedAtMs, startedBy });
      return;
    }
    case 'work.order-finished': {
      const { orderId, caseId: _, finishedAtMs, ...booked } = fact.data;
      const order = orderOf(state, orderId);
      order.status = 'finished';
      order.finished = { atMs: finishedAtMs, ...booked };
      if (theCase.openOrderId === orderId) theCase.openOrderId = null;
      if (booked.repaired) theCase.repairedAtMs = finishedAtMs;
      return;
    }
    default:
      return;
  }
}

function openCase(state: WorkState, opened: CaseOpened): void {
  state.cases.set(opened.caseId, {
    ...opened,
    notificationId: null,
    alerts: [],
    active: [],
    findings: [],
    drafts: [],
    openDraftId: null,
    orders: [],
    openOrderId: null,
    quietUntilMs: null,
    proofUntilMs: null,
    repairedAtMs: null,
    movedAtMs: opened.openedAtMs,
    escalated: [],
    reworks: 0,
    closedAtMs: null,
    closedBecause: null,
    offer: null,
    firstSeenBy: 'monitor',
    mergedInto: null,
    splitOf: null,
    matchings: [],
  });
  state.caseOfFault.set(faultWord(opened.fault), opened.caseId);
  state.open.add(opened.caseId);
}

function createNotification(
  state: WorkState,
  theCase: WorkCase,
  created: NotificationCreated,
  createdAtMs: number,
): void {
  const { notificationId, caseId, assetId, shortText, longText, priority, requiredEndMs } = created;
  const { position, group } = theCase.fault;
  state.notifications.set(notificationId, {
    ...{ notificationId, caseId, assetId, shortText, longText, priority, requiredEndMs },
    ...{ origin: 'alert', position, group, by: null, seenAtMs: theCase.openedAtMs, createdAtMs },
    ...{ cmmsNumber: null, closedAtMs: null, closedBecause: null, duplicateOf: null },
  });
  state.openNotifications.add(notificationId);
  give(state, theCase, notificationId);
}

function attach(state: WorkState, caseId: CaseId, alertId: string): void {
  const theCase = state.cases.get(caseId) as WorkCase;
  const alert = state.alerts.get(alertId) as WorkAlert;
  alert.caseId = caseId;
  theCase.alerts.push(alertId);
  if (alert.clearedAtMs === null) theCase.active.push(alertId);
}

function newOrder(created: OrderCreated, createdAtMs: number): WorkOrder {
  return {
    ...created,
    status: 'created',
    createdAtMs,
    releasedAtMs: null,
    releasedBy: null,
    startedAtMs: null,
    startedBy: null,
    finished: null,
  };
}

function orderOf(state: WorkState, orderId: string): WorkOrder {
  return state.orders.get(orderId) as WorkOrder;
}

function escalatedWord(theCase: WorkCase, about: EscalatedAbout): string {
  if (about === 'draft') return `draft:${theCase.openDraftId}`;
  return about === 'finding' ? `finding:${theCase.openOrderId}` : about;
}
