import type { CriticalityClass } from '#strategy/events.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { MonitorDefinition } from '#monitor/events.ts';
import { monitorRecord } from '#outcome/monitor-record.ts';
import type { CaseId } from '#vocabulary/ids.ts';
import type { FindingGiven } from '#work/events.ts';
import type { WorkAlert, WorkCase } from '#work/state.ts';
import type { SiteState } from '../flow.ts';
import { decisionOf } from './decision.ts';
import { stopsForGuest } from './guest.ts';
import { eventsOf } from './history.ts';
import { blindSince, type Look, limitOf, readingOf, type Viewer } from './look.ts';
import { type MatchingView, matchingView } from './matching.ts';
import { caseRows, caseState, caseTitle, monitorRows } from './rows.ts';
import type {
  CaseEvent,
  CaseRow,
  DecisionView,
  FindingView,
  LimitView,
  ReadingView,
  Stop,
  StopWord,
} from './shapes.ts';
import { caseStops, waitsAt } from './stops.ts';

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
    origin: 'alert' | 'person' | 'cmms';
    shortText: string;
    longText: string;
    requiredEndMs: number;
  };
  matching: MatchingView;
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

/**
 * The case page.
 * @returns null when there is no such case
 */
export function caseView(look: Look, caseId: CaseId, viewer: Viewer): CaseView | null {
  const { state } = look;
  const work = state.work.cases.get(caseId);
  if (!work) return null;
  const definition = state.work.monitors.get(work.monitorId)?.get(work.monitorVersion) as MonitorDefinition;
  const signal = state.monitor.signals.get(definition.signalId);
  const draft = state.work.drafts.get(work.openDraftId ?? work.drafts.at(-1) ?? '') ?? null;
  const { finishBy } = work;
  return {
    caseId,
    stops: viewer.guest ? stopsForGuest(caseStops(state, caseId)) : caseStops(state, caseId),
    stage: stageOf(waitsAt(work, state)),
    title: caseTitle(state, work),
    priority: work.priority,
    state: caseState(work),
    openedAtMs: work.openedAtMs,
    closedAtMs: work.closedAtMs,
    closedBecause: work.closedBecause,
    criticality: state.strategy.criticality.get(work.fault.assetId)?.class ?? null,
    assetId: work.fault.assetId,
    monitorId: work.monitorId,
    signalId: definition.signalId,
    signalName: signal?.name ?? '',
    reading: readingOf(look, definition.signalId, blindSince(look, work.monitorId)),
    limit: limitOf(definition, signal?.unit ?? ''),
    alerts: work.alerts.map((alertId) => alertOf(state, alertId)),
    notification: notificationOf(state, work),
    matching: matchingView(state, work, look.nowMs),
    draftId: work.openDraftId,
    orderId: work.orders.at(-1) ?? null,
    finishBy: {
      latestFinishMs: finishBy.latestFinishMs,
      latestStartMs: finishBy.latestStartMs,
      orderByMs: finishBy.orderByMs,
      precision: finishBy.precision,
      tooLate: finishBy.tooLate,
    },
    proposedDayMs: work.openDraftId ? (state.plan.proposals.get(work.openDraftId)?.dayMs ?? null) : null,
    decision: decisionOf(look, work, viewer),
    lookFor: lookFor(state, draft?.jobPlanId ?? null, definition),
    signs: signsOf(look, work, definition),
    before: caseRows(state, earlierOf(state, work)).slice(0, MAX_BEFORE),
    findings: work.findings.map(findingView),
    events: eventsOf(state, work),
  };
}

/** Earlier cases of the same asset shown on a case page. */
const MAX_BEFORE = 5;
/** Newest cases of the asset that these are chosen from. */
const MAX_CONSIDERED = 100;

function earlierOf(state: SiteState, { openedAtMs, fault: { assetId } }: WorkCase): WorkCase[] {
  return [...state.work.cases.values()]
    .filter((other) => other.fault.assetId === assetId && other.openedAtMs < openedAtMs)
    .slice(-MAX_CONSIDERED);
}

