// The data plane: batches of samples go in, only state changes come out. Pure: no clock, no I/O.
import {
  acceptReading,
  createSignals,
  LAST_MS,
  orderMark,
  RECEIVED_MS,
  resizeSignals,
  ROW_SHIFT,
  takeQuiet,
  takeQuietHistory,
  VALUE,
} from '#acquire/order.ts';
import type { Extra } from '#detect/extra.ts';
import type { StateChange } from '#detect/state-change.ts';
import { judge, passOver, settle } from '#detect/watch.ts';
import { carryOver, createWatches, type SenseMonitor, SILENCE_MS, WATCH_SHIFT } from '#detect/watch-table.ts';
import { ACCEPTED, type Batch } from '#vocabulary/sample.ts';
import { look } from './sense-others.ts';
import { arraysOf, keyOf, SNAPSHOT_FORMAT, type SenseSnapshot } from './sense-snapshot.ts';
import {
  dueSignals,
  earliestDueMs,
  ready,
  refresh,
  type Sense,
  settleBound,
  singleOutSilent,
} from './sense-state.ts';

export type { StateChange } from '#detect/state-change.ts';
export type { ConditionSpec } from '#vocabulary/conditions/all.ts';
export type { SenseMonitor } from '#detect/watch-table.ts';
export type { SenseSnapshot } from './sense-snapshot.ts';
export type { Sense } from './sense-state.ts';

/**
 * @param signalCount signals are numbered from 0
 * @throws Error E-SENSE-001 for a monitor that cannot be judged
 */
export function createSense(signalCount: number, monitors: readonly SenseMonitor[]): Sense {
  const watches = createWatches(signalCount, monitors);
  return ready(createSignals(signalCount), watches, Number.NEGATIVE_INFINITY);
}

/**
 * Judges one batch that was received at `receivedMs` (plant time, ms).
 * @param marks at least `batch.length` bytes; filled with ACCEPTED or MARK_*
 * @returns changes in the order they were found
 */
export function senseBatch(sense: Sense, batch: Batch, receivedMs: number, marks: Uint8Array): StateChange[] {
  sense.nowMs = Math.max(sense.nowMs, receivedMs);
  // The quiet path does not look at receive times, so a signal that was silent too long is singled out here.
  if (sense.nowMs >= sense.boundMs) singleOutSilent(sense);
  return judgeRows(sense, batch, sense.nowMs, false, marks);
}

/** Judges history in which each sample was received at its own source time. Otherwise as `senseBatch`. */
export function senseHistory(sense: Sense, batch: Batch, marks: Uint8Array): StateChange[] {
  return judgeRows(sense, batch, Number.NaN, true, marks);
}

function judgeRows(
  sense: Sense,
  batch: Batch,
  receivedMs: number,
  onSource: boolean,
  marks: Uint8Array,
): StateChange[] {
  const out: StateChange[] = [];
  marks.fill(ACCEPTED, 0, batch.length);
  const { rows } = sense.signals;
  let i = 0;
  for (;;) {
    i = onSource ? takeQuietHistory(rows, batch, i) : takeQuiet(rows, batch, i, receivedMs);
    if (i >= batch.length) return out;
    const timeMs = batch.timeMs[i] as number;
    marks[i] = judgeSample(
      sense,
      batch.signal[i] as number,
      timeMs,
      batch.value[i] as number,
      batch.quality[i] as number,
      onSource ? timeMs : receivedMs,
      out,
    );
    i++;
  }
}

function judgeSample(
  sense: Sense,
  signal: number,
  timeMs: number,
  value: number,
  quality: number,
  receivedMs: number,
  out: StateChange[],
): number {
  const { signals, watches } = sense;
  if (signal >= signals.count) throw new Error(`E-SENSE-002: signal ${signal} is not registered`);
  const mark = orderMark(signals, signal, timeMs, value, quality, receivedMs);
  if (mark !== ACCEPTED) return mark;
  const r = signal << ROW_SHIFT;
  const lastMs = signals.rows[r + LAST_MS] as number;
  const lastValue = signals.rows[r + VALUE] as number;
  const lastQuality = signals.quality[signal] as number;
  const sourceGapMs = timeMs - lastMs;
  const gapMs = Math.max(sourceGapMs, receivedMs - (signals.rows[r + RECEIVED_MS] as number));
  acceptReading(signals, signal, timeMs, value, quality, receivedMs);
  const end = watches.firstOf[signal + 1] as number;
  for (let m = watches.firstOf[signal] as number; m < end; m++) {
    if (lastMs !== Number.NEGATIVE_INFINITY) {
      const elapsedMs =
        gapMs > (watches.rows[(m << WATCH_SHIFT) + SILENCE_MS] as number) ? gapMs : sourceGapMs;
      settle(watches, m, lastMs, lastValue, lastQuality, elapsedMs, out);
    }
    const extra = watches.extras[m] as Extra | null;
    if (extra && !look(sense, extra, receivedMs)) passOver(watches, m, timeMs, value, out);
    else judge(watches, m, lastMs, timeMs, value, quality, out);
  }
  refresh(sense, signal);
  return ACCEPTED;
}

