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
  kind: Uint8Array;
  /** row of the monitor in the cells of its kind */
  cellRow: Uint32Array;
  cells: Cells[];
  silenceMs: Float64Array;
  state: WatchState;
}

/** What changes while judging; saved and carried over as it is. */
export interface WatchState {
  /** the condition is true */
  holds: Uint8Array;
  /** raised and not yet cleared */
  active: Uint8Array;
  /** silence has been noticed: no valid signal, or a `stale` condition that has come true */
  silent: Uint8Array;
  /** has judged a sample */
  seen: Uint8Array;
  /** a good sample was among those the condition stands on */
  sawGood: Uint8Array;
  /** start of what the running or last delay counts from */
  sinceMs: Float64Array;
  /** when that delay ends, Infinity when none runs */
  dueMs: Float64Array;
  extreme: Float64Array;
  /** last accepted reading inside the limit before the condition, NaN when none was seen */
  insideMs: Float64Array;
}

const KINDS: readonly Condition<ConditionBase>[] = CONDITIONS;

/** @throws Error E-SENSE-001 when a monitor cannot be judged: the gate lets none through, so it is a bug */
export function createWatches(signalCount: number, monitors: readonly SenseMonitor[]): WatchTable {
  const sorted = monitors
    .map((monitor, given) => ({ monitor, given }))
    .toSorted((a, b) => a.monitor.signal - b.monitor.signal || a.given - b.given)
    .map((entry) => entry.monitor);
  const n = sorted.length;
  const table: WatchTable = {
    monitors: sorted,
    firstOf: new Uint32Array(signalCount + 1),
    kind: new Uint8Array(n),
    cellRow: new Uint32Array(n),
    cells: [],
    silenceMs: new Float64Array(n),
    state: {
      holds: new Uint8Array(n),
      active: new Uint8Array(n),
      silent: new Uint8Array(n),
      seen: new Uint8Array(n),
      sawGood: new Uint8Array(n),
      sinceMs: new Float64Array(n),
      dueMs: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
      extreme: new Float64Array(n).fill(Number.NaN),
      insideMs: new Float64Array(n).fill(Number.NaN),
    },
  };
  const perKind = KINDS.map(() => 0);
  const ids = new Set<string>();
  sorted.forEach((monitor, m) => {
    const kind = KINDS.findIndex((known) => known.kind === monitor.condition.kind);
    const problem = monitorProblem(monitor, signalCount, ids, kind);
    if (problem !== null) throw new Error(`E-SENSE-001: monitor ${monitor.monitorId}: ${problem}`);
    table.kind[m] = kind;
    table.cellRow[m] = perKind[kind] as number;
    (perKind[kind] as number)++;
    (table.firstOf[monitor.signal + 1] as number)++;
  });
  for (let s = 0; s < signalCount; s++) (table.firstOf[s + 1] as number) += table.firstOf[s] as number;
  table.cells = KINDS.map((kind, k) => kind.columns.map(() => new Float64Array(perKind[k] as number)));
  sorted.forEach((monitor, m) => {
    const condition = conditionOf(table, m);
    table.silenceMs[m] = condition.silenceMs(monitor.condition, monitor.staleAfterMs);
    condition.prepare(monitor.condition, cellsOf(table, m), table.cellRow[m] as number);
  });
  return table;
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
  return KINDS[table.kind[m] as number] as Condition<ConditionBase>;
}

