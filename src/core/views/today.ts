import { claimedSignals } from '#acquire/state.ts';
import { noiseH } from '#alert/state.ts';
import { noiseBudget } from '#vocabulary/noise.ts';
import { shortId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { DAY_MS, WEEK_MS } from '#vocabulary/time.ts';
import { stageOf } from './case.ts';
import { dutiesOf } from './duties.ts';
import { type LineView, lineView, type Thread } from './line.ts';
import { type Look, newestReadingMs, type Viewer } from './look.ts';
import { caseRows, monitorRow, monitorRows, openCases } from './rows.ts';
import type { CaseRow, TodayItem } from './shapes.ts';

export interface TodayOther {
  caseId: string;
  priority: Priority | null;
  title: string;
  detail: string;
  reading: { value: number | null; unit: string; limit: number } | null;
  href: string;
}

export interface BreakRow {
  label: string;
  stage: string;
  href: string;
}

export interface TodayView {
  nowMs: number;
  counts: { priority: Priority; n: number }[];
  noSignal: number;
  signals: number;
  newestReadingMs: number | null;
  openCases: number;
  /** live monitors without an alert or a loss of signal */
  monitorsInside: number;
  /** assets with a live monitor */
  assetsWatched: number;
  /** a draft or a trial watches for nobody yet */
  monitors: { live: number; trial: number; draft: number };
  items: TodayItem[];
  others: TodayOther[];
  breaks: BreakRow[];
  done: {
    sinceMs: number;
    readingsJudged: number;
    alertsRaised: number;
    alertsJoined: number;
    notificationsDrafted: number;
    lostOrTwice: number;
  };
  noise: { crewId: string; crewName: string; usedH: number; budgetH: number }[];
  /** counts for the rail, only where something waits for this person */
  waiting: Record<string, number>;
}

/** Things done by themselves are counted since this long ago. */
const DONE_MS = DAY_MS;
const MAX_OTHERS = 6;
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];

export function todayView(look: Look, viewer: Viewer): TodayView {
  const { state, nowMs } = look;
  const items = dutiesOf(look, viewer);
  const open = caseRows(state, openCases(state));
  const mine = new Set(items.map((item) => item.href));
  const monitors = monitorRows(look);
  const live = monitors.filter(({ lifecycle }) => lifecycle === 'live' || lifecycle === 'under review');
  const line = lineView(look, 90);
  return {
    nowMs,
    counts: PRIORITIES.map((priority) => ({
      priority,
      n: open.filter((row) => row.priority === priority).length,
    })),
    noSignal: state.detect.blind.size,
    signals: claimedSignals(state.acquire).size,
    newestReadingMs: newestReadingMs(look),
    openCases: open.length,
    monitorsInside: live.filter((row) => !row.active && !state.detect.blind.has(row.monitorId)).length,
    assetsWatched: new Set(live.map((row) => row.assetId)).size,
    monitors: {
      live: live.length,
      trial: monitors.filter(({ lifecycle }) => lifecycle === 'trial').length,
      draft: monitors.filter(({ lifecycle }) => lifecycle === 'draft' || lifecycle === 'proposed').length,
    },
    items,
    others: othersOf(look, open, mine),
    breaks: breaksOf(line),
    done: doneOf(look),
    noise: (viewer.guest ? [] : [...state.strategy.crews.values()]).map((crew) => ({
      crewId: crew.crewId,
      crewName: crew.name,
      usedH: noiseH(state.alert, crew.crewId, nowMs - WEEK_MS, nowMs + 1),
      budgetH: noiseBudget(crew).noiseH,
    })),
    waiting: waitingOf(items),
  };
}

const STAGE_OF_ACT: Record<TodayItem['act'], string> = {
  decide: 'work',
  match: 'work',
  report: 'work',
  accept: 'work',
  release: 'work',
  start: 'work',
  finding: 'work',
  finish: 'work',
  'sign off': 'monitor',
  trial: 'alert',
  review: 'monitor',
  advice: 'monitor',
  'look after': 'monitor',
  money: 'outcome',
  sensor: 'acquire',
};

/** Counts for the rail: only where something waits for this person. */
function waitingOf(items: readonly TodayItem[]): Record<string, number> {
  const waiting: Record<string, number> = { today: items.length };
  for (const item of items) {
    const stage = STAGE_OF_ACT[item.act];
    waiting[stage] = (waiting[stage] ?? 0) + 1;
  }
  return waiting;
}

function othersOf(look: Look, open: readonly CaseRow[], mine: ReadonlySet<string>): TodayOther[] {
  const { state } = look;
  const others: TodayOther[] = [];
  for (const row of open) {
    const href = `/work/case/${row.caseId}`;
    if (mine.has(href) || (row.orderId && mine.has(`/work/order/${row.orderId}`))) continue;
    const work = state.work.cases.get(row.caseId);
    const monitor = work ? monitorRow(look, work.monitorId) : null;
    const limit = monitor?.limit ?? null;
    others.push({
      caseId: row.caseId,
      priority: row.priority,
      title: row.title,
      detail: `Waits for ${row.waitsFor}.`,
      reading:
        monitor && limit ? { value: monitor.reading.value, unit: limit.unit, limit: limit.value } : null,
      href,
    });
  }
  return others.slice(0, MAX_OTHERS);
}

/** The stage in which a break is mended. */
function mendedIn(broken: NonNullable<Thread['broken']>): string {
  if (broken.noSignal) return 'acquire';
  if (broken.stop === 'monitor') return 'strategy';
  return broken.stop === 'alert' ? 'monitor' : stageOf(broken.stop);
}

function breaksOf(line: LineView): BreakRow[] {
  const rows: BreakRow[] = [];
  for (const thread of line.objectives.flatMap((objective) => objective.threads)) {
    if (!thread.broken) continue;
    const name = `${shortId(thread.assetId)} ${thread.assetName}`.trim();
    const href = thread.open
      ? `/work/case/${thread.open.caseId}`
      : thread.monitorId
        ? `/monitor/${thread.monitorId}`
        : `/strategy/asset/${thread.assetId}`;
    rows.push({ label: `${name}: ${thread.broken.label}`, stage: mendedIn(thread.broken), href });
  }
  return rows;
}

function doneOf(look: Look): TodayView['done'] {
  const { state, nowMs } = look;
  const sinceMs = nowMs - DONE_MS;
  let alertsRaised = 0;
  let alertsJoined = 0;
  for (const alert of state.work.alerts.values()) {
    if (alert.raisedAtMs < sinceMs) continue;
    alertsRaised++;
    if (state.work.cases.get(alert.caseId)?.alertId !== alert.alertId) alertsJoined++;
  }
  let notificationsDrafted = 0;
  for (const notification of state.work.notifications.values()) {
    if (notification.createdAtMs >= sinceMs) notificationsDrafted++;
  }
  let readingsJudged = 0;
  for (const accepted of look.readings?.accepted ?? []) readingsJudged += accepted;
  return {
    sinceMs,
    readingsJudged,
    alertsRaised,
    alertsJoined,
    notificationsDrafted,
    lostOrTwice: twice(look),
  };
}

/** Open cases that share a fault: there must be none (promise 4). */
function twice({ state }: Look): number {
  const seen = new Set<string>();
  let found = 0;
  for (const caseId of state.work.open) {
    const fault = state.work.cases.get(caseId)?.fault;
    if (!fault) continue;
    const key = `${fault.assetId}\n${fault.position}\n${fault.group}`;
    if (seen.has(key)) found++;
    seen.add(key);
  }
  return found;
}
