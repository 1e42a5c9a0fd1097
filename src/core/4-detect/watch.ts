// Detection: turns accepted samples and passing time into state changes, by condition, delays and silence.
import { GOOD } from '#vocabulary/quality.ts';
import type { Extra } from './extra.ts';
import type { StateChange } from './state-change.ts';
import {
  ACTIVE,
  EXTREME,
  HOLDS,
  INSIDE_MS,
  JUDGED_MS,
  MASK,
  OFF_DELAY_MS,
  ON_DELAY_MS,
  SAW_GOOD,
  SEEN,
  SILENCE_MS,
  SILENT,
  SINCE_MS,
  WATCH_DUE_MS,
  WATCH_SHIFT,
  cellsAt,
  cellsOf,
  conditionOf,
  type SenseMonitor,
  type WatchTable,
} from './watch-table.ts';

/**
 * Lets time pass for one monitor whose signal last spoke `elapsedMs` ago: a delay that ends while the
 * last value still holds ends; then silence beyond its limit is noticed.
 */
export function settle(
  table: WatchTable,
  m: number,
  lastMs: number,
  lastValue: number,
  lastQuality: number,
  elapsedMs: number,
  out: StateChange[],
): void {
  const { rows } = table;
  const w = m << WATCH_SHIFT;
  const silenceMs = rows[w + SILENCE_MS] as number;
  if (rows[w + SILENT] === 0) {
    const heldMs = elapsedMs > silenceMs ? silenceMs : elapsedMs;
    if ((rows[w + WATCH_DUE_MS] as number) <= lastMs + heldMs) endDelay(table, m, lastValue, out);
    if (elapsedMs <= silenceMs) return;
    rows[w + SILENT] = 1;
    rows[w + MASK] = 0;
    rows[w + WATCH_DUE_MS] = Number.POSITIVE_INFINITY;
    const silentFromMs = lastMs + silenceMs;
    if (conditionOf(table, m).silence === 'blinds') {
      out.push(signalChange(table, m, 'signal-lost', silentFromMs, lastValue));
      return;
    }
    rows[w + HOLDS] = 1;
    if (rows[w + ACTIVE] === 0) startCondition(rows, w, silentFromMs, lastValue, lastQuality, lastMs);
  }
  if ((rows[w + WATCH_DUE_MS] as number) <= lastMs + elapsedMs) endDelay(table, m, lastValue, out);
}

/** Judges an accepted sample, after `settle` let the time before it pass. */
export function judge(
  table: WatchTable,
  m: number,
  lastMs: number,
  timeMs: number,
  value: number,
  quality: number,
  out: StateChange[],
): void {
  const { rows } = table;
  const w = m << WATCH_SHIFT;
  const condition = conditionOf(table, m);
  const cells = cellsOf(table, m);
  const at = cellsAt(table, m);
  const held = rows[w + HOLDS] === 1;
  const active = rows[w + ACTIVE] === 1;
  const wasBlind = rows[w + SILENT] === 1 && condition.silence === 'blinds';
  rows[w + SILENT] = 0;
  if (wasBlind) out.push(signalChange(table, m, 'signal-back', timeMs, value));
  const extra = table.extras[m] as Extra | null;
  const holds = extra
    ? holdsWith(extra, table, m, held, value, timeMs)
    : condition.holds(cells, at, held, value, timeMs);
  rows[w + HOLDS] = holds ? 1 : 0;
  if (holds && !active && (!held || wasBlind)) {
    // After blindness the condition stands, but its delay counts from what can be seen again.
    const before = extra ? (rows[w + JUDGED_MS] as number) : lastMs;
    const insideMs = held ? (rows[w + INSIDE_MS] as number) : rows[w + SEEN] === 1 ? before : Number.NaN;
    startCondition(rows, w, timeMs, value, quality, insideMs);
  } else if (holds) {
    rows[w + EXTREME] = condition.worse(cells, at, rows[w + EXTREME] as number, value);
    if (!active && quality === GOOD) rows[w + SAW_GOOD] = 1;
    if (active) rows[w + WATCH_DUE_MS] = Number.POSITIVE_INFINITY;
  } else if (active && (held || wasBlind)) {
    rows[w + SINCE_MS] = timeMs;
    rows[w + WATCH_DUE_MS] = timeMs + (rows[w + OFF_DELAY_MS] as number);
  } else if (!active) {
    rows[w + WATCH_DUE_MS] = Number.POSITIVE_INFINITY;
  }
  rows[w + SEEN] = 1;
  rows[w + JUDGED_MS] = timeMs;
  if ((rows[w + WATCH_DUE_MS] as number) <= timeMs) endDelay(table, m, value, out);
}

