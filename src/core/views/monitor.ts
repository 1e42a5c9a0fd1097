import type { BacktestRecord, Lifecycle, MonitorDefinition } from '#monitor/events.ts';
import { signingTechnicians } from '#monitor/gate-evidence.ts';
import { liveGate } from '#monitor/gate.ts';
import { budgetFor } from '#monitor/noise-budget.ts';
import { reviewed } from '#monitor/agreement.ts';
import { makesWork, standingBefore } from '#monitor/lifecycle.ts';
import type { MonitorRecord, MonitorVersion } from '#monitor/state.ts';
import type { CriticalityClass } from '#strategy/events.ts';
import { type ConditionSpec, kindOf } from '#vocabulary/conditions/all.ts';
import type { Field } from '#vocabulary/conditions/condition.ts';
import { sayCondition } from '#vocabulary/conditions/say.ts';
import type { MonitorId, PersonId } from '#vocabulary/ids.ts';
import { shortId } from '#vocabulary/ids.ts';
import { type Priority, priorityWord } from '#vocabulary/priority.ts';
import { spanWords } from '#vocabulary/time.ts';
import type { Finding } from '#work/events.ts';
import type { SiteState } from '../flow.ts';
import { type Look, limitOf, versionShown, worstOf } from './look.ts';
import { caseRows, monitorRow } from './rows.ts';
import type { CaseRow, LimitView, ReadingView, Stop } from './shapes.ts';
import { monitorStops } from './stops.ts';

export interface GateView {
  code: string;
  title: string;
  met: boolean;
  detail: string;
  mend: string;
  who: string;
}

/** Why do we watch this, with which limit, and what did it say? */
export interface MonitorView {
  monitorId: string;
  stops: Stop[];
  name: string;
  /** the monitor in one sentence, with its slots */
  sentence: { text: string; slot: string | null; calculated: boolean }[];
  lifecycle: Lifecycle;
  version: number;
  candidate: number | null;
  assetId: string;
  assetName: string;
  criticality: CriticalityClass | null;
  failureMode: string;
  signalId: string;
  signalName: string;
  unit: string;
  definition: MonitorDefinition;
  priority: Priority;
  reading: ReadingView;
  limit: LimitView | null;
  owner: PersonId | null;
  /** the version that people work on: it has the gate, the backtest and the signatures below */
  inWork: {
    version: number;
    limit: LimitView | null;
    condition: ConditionSpec;
    /** what the kind of condition is made of */
    fields: readonly Field[];
    draftedBy: PersonId;
    reason: string;
    proposedBy: PersonId | null;
    trialEndsAtMs: number | null;
    /** who may sign as a technician */
    technicians: PersonId[];
  };
  gate: GateView[];
  backtest: BacktestRecord | null;
  signOffs: { by: PersonId; as: string; atMs: number }[];
  alerts: {
    alertId: string;
    raisedAtMs: number;
    clearedAtMs: number | null;
    extreme: number;
    trial: boolean;
    caseId: string | null;
  }[];
  cases: CaseRow[];
  findings: { atMs: number; finding: Finding; caseId: string }[];
  noise: { crewName: string; budgetH: number; takenH: number; thisH: number } | null;
  /** what a standing rule asks of the owner */
  advice: { what: string; because: string; dueMs: number; unanswered: string }[];
  emergencyUntilMs: number | null;
  reviewDueMs: number | null;
  asleepSinceMs: number | null;
  orphaned: boolean;
  review: { episodes: number; agreed: number; of: number } | null;
  /** an earlier version that one person may bring back */
  backTo: number | null;
}

/** @returns null when there is no such monitor */
export function monitorView(look: Look, monitorId: MonitorId): MonitorView | null {
  const { state } = look;
  const row = monitorRow(look, monitorId);
  const monitor = state.monitor.monitors.get(monitorId);
  const version = versionShown(state, monitorId);
  if (!row || !monitor || !version) return null;
  const { definition } = version;
  const signal = state.monitor.signals.get(definition.signalId);
  const inWork = monitor.candidate === null ? version : (monitor.versions.get(monitor.candidate) ?? version);
  const mine = [...state.work.cases.values()].filter((work) => work.monitorId === monitorId);
  const cases = caseRows(state, mine.slice(-MAX_CASES));
  return {
    monitorId,
    stops: monitorStops(state, monitorId),
    name: row.name,
    sentence: sentenceOf(state, definition, version.priority),
    lifecycle: monitor.lifecycle,
    version: version.version,
    candidate: monitor.candidate,
    assetId: row.assetId,
    assetName: row.assetName,
    criticality: row.criticality,
    failureMode: row.failureMode,
    signalId: row.signalId,
    signalName: signal?.name ?? '',
    unit: signal?.unit ?? '',
    definition,
    priority: version.priority,
    reading: row.reading,
    limit: row.limit,
    owner: row.owner,
    inWork: inWorkOf(state, inWork, signal?.unit ?? ''),
    gate: liveGate(state.monitor, monitorId, inWork.version, look.nowMs),
    backtest: inWork.backtest,
    signOffs: inWork.signOffs,
    alerts: alertsOf(look, monitorId),
    cases,
    findings: findingsOf(state, monitorId),
    noise: noiseOf(state, monitorId, inWork),
    ...governedOf(monitor, version, inWork),
  };
}

