import type { AlertRecord } from '#alert/state.ts';
import type { Lifecycle } from '#monitor/events.ts';
import type { MonitorRecord } from '#monitor/state.ts';
import { monitorRecord, poolsOf } from '#outcome/monitor-record.ts';
import type { EntryStatus, Ledger } from '#outcome/events.ts';
import type { Entry } from '#outcome/state.ts';
import { wilson } from '#outcome/wilson.ts';
import type { FailureMode } from '#strategy/events.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { shortId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { WorkCase } from '#work/state.ts';
import type { SiteState } from '../flow.ts';
import { type Look, versionShown } from './look.ts';
import { objectiveNow } from './objective-now.ts';
import { caseTitle } from './rows.ts';
import type { StopWord } from './shapes.ts';
import { waitsAt } from './stops.ts';

/** Where does the line break? One thread per failure mode, grouped by objective. */
export interface Thread {
  failureModeId: string;
  failureMode: string;
  assetId: string;
  assetName: string;
  monitorId: string | null;
  monitorName: string | null;
  alerts: number;
  notifications: number;
  orders: number;
  findings: number;
  findingsDue: number;
  /** accepted by finance, minor units */
  avoidedMinor: number;
  savedMinor: number;
  /** booked, neither accepted nor rejected yet; stands beside the sums, never in them */
  avoidedOpenMinor: number;
  savedOpenMinor: number;
  /** the most urgent open case, and the stop where it waits */
  open: { caseId: string; priority: Priority; stop: StopWord } | null;
  broken: {
    stop: StopWord;
    label: string;
    priority: Priority | null;
    noSignal: boolean;
    /** plant time, ms; null when the break has no beginning that is known */
    sinceMs: number | null;
  } | null;
  /** run to failure, because somebody decided so */
  endsByDecision: { acceptedBy: PersonId; reviewDueMs: number } | null;
}

export interface ObjectiveThreads {
  objectiveId: string;
  name: string;
  unit: string;
  baseline: number | null;
  target: number | null;
  now: number | null;
  accountable: PersonId | null;
  threads: Thread[];
}

export interface LineView {
  nowMs: number;
  fromMs: number;
  objectives: ObjectiveThreads[];
  totals: {
    objectives: number;
    assets: number;
    failureModes: number;
    monitors: number;
    alerts: number;
    notifications: number;
    orders: number;
    findings: number;
    findingsDue: number;
    avoidedMinor: number;
    savedMinor: number;
    avoidedOpenMinor: number;
    savedOpenMinor: number;
  };
  breaks: number;
  trueShare: { n: number; of: number; low: number; high: number } | null;
  waiting: {
    orderId: string | null;
    caseId: string;
    title: string;
    actByMs: number;
    owner: PersonId | null;
  } | null;
}

/** @param days the period that counts and money are shown for */
export function lineView(look: Look, days: number): LineView {
  const { state, nowMs } = look;
  const fromMs = nowMs - days * DAY_MS;
  const recent = recentOf(state, fromMs);
  const objectives = [...state.strategy.objectives.values()].map((objective) => ({
    objectiveId: objective.objectiveId,
    name: objective.name,
    unit: objective.unit,
    baseline: objective.baseline?.value ?? null,
    target: objective.target,
    now: objectiveNow(look, objective, fromMs).now,
    accountable: objective.accountable,
    threads: [...state.strategy.failureModes.values()]
      .filter((mode) => mode.objectiveId === objective.objectiveId)
      .map((mode) => threadOf(look, mode, recent)),
  }));
  const threads = objectives.flatMap((objective) => objective.threads);
  return {
    nowMs,
    fromMs,
    objectives,
    totals: totalsOf(objectives, threads),
    breaks: threads.filter((thread) => thread.broken !== null).length,
    trueShare: trueShareOf(look),
    waiting: waitingOf(state),
  };
}

function totalsOf(objectives: readonly ObjectiveThreads[], threads: readonly Thread[]): LineView['totals'] {
  const sum = (pick: (thread: Thread) => number): number =>
    threads.reduce((total, one) => total + pick(one), 0);
  return {
    objectives: objectives.length,
    assets: new Set(threads.map((thread) => thread.assetId)).size,
    failureModes: threads.length,
    monitors: threads.filter((thread) => thread.monitorId !== null).length,
    alerts: sum((thread) => thread.alerts),
    notifications: sum((thread) => thread.notifications),
    orders: sum((thread) => thread.orders),
    findings: sum((thread) => thread.findings),
    findingsDue: sum((thread) => thread.findingsDue),
    avoidedMinor: sum((thread) => thread.avoidedMinor),
    savedMinor: sum((thread) => thread.savedMinor),
    avoidedOpenMinor: sum((thread) => thread.avoidedOpenMinor),
    savedOpenMinor: sum((thread) => thread.savedOpenMinor),
  };
}

/** What happened from a moment on, by monitor: one pass over each, however many threads ask. */
interface Recent {
  cases: Map<string, WorkCase[]>;
  entries: Map<string, Entry[]>;
  alerts: Map<string, AlertRecord[]>;
}

function recentOf({ work, outcome, alert }: SiteState, fromMs: number): Recent {
  return {
    cases: byMonitor(work.cases.values(), (one) => one.openedAtMs >= fromMs),
    entries: byMonitor(outcome.entries.values(), (one) => one.bookedAtMs >= fromMs),
    alerts: byMonitor(alert.alerts.values(), (one) => one.raisedAtMs >= fromMs),
  };
}

