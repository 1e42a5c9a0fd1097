import type { MonitorDefinition } from '#monitor/events.ts';
import type { AlertRecord } from '#alert/state.ts';
import { budgetFor } from '#monitor/noise-budget.ts';
import { consequenceScore, priorityOfDefinition } from '#monitor/priority.ts';
import { responseTime } from '#monitor/response-time.ts';
import { startingValues, type StartingValues } from '#monitor/starting-values.ts';
import type { MonitorVersion } from '#monitor/state.ts';
import { CONDITIONS } from '#vocabulary/conditions/all.ts';
import type { Field } from '#vocabulary/conditions/condition.ts';
import { type Grade, weakerGrade } from '#vocabulary/grade.ts';
import type { CrewId, FailureModeId, MonitorId, PersonId, SignalId } from '#vocabulary/ids.ts';
import { shortId } from '#vocabulary/ids.ts';
import type { Minor } from '#vocabulary/money.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { Why } from '../backtest-why.ts';
import type { PartFigures } from '../design.ts';
import type { SiteState } from '../flow.ts';

const YEAR_MS = 365.25 * DAY_MS;
const WEEKS_PER_YEAR = 365.25 / 7;
/** Where the P-F interval is not known, warning counts from so long before the breakdown. */
const USUAL_WARNING_MS = 30 * DAY_MS;

/** A breakdown that limits are scored against. */
export interface EventView {
  fromMs: number;
  toMs: number;
  atMs: number;
  source: 'marked' | 'case';
  /** of a marked event; a case cannot be unmarked */
  eventId: string | null;
  /** work order or case */
  words: string;
  note: string | null;
  by: PersonId | null;
}

/** Breakdowns and confirmed faults of a failure mode, earliest first. */
export function knownEvents(state: SiteState, failureModeId: FailureModeId): EventView[] {
  const mode = state.strategy.failureModes.get(failureModeId);
  const events: EventView[] = [];
  for (const one of state.monitor.events.values()) {
    if (one.failureModeId !== failureModeId) continue;
    const { eventId, fromMs, toMs, atMs, note, by } = one;
    events.push({ eventId, fromMs, toMs, atMs, note, by, source: 'marked', words: 'Marked breakdown' });
  }
  const warningMs = mode?.pfMinMs?.value ?? USUAL_WARNING_MS;
  for (const work of state.work.cases.values()) {
    const { assetId, position, group } = work.fault;
    if (assetId !== mode?.assetId || position !== mode.position || group !== mode.group) continue;
    const found = work.findings.find(({ finding }) => finding === 'as stated');
    if (!found) continue;
    const atMs = work.repairedAtMs ?? found.givenAtMs;
    const words = work.orders[0] ?? work.caseId;
    const fromMs = Math.min(atMs - warningMs, work.openedAtMs);
    events.push({ fromMs, toMs: atMs, atMs, source: 'case', eventId: null, words, note: null, by: null });
  }
  return events.toSorted((a, b) => a.atMs - b.atMs);
}

/** What the plant made of an alert that was active at the moment: suppressed, a trial, or which case it joined. */
export function whyWithWork(state: SiteState, monitorId: MonitorId, why: Why): Why {
  if (!why.active) return why;
  const alert = [...state.alert.alerts.values()].findLast(
    (one) =>
      one.monitorId === monitorId &&
      one.raisedAtMs <= why.atMs &&
      (one.clearedAtMs === null || one.clearedAtMs >= why.atMs),
  );
  return {
    ...why,
    steps: [...why.steps, { step: 'work', passed: alert !== undefined, ...workOf(state, alert) }],
  };
}

function workOf(
  state: SiteState,
  alert: Pick<AlertRecord, 'alertId' | 'trial' | 'firstOut'> | undefined,
): { words: string } {
  if (!alert)
    return { words: 'The plant raised no alert then: the version was not in effect, or judged later.' };
  const name = shortId(alert.alertId);
  if (alert.trial) return { words: `Alert ${name} came in a trial: it asks for answers and makes no work.` };
  const first = alert.firstOut?.follows;
  if (first) return { words: `Alert ${name} was suppressed: ${shortId(first)} of its group came first.` };
  const link = state.work.alerts.get(alert.alertId);
  if (!link?.caseId) return { words: `Alert ${name} opened no case.` };
  const work = state.work.cases.get(link.caseId);
  const opened = work?.alerts[0] === alert.alertId;
  return { words: `Alert ${name} ${opened ? 'opened' : 'was appended to'} case ${shortId(link.caseId)}.` };
}

/** What a design would cost and bring, by the plant's own figures. */
export interface DesignMeaning {
  priority: Priority;
  /** why the priority is what it is, in words */
  priorityBecause: string;
  noise: {
    crewName: string;
    budgetH: number;
    takenH: number;
    thisH: number;
    fits: boolean;
    ownerDecides: boolean;
  } | null;
  /** null while a figure is missing; a year, minor units */
  money: { avoidedMinor: Minor | null; wastedMinor: Minor | null; grade: Grade; events: number } | null;
  visitsHPerYear: number | null;
}

export interface DesignAsked {
  monitorId: MonitorId;
  definition: MonitorDefinition;
  whole: PartFigures;
}

export function designMeaning(
  state: SiteState,
  { monitorId, definition, whole }: DesignAsked,
): DesignMeaning {
  const visitH = definition.response?.visitH ?? null;
  const perYear = (whole.notificationsPerWeek ?? 0) * WEEKS_PER_YEAR;
  return {
    ...priorityOfDesign(state, definition),
    noise: noiseOf(state, monitorId, definition, whole),
    money: moneyOf(state, definition, whole),
    visitsHPerYear: visitH === null ? null : perYear * visitH,
  };
}