export function cellsOf(table: WatchTable, m: number): Cells {
  return table.cells[table.kind[m] as number] as Cells;
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
  const state = table.state;
  const silenceMs = table.silenceMs[m] as number;
  if (state.silent[m] === 0) {
    const heldMs = elapsedMs > silenceMs ? silenceMs : elapsedMs;
    if ((state.dueMs[m] as number) <= lastMs + heldMs) endDelay(table, m, lastValue, out);
    if (elapsedMs <= silenceMs) return;
    state.silent[m] = 1;
    state.dueMs[m] = Number.POSITIVE_INFINITY;
    const silentFromMs = lastMs + silenceMs;
    if (conditionOf(table, m).silence === 'blinds') {
      out.push(signalChange(table, m, 'signal-lost', silentFromMs, lastValue));
      return;
    }
    state.holds[m] = 1;
    if (state.active[m] === 0) startCondition(table, m, silentFromMs, lastValue, lastQuality, lastMs);
  }
  if ((state.dueMs[m] as number) <= lastMs + elapsedMs) endDelay(table, m, lastValue, out);
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
  const state = table.state;
  const condition = conditionOf(table, m);
  const row = table.cellRow[m] as number;
  const cells = cellsOf(table, m);
  const held = state.holds[m] === 1;
  const active = state.active[m] === 1;
  const wasBlind = state.silent[m] === 1 && condition.silence === 'blinds';
  state.silent[m] = 0;
  if (wasBlind) out.push(signalChange(table, m, 'signal-back', timeMs, value));
  const holds = condition.holds(cells, row, held, value, timeMs);
  state.holds[m] = holds ? 1 : 0;
  if (holds && !active && (!held || wasBlind)) {
    // After blindness the condition stands, but its delay counts from what can be seen again.
    const insideMs = held ? (state.insideMs[m] as number) : state.seen[m] === 1 ? lastMs : Number.NaN;
    startCondition(table, m, timeMs, value, quality, insideMs);
  } else if (holds) {
    state.extreme[m] = condition.worse(cells, row, state.extreme[m] as number, value);
    if (!active && quality === GOOD) state.sawGood[m] = 1;
    if (active) state.dueMs[m] = Number.POSITIVE_INFINITY;
  } else if (active && (held || wasBlind)) {
    state.sinceMs[m] = timeMs;
    state.dueMs[m] = timeMs + delayMs(table, m, 'offDelayMs');
  } else if (!active) {
    state.dueMs[m] = Number.POSITIVE_INFINITY;
  }
  state.seen[m] = 1;
  if ((state.dueMs[m] as number) <= timeMs) endDelay(table, m, value, out);
}

function startCondition(
  table: WatchTable,
  m: number,
  sinceMs: number,
  value: number,
  quality: number,
  insideMs: number,
): void {
  const state = table.state;
  state.sinceMs[m] = sinceMs;
  state.dueMs[m] = sinceMs + delayMs(table, m, 'onDelayMs');
  state.extreme[m] = value;
  state.sawGood[m] = quality === GOOD ? 1 : 0;
  state.insideMs[m] = insideMs;
}

function delayMs(table: WatchTable, m: number, name: 'onDelayMs' | 'offDelayMs'): number {
  return (table.monitors[m] as SenseMonitor).condition[name] ?? 0;
}

function endDelay(table: WatchTable, m: number, value: number, out: StateChange[]): void {
  const state = table.state;
  const raises = state.active[m] === 0;
  const atMs = state.dueMs[m] as number;
  state.active[m] = raises ? 1 : 0;
  state.dueMs[m] = Number.POSITIVE_INFINITY;
  out.push(change(table, m, raises ? 'raised' : 'cleared', atMs, state.sinceMs[m] as number, value));
}

function signalChange(
  table: WatchTable,
  m: number,
  kind: 'signal-lost' | 'signal-back',
  atMs: number,
  value: number,
): StateChange {
  const said = change(table, m, kind, atMs, atMs, value);
  if (table.state.active[m] === 0 && table.state.holds[m] === 0) said.extreme = value;
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
  const monitor = table.monitors[m] as SenseMonitor;
  const insideMs = table.state.insideMs[m] as number;
  return {
    kind,
    monitorId: monitor.monitorId,
    version: monitor.version,
    atMs,
    conditionSinceMs,
    value,
    extreme: table.state.extreme[m] as number,
    lastBelowMs: Number.isNaN(insideMs) ? null : insideMs,
    uncertainOnly: table.state.sawGood[m] === 0,
  };
}