/** A rule over several signals in place of the kernel, then n of m over the last readings. */
function holdsWith(
  { rule, values, nOfM }: Extra,
  table: WatchTable,
  m: number,
  held: boolean,
  value: number,
  timeMs: number,
): boolean {
  const reading = rule
    ? rule(value, values)
    : conditionOf(table, m).holds(cellsOf(table, m), cellsAt(table, m), held, value, timeMs);
  if (!nOfM) return reading;
  const w = m << WATCH_SHIFT;
  const mask = ((table.rows[w + MASK] as number) * 2 + (reading ? 1 : 0)) % 2 ** nOfM.m;
  table.rows[w + MASK] = mask;
  return bitsOf(mask) >= nOfM.n;
}

function bitsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/**
 * A reading outside the operating state, or while another signal it needs is not valid: it has not come. A running
 * delay is void, an active alert is held; only silence of the own signal ends.
 */
export function passOver(
  table: WatchTable,
  m: number,
  timeMs: number,
  value: number,
  out: StateChange[],
): void {
  const { rows } = table;
  const w = m << WATCH_SHIFT;
  const wasBlind = rows[w + SILENT] === 1 && conditionOf(table, m).silence === 'blinds';
  rows[w + SILENT] = 0;
  if (wasBlind) out.push(signalChange(table, m, 'signal-back', timeMs, value));
  rows[w + HOLDS] = rows[w + ACTIVE] as number;
  rows[w + WATCH_DUE_MS] = Number.POSITIVE_INFINITY;
}

function startCondition(
  rows: Float64Array,
  w: number,
  sinceMs: number,
  value: number,
  quality: number,
  insideMs: number,
): void {
  rows[w + SINCE_MS] = sinceMs;
  rows[w + WATCH_DUE_MS] = sinceMs + (rows[w + ON_DELAY_MS] as number);
  rows[w + EXTREME] = value;
  rows[w + SAW_GOOD] = quality === GOOD ? 1 : 0;
  rows[w + INSIDE_MS] = insideMs;
}

function endDelay(table: WatchTable, m: number, value: number, out: StateChange[]): void {
  const { rows } = table;
  const w = m << WATCH_SHIFT;
  const raises = rows[w + ACTIVE] === 0;
  const atMs = rows[w + WATCH_DUE_MS] as number;
  rows[w + ACTIVE] = raises ? 1 : 0;
  rows[w + WATCH_DUE_MS] = Number.POSITIVE_INFINITY;
  out.push(change(table, m, raises ? 'raised' : 'cleared', atMs, rows[w + SINCE_MS] as number, value));
}

function signalChange(
  table: WatchTable,
  m: number,
  kind: 'signal-lost' | 'signal-back',
  atMs: number,
  value: number,
): StateChange {
  const w = m << WATCH_SHIFT;
  const said = change(table, m, kind, atMs, atMs, value);
  if (table.rows[w + ACTIVE] === 0 && table.rows[w + HOLDS] === 0) said.extreme = value;
  return said;
}

function change(
  table: WatchTable,
  m: number,
  kind: StateChange['kind'],
  atMs: number,
  conditionSinceMs: number,
  value: number,
): StateChange {
  const { rows } = table;
  const w = m << WATCH_SHIFT;
  const { monitorId, version } = table.monitors[m] as SenseMonitor;
  const insideMs = rows[w + INSIDE_MS] as number;
  return {
    kind,
    monitorId,
    version,
    atMs,
    conditionSinceMs,
    value,
    extreme: rows[w + EXTREME] as number,
    lastBelowMs: Number.isNaN(insideMs) ? null : insideMs,
    uncertainOnly: rows[w + SAW_GOOD] === 0,
  };
}