function byMonitor<T extends { monitorId: string }>(
  all: Iterable<T>,
  counts: (one: T) => boolean,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    if (!counts(one)) continue;
    const group = groups.get(one.monitorId);
    if (group) group.push(one);
    else groups.set(one.monitorId, [one]);
  }
  return groups;
}

const ACCEPTED: readonly EntryStatus[] = ['accepted'];
const OPEN: readonly EntryStatus[] = ['estimated', 'verified'];

function threadOf(look: Look, mode: FailureMode, recent: Recent): Thread {
  const { state } = look;
  const asset = state.strategy.assets.get(mode.assetId);
  const watching = monitorOf(state, mode.failureModeId);
  const mine = watching?.monitorId ?? '';
  const cases = recent.cases.get(mine) ?? [];
  const open = cases
    .filter((work) => work.closedAtMs === null)
    .sort((a, b) => a.priority - b.priority || a.openedAtMs - b.openedAtMs)[0];
  const finished = cases.filter((work) => work.closedAtMs !== null || work.findings.length > 0);
  const money = (ledger: Ledger, statuses: readonly EntryStatus[]): number =>
    (recent.entries.get(mine) ?? [])
      .filter((entry) => entry.ledger === ledger && statuses.includes(entry.status))
      .reduce((total, entry) => total + entry.amountMinor, 0);
  return {
    failureModeId: mode.failureModeId,
    failureMode: mode.name,
    assetId: mode.assetId,
    assetName: asset?.name ?? '',
    monitorId: watching?.monitorId ?? null,
    monitorName: watching ? shortId(watching.monitorId) : null,
    alerts: recent.alerts.get(mine)?.length ?? 0,
    notifications: cases.filter((work) => work.notificationId !== null && work.mergedInto === null).length,
    orders: cases.reduce((total, work) => total + work.orders.length, 0),
    findings: finished.filter((work) => work.findings.length > 0).length,
    findingsDue: cases.filter((work) => work.orders.length > 0 || work.findings.length > 0).length,
    avoidedMinor: money('avoidance', ACCEPTED),
    savedMinor: money('savings', ACCEPTED),
    avoidedOpenMinor: money('avoidance', OPEN),
    savedOpenMinor: money('savings', OPEN),
    open: open ? { caseId: open.caseId, priority: open.priority, stop: waitsAt(open, state) } : null,
    broken: brokenAt(look, mode, watching, open ?? null),
    endsByDecision: mode.runToFailure,
  };
}

function monitorOf(state: SiteState, failureModeId: string): MonitorRecord | null {
  let found: MonitorRecord | null = null;
  for (const monitor of state.monitor.monitors.values()) {
    const version = versionShown(state, monitor.monitorId);
    if (version?.definition.failureModeId !== failureModeId || monitor.lifecycle === 'retired') continue;
    if (!found || monitor.lifecycle === 'live') found = monitor;
  }
  return found;
}

/** Monitors that cause no work, in words; one under review still does. */
const IDLE_WORD: Partial<Record<Lifecycle, string>> = {
  draft: 'only a draft',
  trial: 'in trial',
  proposed: 'waits for sign-off',
};

/** Where a thread is broken now, the first break from the objective on; null when it is whole. */
function brokenAt(
  look: Look,
  mode: FailureMode,
  monitor: MonitorRecord | null,
  open: WorkCase | null,
): Thread['broken'] {
  const { state, nowMs } = look;
  const broken = (stop: StopWord, label: string, priority: Priority | null = null) => ({
    stop,
    label,
    priority,
    noSignal: false,
    sinceMs: null,
  });
  if (mode.runToFailure) return null;
  if (!monitor) return broken('monitor', 'no monitor');
  const blindMs = state.detect.blind.get(monitor.monitorId);
  if (blindMs !== undefined)
    return { ...broken('monitor', 'no valid signal'), noSignal: true, sinceMs: blindMs };
  const idle = IDLE_WORD[monitor.lifecycle];
  if (idle) return broken('alert', idle);
  if (!open) return null;
  const draft = state.work.drafts.get(open.openDraftId ?? '');
  if (draft) {
    const noDay = state.plan.proposals.get(draft.draftId)?.dayMs == null;
    if (noDay) return broken('order', 'no slot in time', open.priority);
    if (draft.waitsUntilMs <= nowMs) return broken('order', 'nobody answered', open.priority);
  }
  const order = state.work.orders.get(open.openOrderId ?? '');
  if (order && order.finishBy.latestFinishMs < nowMs)
    return broken('finding', 'finish date passed', open.priority);
  return null;
}

function trueShareOf(look: Look): LineView['trueShare'] {
  let n = 0;
  let of = 0;
  const pools = poolsOf(look.state.outcome);
  for (const monitorId of look.state.monitor.monitors.keys()) {
    const record = monitorRecord(look.state.outcome, monitorId, look.nowMs, pools);
    n += record?.stated ?? 0;
    of += record?.judged ?? 0;
  }
  if (of === 0) return null;
  const { low, high } = wilson(n, of);
  return { n, of, low, high };
}

/** The draft that waits longest for its answer. */
function waitingOf(state: SiteState): LineView['waiting'] {
  let found: WorkCase | null = null;
  for (const caseId of state.work.open) {
    const work = state.work.cases.get(caseId);
    if (work?.openDraftId && (!found || work.openedAtMs < found.openedAtMs)) found = work;
  }
  if (!found) return null;
  const draft = state.work.drafts.get(found.openDraftId ?? '');
  return {
    orderId: found.openOrderId,
    caseId: found.caseId,
    title: caseTitle(state, found),
    actByMs: draft?.waitsUntilMs ?? found.finishBy.latestStartMs,
    owner: found.owner,
  };
}