function alertOf(state: SiteState, alertId: string): CaseView['alerts'][number] {
  const alert = state.work.alerts.get(alertId) as WorkAlert;
  const record = state.alert.alerts.get(alertId);
  return {
    alertId,
    raisedAtMs: alert.raisedAtMs,
    clearedAtMs: alert.clearedAtMs,
    extreme: record?.extreme ?? alert.extreme,
    acknowledgedBy: record?.acknowledgedBy ?? [],
  };
}

function notificationOf(state: SiteState, work: WorkCase): CaseView['notification'] {
  const found = state.work.notifications.get(work.notificationId ?? '');
  return {
    notificationId: found?.notificationId ?? '',
    cmmsNumber: found?.cmmsNumber ?? null,
    origin: found?.origin ?? 'alert',
    shortText: found?.shortText ?? '',
    longText: found?.longText ?? '',
    requiredEndMs: found?.requiredEndMs ?? work.finishBy.latestFinishMs,
  };
}

/** What the work's own job plan says to look for; where it says nothing, what the check's plan says. */
export function lookFor(
  state: SiteState,
  jobPlanId: string | null,
  { response }: MonitorDefinition,
): CaseView['lookFor'] {
  const jobs = [jobPlanId, response?.checkJobPlanId ?? null, response?.repairJobPlanId ?? null]
    .map((id) => state.monitor.jobPlans.get(id ?? ''))
    .filter((job) => job !== undefined);
  const job = jobs.find((one) => one.trueIf.length + one.falseIf.length > 0) ?? jobs[0];
  return { jobPlan: job?.name ?? null, trueIf: job?.trueIf ?? [], falseIf: job?.falseIf ?? [] };
}

export function findingView(given: FindingGiven): FindingView {
  const { moment, finding, evidence, by, givenAtMs, lookAgainMs, noteRef } = given;
  return { moment, finding, evidence, by, givenAtMs, lookAgainMs, noteRef };
}

function signsOf(look: Look, work: WorkCase, definition: MonitorDefinition): CaseView['signs'] {
  const { state } = look;
  const unit = state.monitor.signals.get(definition.signalId)?.unit ?? '';
  const limit = limitOf(definition, unit);
  const active = work.active.length > 0;
  const worst = work.alerts.reduce<number | null>((found, alertId) => {
    const extreme = state.alert.alerts.get(alertId)?.extreme ?? null;
    if (found === null || extreme === null) return extreme ?? found;
    return limit?.direction === 'low' ? Math.min(found, extreme) : Math.max(found, extreme);
  }, null);
  const signs: CaseView['signs'] = [
    {
      label: state.monitor.signals.get(definition.signalId)?.name ?? 'Signal',
      detail: limit
        ? `worst ${figure(worst)} ${unit}, limit ${figure(limit.value)}`
        : `worst ${figure(worst)} ${unit}`,
      says: active ? 'speaks for it' : 'says nothing yet',
    },
  ];
  const record = monitorRecord(state.outcome, work.monitorId, look.nowMs);
  if (record?.precision != null) {
    const { low, high } = record.interval;
    signs.push({
      label: 'Earlier cases, same monitor',
      detail: `${record.stated} of ${record.judged} true, ${percent(low)} to ${percent(high)} % likely`,
      says: record.precision >= 0.5 ? 'speaks for it' : 'speaks against it',
    });
  }
  for (const row of monitorRows(look)) {
    if (row.assetId !== work.fault.assetId || row.monitorId === work.monitorId || !row.limit) continue;
    signs.push({
      label: row.name,
      detail: `${figure(row.reading.value)} ${row.reading.unit}, limit ${figure(row.limit.value)}`,
      says: row.active ? 'speaks for it' : 'says nothing yet',
    });
  }
  return signs;
}

/** A figure with at most three significant decimals, as it stands beside its unit. */
export function figure(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return 'no reading';
  return String(Math.round(value * 100) / 100);
}

function percent(share: number): number {
  return Math.round(share * 100);
}

/** Rail word of a stop. */
export function stageOf(word: StopWord): string {
  const stages: Record<StopWord, string> = {
    objective: 'strategy',
    asset: 'strategy',
    'failure mode': 'strategy',
    monitor: 'monitor',
    alert: 'alert',
    notification: 'work',
    order: 'work',
    finding: 'work',
    money: 'outcome',
  };
  return stages[word];
}
