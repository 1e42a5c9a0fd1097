// The table of monitors on the data plane: who judges which signal, by what, and what each remembers.
import { CONDITIONS, type ConditionSpec } from '#vocabulary/conditions/all.ts';
import { conditionProblems } from '#vocabulary/conditions/check.ts';
import type { Cells, Condition, ConditionBase } from '#vocabulary/conditions/condition.ts';
import { type Extra, extraOf } from './extra.ts';

/** A monitor as the data plane knows it. */
export interface SenseMonitor {
  monitorId: string;
  version: number;
  /** index of the signal */
  signal: number;
  /** longer than this without an accepted sample, and there is no valid signal; equality is not stale */
  staleAfterMs: number;
  condition: ConditionSpec;
  /** indices of the other signals it looks at, in the order of `otherSignals` */
  others?: readonly number[];
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
  /** what a monitor has beyond its own signal and one reading at a time; null for most */
  extras: (Extra | null)[];
}

/** Columns of a monitor's row. Parameters: */
const KIND = 0;
const CELLS_AT = 1;
export const SILENCE_MS = 2;
export const ON_DELAY_MS = 3;
export const OFF_DELAY_MS = 4;
/** State, saved and carried over as it is. The condition is true: */
export const HOLDS = 5;
/** raised and not yet cleared */
export const ACTIVE = 6;
/** silence has been noticed: no valid signal, or a `stale` condition that has come true */
export const SILENT = 7;
/** has judged a sample */
export const SEEN = 8;
/** a good sample was among those the condition stands on */
export const SAW_GOOD = 9;
/** start of what the running or last delay counts from */
export const SINCE_MS = 10;
/** when that delay ends, Infinity when none runs */
export const WATCH_DUE_MS = 11;
export const EXTREME = 12;
/** last accepted reading inside the limit before the condition, NaN when none was seen */
export const INSIDE_MS = 13;
/** the last readings as bits, newest lowest, for n of m */
export const MASK = 14;
/** last reading that was judged; used where an operating state leaves readings out */
export const JUDGED_MS = 15;
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
    extras: sorted.map(extraOf),
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
  condition.prepare(monitor.condition, cellsOf(table, m), cellsAt(table, m), rows[w + SILENCE_MS] as number);
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
  return conditionProblems(monitor.condition)[0] ?? null;
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
