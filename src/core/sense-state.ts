import {
  DUE_MS,
  GAP_MS,
  HIGH,
  LAST_MS,
  LOW,
  RECEIVED_MS,
  ROW_SHIFT,
  type SignalTable,
} from '#acquire/order.ts';
import { cellsOf, conditionOf, type WatchTable } from '#detect/watch.ts';
import { GOOD } from '#vocabulary/quality.ts';

/** State of the data plane; changed in place by the functions below. */
export interface Sense {
  signals: SignalTable;
  watches: WatchTable;
  /** plant time reached, ms; it never runs backwards */
  nowMs: number;
  /** before this plant time nothing can fall due; may be early, never late */
  boundMs: number;
  /** the signal whose due time `boundMs` was when it was set */
  boundSignal: number;
}

/** Joins the two tables and works out what follows from them. */
export function ready(signals: SignalTable, watches: WatchTable, nowMs: number): Sense {
  const sense: Sense = { signals, watches, nowMs, boundMs: Number.POSITIVE_INFINITY, boundSignal: 0 };
  for (let signal = 0; signal < signals.count; signal++) refresh(sense, signal);
  return sense;
}

/** Works out anew which samples of the signal change nothing, and when its next due time is. */
export function refresh(sense: Sense, signal: number): void {
  const { signals, watches } = sense;
  const { state } = watches;
  let gapMs = Number.POSITIVE_INFINITY;
  let dueMs = Number.POSITIVE_INFINITY;
  let low = -Number.MAX_VALUE;
  let high = Number.MAX_VALUE;
  const end = watches.firstOf[signal + 1] as number;
  for (let m = watches.firstOf[signal] as number; m < end; m++) {
    const condition = conditionOf(watches, m);
    const held = state.holds[m] === 1;
    const row = watches.cellRow[m] as number;
    const extreme = state.extreme[m] as number;
    low = Math.max(low, condition.quietLow(cellsOf(watches, m), row, held, extreme));
    high = Math.min(high, condition.quietHigh(cellsOf(watches, m), row, held, extreme));
    dueMs = Math.min(dueMs, state.dueMs[m] as number);
    if (state.silent[m] === 0) gapMs = Math.min(gapMs, watches.silenceMs[m] as number);
    if (state.silent[m] === 1 || state.seen[m] === 0) low = Number.NaN;
  }
  // A running delay is looked at with every sample: its plant time moves when source and receive time drift.
  if (dueMs !== Number.POSITIVE_INFINITY || signals.quality[signal] !== GOOD) low = Number.NaN;
  const r = signal << ROW_SHIFT;
  signals.rows[r + GAP_MS] = gapMs;
  signals.rows[r + LOW] = low;
  signals.rows[r + HIGH] = high;
  signals.rows[r + DUE_MS] = dueMs;
  const plantDueMs = dueOf(signals, signal);
  if (plantDueMs < sense.boundMs) {
    sense.boundMs = plantDueMs;
    sense.boundSignal = signal;
  }
}

/** Plant time at which the signal has something due: a delay's end, or the first ms of silence too long. */
export function dueOf(signals: SignalTable, signal: number): number {
  const r = signal << ROW_SHIFT;
  const lastMs = signals.rows[r + LAST_MS] as number;
  if (lastMs === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const receivedMs = signals.rows[r + RECEIVED_MS] as number;
  const silentMs = (signals.rows[r + GAP_MS] as number) + 1;
  return receivedMs + Math.min(silentMs, (signals.rows[r + DUE_MS] as number) - lastMs);
}

/** Sets the earliest due time of all signals. */
export function findBound(sense: Sense): void {
  sense.boundMs = Number.POSITIVE_INFINITY;
  for (let signal = 0; signal < sense.signals.count; signal++) {
    const dueMs = dueOf(sense.signals, signal);
    if (dueMs < sense.boundMs) {
      sense.boundMs = dueMs;
      sense.boundSignal = signal;
    }
  }
}

/** Makes every signal that was silent too long leave the quiet path with its next sample. */
export function singleOutSilent(sense: Sense): void {
  const { rows, count } = sense.signals;
  for (let r = 0; r < count << ROW_SHIFT; r += 1 << ROW_SHIFT) {
    if (sense.nowMs - (rows[r + RECEIVED_MS] as number) > (rows[r + GAP_MS] as number))
      rows[r + LOW] = Number.NaN;
  }
}