function governedOf(monitor: MonitorRecord, version: MonitorVersion, inWork: MonitorVersion) {
  const signed = reviewed(inWork);
  const backTo = standingBefore(monitor, version.version)?.version ?? null;
  return {
    advice: monitor.advice.map(({ what, because, dueMs, unanswered }) => ({
      what,
      because,
      dueMs,
      unanswered,
    })),
    emergencyUntilMs: monitor.emergency?.untilMs ?? null,
    reviewDueMs: monitor.reviewDueMs,
    asleepSinceMs: monitor.asleep?.sinceMs ?? null,
    orphaned: monitor.orphanedAtMs !== null,
    review: inWork.review && {
      episodes: inWork.review.episodes.length,
      agreed: signed?.agreed ?? 0,
      of: signed?.of ?? 0,
    },
    backTo: makesWork(monitor) ? backTo : null,
  };
}

function inWorkOf(state: SiteState, version: MonitorVersion, unit: string): MonitorView['inWork'] {
  return {
    version: version.version,
    limit: limitOf(version.definition, unit),
    condition: version.definition.condition,
    fields: kindOf(version.definition.condition).fields,
    draftedBy: version.draftedBy,
    reason: version.reason,
    proposedBy: version.proposedBy,
    trialEndsAtMs: version.trial?.endsAtMs ?? null,
    technicians: [...signingTechnicians(state.monitor, version.definition.response?.crewId ?? '')],
  };
}

/** Newest alerts shown on a monitor page. */
const MAX_ALERTS = 200;
const MAX_CASES = 200;

function alertsOf(look: Look, monitorId: MonitorId): MonitorView['alerts'] {
  const { state } = look;
  const alerts: MonitorView['alerts'] = [];
  for (const alert of state.alert.alerts.values()) {
    if (alert.monitorId !== monitorId) continue;
    const { alertId, raisedAtMs, clearedAtMs, trial } = alert;
    const caseId = state.work.alerts.get(alertId)?.caseId ?? null;
    alerts.push({ alertId, raisedAtMs, clearedAtMs, extreme: worstOf(look, alert), trial, caseId });
  }
  return alerts.slice(-MAX_ALERTS);
}

function findingsOf(state: SiteState, monitorId: MonitorId): MonitorView['findings'] {
  const findings: MonitorView['findings'] = [];
  for (const work of state.work.cases.values()) {
    for (const given of work.findings) {
      if (given.monitorId !== monitorId) continue;
      findings.push({ atMs: given.givenAtMs, finding: given.finding, caseId: work.caseId });
    }
  }
  return findings;
}

function noiseOf(state: SiteState, monitorId: MonitorId, version: MonitorVersion): MonitorView['noise'] {
  const answer = budgetFor(state.monitor, monitorId, version);
  if (!answer) return null;
  const crewName = state.strategy.crews.get(answer.crewId)?.name ?? answer.crewId;
  return { crewName, budgetH: answer.noiseH, takenH: answer.takenH, thisH: answer.waste.hPerWeek };
}

type Part = MonitorView['sentence'][number];
const words = (text: string): Part => ({ text, slot: null, calculated: false });
const slot = (name: string, text: string, calculated = false): Part => ({ text, slot: name, calculated });

/** The monitor in one sentence; a missing answer asks for itself. */
function sentenceOf(state: SiteState, definition: MonitorDefinition, priority: Priority): Part[] {
  const signal = state.monitor.signals.get(definition.signalId);
  const mode = state.strategy.failureModes.get(definition.failureModeId);
  const asset = mode ? state.strategy.assets.get(mode.assetId) : undefined;
  const { condition, response } = definition;
  const crew = response ? state.strategy.crews.get(response.crewId) : undefined;
  const place = mode?.position ? `, ${mode.position}` : '';
  const head = [words('When'), slot('signal', signal?.name ?? 'which signal?'), words('of')];
  head.push(slot('asset', asset ? `${shortId(asset.assetId)} ${asset.name}${place}` : 'which asset?'));
  for (const phrase of sayCondition(condition, signal?.unit ?? ''))
    head.push({ ...phrase, calculated: false });
  const hour = asset?.stopHourMinor?.value ?? null;
  return [
    ...head,
    words(', then'),
    slot('first action', response?.firstAction ?? 'do what?'),
    words('by'),
    slot('crew', crew?.name ?? 'whom?'),
    words('within'),
    slot('within', response ? spanWords(response.withinMs) : 'how long?'),
    slot('priority', priorityWord(priority), true),
    words(', because'),
    slot('failure mode', mode?.name ?? 'what fails?'),
    words('costs'),
    slot('stop hour', hour === null ? 'how much?' : `money:${hour}/h`, true),
    ...(response?.productionCan?.length
      ? [words('. Production can'), slot('production can', response.productionCan.join(', or '))]
      : []),
    words('. Answers:'),
    slot('owner', definition.owner ? `person:${definition.owner}` : 'who?'),
  ];
}