/**
 * Plant time moves to `nowMs`: delays that end and silence beyond its limit are said, for all monitors.
 * A signal's source time is taken to run on with plant time from its last sample, so a device whose
 * clock is off still has its delays judged. Call it after each batch, and when `nextDueMs` is reached.
 */
export function senseAdvance(sense: Sense, nowMs: number): StateChange[] {
  sense.nowMs = Math.max(sense.nowMs, nowMs);
  const out: StateChange[] = [];
  if (sense.nowMs < sense.boundMs) return out;
  const { signals, watches } = sense;
  for (const signal of dueSignals(sense)) {
    const r = signal << ROW_SHIFT;
    const elapsedMs = sense.nowMs - (signals.rows[r + RECEIVED_MS] as number);
    const end = watches.firstOf[signal + 1] as number;
    for (let m = watches.firstOf[signal] as number; m < end; m++) {
      const lastMs = signals.rows[r + LAST_MS] as number;
      const lastValue = signals.rows[r + VALUE] as number;
      settle(watches, m, lastMs, lastValue, signals.quality[signal] as number, elapsedMs, out);
    }
    refresh(sense, signal);
  }
  settleBound(sense);
  return out;
}

/**
 * Plant time is about to leap ahead by `stepMs` without that time having passed: every signal spoke as much later, so
 * that no silence is counted and no delay ends that did not last.
 */
export function senseStep(sense: Sense, stepMs: number): void {
  const { signals } = sense;
  for (let signal = 0; signal < signals.count; signal++) {
    const r = signal << ROW_SHIFT;
    signals.rows[r + RECEIVED_MS] = (signals.rows[r + RECEIVED_MS] as number) + stepMs;
  }
}

/**
 * Earliest plant time, in whole ms, at which `senseAdvance` has something to do; Infinity if none. It then
 * says a change, except that a `stale` condition with a delay begins without a word.
 */
export function nextDueMs(sense: Sense): number {
  return earliestDueMs(sense);
}

/**
 * A new set of monitors in effect from here. A monitor whose id and version are unchanged keeps its
 * state; a new version starts fresh with its next sample. The order state of every signal stays.
 * The old `sense` is left as it was.
 * @throws Error E-SENSE-003 when a monitor changed without a new version
 */
export function changeMonitors(sense: Sense, signalCount: number, monitors: readonly SenseMonitor[]): Sense {
  const watches = createWatches(signalCount, monitors);
  const before = new Map(sense.watches.monitors.map((monitor, m) => [monitor.monitorId, m]));
  watches.monitors.forEach((monitor, m) => {
    const old = before.get(monitor.monitorId);
    if (old === undefined) return;
    const was = sense.watches.monitors[old] as SenseMonitor;
    if (was.version !== monitor.version) return;
    if (keyOf([was]) !== keyOf([monitor])) {
      throw new Error(`E-SENSE-003: monitor ${monitor.monitorId} changed without a new version`);
    }
    carryOver(watches, m, sense.watches, old);
  });
  return ready(resizeSignals(sense.signals, signalCount), watches, sense.nowMs);
}

/** A copy of the state that can be structured-cloned and kept. */
export function saveSense(sense: Sense): SenseSnapshot {
  const arrays: SenseSnapshot['arrays'] = {};
  for (const [name, array] of arraysOf(sense.signals, sense.watches)) arrays[name] = array.slice();
  return {
    format: SNAPSHOT_FORMAT,
    signalCount: sense.signals.count,
    key: keyOf(sense.watches.monitors),
    nowMs: sense.nowMs,
    arrays,
  };
}

/** The state as saved, or null when format, signals or monitors are not the ones it was saved with. */
export function loadSense(
  snapshot: SenseSnapshot,
  signalCount: number,
  monitors: readonly SenseMonitor[],
): Sense | null {
  if (snapshot.format !== SNAPSHOT_FORMAT || snapshot.signalCount !== signalCount) return null;
  const signals = createSignals(signalCount);
  const watches = createWatches(signalCount, monitors);
  if (snapshot.key !== keyOf(watches.monitors)) return null;
  for (const [name, array] of arraysOf(signals, watches)) {
    const saved = snapshot.arrays[name];
    if (saved?.constructor !== array.constructor || saved.length !== array.length) return null;
    array.set(saved);
  }
  return ready(signals, watches, snapshot.nowMs);
}