function priorityOfDesign(
  state: SiteState,
  definition: MonitorDefinition,
): Pick<DesignMeaning, 'priority' | 'priorityBecause'> {
  const mode = state.strategy.failureModes.get(definition.failureModeId);
  if (!mode) return { priority: 4, priorityBecause: 'Nobody has said what fails.' };
  const times = [definition.response?.withinMs, responseTime(state.monitor, definition)?.slackMs];
  const known = times.filter((ms) => ms !== undefined && ms !== null);
  const timeMs = known.length > 0 ? Math.max(0, Math.min(...known)) : null;
  const score = consequenceScore(mode, state.monitor.criticality.get(mode.assetId));
  const time = timeMs === null ? 'the time to respond is not known' : `${days(timeMs)} are left to respond`;
  return {
    priority: priorityOfDefinition(state.monitor, definition),
    priorityBecause: `Consequence ${score} of 5 (${mode.consequence?.kind ?? 'not assessed'}), and ${time}.`,
  };
}

function days(ms: number): string {
  return `${(ms / DAY_MS).toFixed(ms < 10 * DAY_MS ? 1 : 0)} days`;
}

function noiseOf(
  state: SiteState,
  monitorId: MonitorId,
  definition: MonitorDefinition,
  whole: PartFigures,
): DesignMeaning['noise'] {
  const { score, notifications } = whole;
  const precision = score && notifications > 0 ? score.hits / notifications : null;
  const backtest = {
    ...{ monitorId, version: 0, samples: 0, inHindsight: false, dataHash: '', leadHours: [] },
    from: whole.fromMs,
    to: whole.toMs,
    alerts: whole.alerts,
    notifications,
    alertsPerWeek: whole.alertsPerWeek ?? 0,
    notificationsPerWeek: whole.notificationsPerWeek ?? 0,
    events: score?.events ?? null,
    caught: score?.caught ?? null,
    precision,
  };
  const version: MonitorVersion = {
    ...{ version: 0, priority: 4, draftedBy: '', draftedAtMs: 0, reason: '', trial: null },
    ...{ sentBackAtMs: null, sentBackBecause: null, proposedBy: null, proposedAtMs: null, signOffs: [] },
    ...{ review: null, standing: false, change: null, comments: [] },
    definition,
    backtest,
  };
  const answer = budgetFor(state.monitor, monitorId, version);
  if (!answer) return null;
  return {
    crewName: state.strategy.crews.get(answer.crewId)?.name ?? answer.crewId,
    budgetH: answer.noiseH,
    takenH: answer.takenH,
    thisH: answer.waste.hPerWeek,
    fits: answer.fits,
    ownerDecides: answer.ownerDecides,
  };
}

function moneyOf(
  state: SiteState,
  definition: MonitorDefinition,
  whole: PartFigures,
): DesignMeaning['money'] {
  const { score } = whole;
  const years = (whole.toMs - whole.fromMs) / YEAR_MS;
  const mode = state.strategy.failureModes.get(definition.failureModeId);
  const crew = definition.response ? state.strategy.crews.get(definition.response.crewId) : undefined;
  if (!mode || !score || !(years > 0)) return null;
  const hour = state.strategy.assets.get(mode.assetId)?.stopHourMinor ?? null;
  const stop = mode.consequence?.stopH ?? null;
  const more = mode.consequence?.secondaryMinor?.value ?? 0;
  const each = hour && stop ? hour.value * stop.value + more : null;
  const visit = crew && definition.response ? crew.rateMinorPerH * definition.response.visitH : null;
  return {
    avoidedMinor: each === null ? null : Math.round((score.caught / years) * each),
    wastedMinor: visit === null ? null : Math.round((score.wrong / years) * visit),
    grade: hour && stop ? weakerGrade(hour.grade, stop.grade) : 'assumed',
    events: score.events,
  };
}

/** What the slots of a new monitor may be filled with. */
export interface DesignChoices {
  signals: {
    signalId: SignalId;
    name: string;
    unit: string;
    assetId: string;
    assetName: string;
    usualIntervalMs: number;
    starting: StartingValues;
  }[];
  failureModes: {
    failureModeId: FailureModeId;
    assetId: string;
    name: string;
    position: string;
    stopHourMinor: Minor | null;
  }[];
  crews: { crewId: CrewId; name: string }[];
  jobPlans: { jobPlanId: string; name: string }[];
  kinds: { kind: string; title: string; fields: readonly Field[] }[];
}

export function designChoices({ monitor, strategy }: SiteState): DesignChoices {
  return {
    signals: [...monitor.signals.values()].map(({ signalId, name, unit, assetId, usualIntervalMs }) => ({
      signalId,
      name,
      unit,
      assetId,
      assetName: strategy.assets.get(assetId)?.name ?? '',
      usualIntervalMs,
      starting: startingValues(name, unit),
    })),
    failureModes: [...strategy.failureModes.values()]
      .filter(({ runToFailure }) => runToFailure === null)
      .map(({ failureModeId, assetId, name, position }) => ({
        failureModeId,
        assetId,
        name,
        position,
        stopHourMinor: strategy.assets.get(assetId)?.stopHourMinor?.value ?? null,
      })),
    crews: [...strategy.crews.values()].map(({ crewId, name }) => ({ crewId, name })),
    jobPlans: [...monitor.jobPlans.values()].map(({ jobPlanId, name }) => ({ jobPlanId, name })),
    kinds: CONDITIONS.map(({ kind, title, fields }) => ({ kind, title, fields })),
  };
}
