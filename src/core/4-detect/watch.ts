// Detection: turns accepted samples and passing time into state changes, by condition, delays and silence.
import { GOOD } from '#vocabulary/quality.ts';
import { CONDITIONS, type ConditionSpec } from './conditions/all.ts';
import type { Cells, Condition, ConditionBase, StateChange } from './conditions/condition.ts';

/** A monitor as the data plane knows it. */
export interface SenseMonitor {
  monitorId: string;
  version: number;
  /** index of the signal */
  signal: number;
  /** longer than this without an accepted sample, and there is no valid signal; equality is not stale */
  staleAfterMs: number;
  condition: ConditionSpec;
}

/** All monitors, side by side, those of one signal next to each other. */
export interface WatchTable {
  monitors: SenseMonitor[];
  /** the monitors of signal s are `firstOf[s]` up to, not including, `firstOf[s + 1]` */
  firstOf: Uint32Array;
  /** a row of sixteen doubles per monitor: what is judged by, then what changes while judging */
  rows: Float64Array;
  /** by kind */
  cells: Cells[];
}

/** Columns of a monitor's row. Parameters: */
const KIND = 0;
const CELLS_AT = 1;
export const SILENCE_MS = 2;
const ON_DELAY_MS = 3;
const OFF_DELAY_MS = 4;
/** State, saved and carried over as it is. The condition is true: */
export const HOLDS = 5;
/** raised and not yet cleared */
export const ACTIVE = 6;
/** silence has been noticed: no valid signal, or a `stale` condition that has come true */
export const SILENT = 7;
/** has judged a sample */
export const SEEN = 8;
/** a good sample was among those the condition stands on */
const SAW_GOOD = 9;
/** start of what the running or last delay counts from */
export const SINCE_MS = 10;
/** when that delay ends, Infinity when none runs */
export const WATCH_DUE_MS = 11;
export const EXTREME = 12;
/** last accepted reading inside the limit before the condition, NaN when none was seen */
const INSIDE_MS = 13;
export const WATCH_SHIFT = 4;
const FIRST_STATE = HOLDS;

const KINDS: readonly Condition<ConditionBase>[] = CONDITIONS;

/** @throws Error E-SENSE-001 when a monitor cannot be judged: the gate lets none through, so it is a bug */
export function createWatches(signalCount: number, monitors: readonly SenseMonitor[]): WatchTable {
  const sorted = monitors
    .map((monitor, given) => ({ monitor, given }))
    .toSorted((a, b) => a.monitor.signal - b.monitor.signal || a.given - b.given)
    .map((entry) => entry.monitor);
  const table: WatchTable = {
    monitors: sorted,
    firstOf: new Uint32Array(signalCount + 1),
    rows: new Float64Array(sorted.length << WATCH_SHIFT),
    cells: [],
  };
  const perKind = KINDS.map(() => 0);
  const ids = new Set<string>();
  sorted.forEach((monitor, m) => {
    const kind = KINDS.findIndex((known) => known.kind === monitor.condition.kind);
    const problem = monitorProblem(monitor, signalCount, ids, kind);
    if (problem !== null) throw new Error(`E-SENSE-001: monitor ${monitor.monitorId}: ${problem}`);
    const { columns } = KINDS[kind] as Condition<ConditionBase>;
    table.rows[(m << WATCH_SHIFT) + KIND] = kind;
    table.rows[(m << WATCH_SHIFT) + CELLS_AT] = (perKind[kind] as number) * columns.length;
    (perKind[kind] as number)++;
    (table.firstOf[monitor.signal + 1] as number)++;
  });
  for (let s = 0; s < signalCount; s++) (table.firstOf[s + 1] as number) += table.firstOf[s] as number;
  table.cells = KINDS.map(({ columns }, k) => new Float64Array((perKind[k] as number) * columns.length));
  sorted.forEach((monitor, m) => prepareRow(table, m, monitor));
  return table;
}

function prepareRow(table: WatchTable, m: number, monitor: SenseMonitor): void {
  const w = m << WATCH_SHIFT;
  const { rows } = table;
  const condition = conditionOf(table, m);
  rows[w + SILENCE_MS] = condition.silenceMs(monitor.condition, monitor.staleAfterMs);
  rows[w + ON_DELAY_MS] = monitor.condition.onDelayMs ?? 0;
  rows[w + OFF_DELAY_MS] = monitor.condition.offDelayMs ?? 0;
  rows[w + WATCH_DUE_MS] = Number.POSITIVE_INFINITY;
  rows[w + EXTREME] = Number.NaN;
  rows[w + INSIDE_MS] = Number.NaN;
  condition.prepare(monitor.condition, cellsOf(table, m), cellsAt(table, m));
}

function monitorProblem(
  monitor: SenseMonitor,
  signalCount: number,
  ids: Set<string>,
  kind: number,
): string | null {
  if (kind < 0) return `no condition of kind "${monitor.condition.kind}" is known`;
  if (ids.has(monitor.monitorId)) return 'it is in the set twice';
  ids.add(monitor.monitorId);
  if (!(monitor.signal >= 0 && monitor.signal < signalCount)) return 'its signal is not registered';
  if (!(monitor.staleAfterMs > 0)) return 'its stale limit must be above 0';
  return (KINDS[kind] as Condition<ConditionBase>).problem(monitor.condition);
}

export function conditionOf(table: WatchTable, m: number): Condition<ConditionBase> {
  return KINDS[table.rows[(m << WATCH_SHIFT) + KIND] as number] as Condition<ConditionBase>;
}

export function cellsOf(table: WatchTable, m: number): Cells {
  return table.cells[table.rows[(m << WATCH_SHIFT) + KIND] as number] as Cells;
}

/** Where the monitor's cells begin. */
export function cellsAt(table: WatchTable, m: number): number {
  return table.rows[(m << WATCH_SHIFT) + CELLS_AT] as number;
}

/** Gives monitor `m` the state that monitor `old` of another table has; both are of one kind. */
export function carryOver(to: WatchTable, m: number, from: WatchTable, old: number): void {
  const w = old << WATCH_SHIFT;
  to.rows.set(from.rows.subarray(w + FIRST_STATE, w + (1 << WATCH_SHIFT)), (m << WATCH_SHIFT) + FIRST_STATE);
  const at = cellsAt(from, old);
  const { columns } = conditionOf(from, old);
  cellsOf(to, m).set(cellsOf(from, old).subarray(at, at + columns.length), cellsAt(to, m));
}

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
  const holds = condition.holds(cells, at, held, value, timeMs);
  rows[w + HOLDS] = holds ? 1 : 0;
  if (holds && !active && (!held || wasBlind)) {
    // After blindness the condition stands, but its delay counts from what can be seen again.
    const insideMs = held ? (rows[w + INSIDE_MS] as number) : rows[w + SEEN] === 1 ? lastMs : Number.NaN;
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
  if ((rows[w + WATCH_DUE_MS] as number) <= timeMs) endDelay(table, m, value, out);
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
