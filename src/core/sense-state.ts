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
import {
  cellsAt,
  cellsOf,
  conditionOf,
  EXTREME,
  HOLDS,
  SEEN,
  SILENCE_MS,
  SILENT,
  WATCH_DUE_MS,
  WATCH_SHIFT,
  type WatchTable,
} from '#detect/watch-table.ts';
import { GOOD } from '#vocabulary/quality.ts';

/** A look over all signals is due again after this part of the shortest stale limit. */
const SCAN_PART = 0.25;
const MIN_SCAN_MS = 1_000;
const MAX_SCAN_MS = 60_000;

/** State of the data plane; changed in place by the functions below. */
export interface Sense {
  signals: SignalTable;
  watches: WatchTable;
  /** plant time reached, ms; it never runs backwards */
  nowMs: number;
  /**
   * Signals with something due before `scanMs`, each once; all others fall due later. A sample on the quiet
   * path can only put a signal's due time off, so the list may hold too many, never too few.
   */
  soon: number[];
  isSoon: Uint8Array;
  scanMs: number;
  scanEveryMs: number;
  /** before this plant time there is nothing to do; may be early, never late */
  boundMs: number;
}

/** Joins the two tables and works out what follows from them. */
export function ready(signals: SignalTable, watches: WatchTable, nowMs: number): Sense {
  const sense: Sense = {
    signals,
    watches,
    nowMs,
    soon: [],
    isSoon: new Uint8Array(signals.count),
    scanMs: Number.NEGATIVE_INFINITY,
    scanEveryMs: Math.min(MAX_SCAN_MS, Math.max(MIN_SCAN_MS, shortestSilenceMs(watches) * SCAN_PART)),
    boundMs: Number.NEGATIVE_INFINITY,
  };
  for (let signal = 0; signal < signals.count; signal++) refresh(sense, signal);
  return sense;
}

function shortestSilenceMs(watches: WatchTable): number {
  let shortestMs = Number.POSITIVE_INFINITY;
  for (let w = SILENCE_MS; w < watches.rows.length; w += 1 << WATCH_SHIFT) {
    shortestMs = Math.min(shortestMs, watches.rows[w] as number);
  }
  return shortestMs;
}

/** Works out anew which samples of the signal change nothing, and when its next due time is. */
export function refresh(sense: Sense, signal: number): void {
  const { signals, watches } = sense;
  let gapMs = Number.POSITIVE_INFINITY;
  let dueMs = Number.POSITIVE_INFINITY;
  let low = -Number.MAX_VALUE;
  let high = Number.MAX_VALUE;
  const end = watches.firstOf[signal + 1] as number;
  for (let m = watches.firstOf[signal] as number; m < end; m++) {
    const w = m << WATCH_SHIFT;
    const condition = conditionOf(watches, m);
    const cells = cellsOf(watches, m);
    const at = cellsAt(watches, m);
    const held = watches.rows[w + HOLDS] === 1;
    const extreme = watches.rows[w + EXTREME] as number;
    const silent = watches.rows[w + SILENT] === 1;
    low = Math.max(low, condition.quietLow(cells, at, held, extreme));
    high = Math.min(high, condition.quietHigh(cells, at, held, extreme));
    dueMs = Math.min(dueMs, watches.rows[w + WATCH_DUE_MS] as number);
    if (!silent) gapMs = Math.min(gapMs, watches.rows[w + SILENCE_MS] as number);
    if (silent || watches.rows[w + SEEN] === 0 || watches.extras[m] !== null) low = Number.NaN;
  }
  if (signals.quality[signal] !== GOOD) low = Number.NaN;
  const r = signal << ROW_SHIFT;
  signals.rows[r + GAP_MS] = dueMs === Number.POSITIVE_INFINITY ? gapMs : -gapMs;
  signals.rows[r + LOW] = low;
  signals.rows[r + HIGH] = high;
  signals.rows[r + DUE_MS] = dueMs;
  enlist(sense, signal, dueOf(signals, signal));
}

function enlist(sense: Sense, signal: number, dueMs: number): void {
  if (dueMs >= sense.scanMs) return;
  if (dueMs < sense.boundMs) sense.boundMs = dueMs;
  if (sense.isSoon[signal] === 1) return;
  sense.isSoon[signal] = 1;
  sense.soon.push(signal);
}

/** Plant time at which the signal has something due: a delay's end, or the first ms of silence too long. */
export function dueOf(signals: SignalTable, signal: number): number {
  const r = signal << ROW_SHIFT;
  const lastMs = signals.rows[r + LAST_MS] as number;
  if (lastMs === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const receivedMs = signals.rows[r + RECEIVED_MS] as number;
  const silentMs = Math.abs(signals.rows[r + GAP_MS] as number) + 1;
  return receivedMs + Math.min(silentMs, (signals.rows[r + DUE_MS] as number) - lastMs);
}

/** Signals with something due by `nowMs`, lowest index first, so that the order never depends on how they came. */
export function dueSignals(sense: Sense): number[] {
  if (sense.nowMs < sense.boundMs) return [];
  if (sense.nowMs >= sense.scanMs) scan(sense);
  const { signals, nowMs } = sense;
  return sense.soon.filter((signal) => dueOf(signals, signal) <= nowMs).toSorted((a, b) => a - b);
}

/** Drops from the list what is not soon any more and sets the bound from what is left. */
export function settleBound(sense: Sense): void {
  const { signals, soon, isSoon, scanMs } = sense;
  sense.boundMs = scanMs;
  let kept = 0;
  for (const signal of soon) {
    const dueMs = dueOf(signals, signal);
    if (dueMs < scanMs) {
      soon[kept++] = signal;
      if (dueMs < sense.boundMs) sense.boundMs = dueMs;
    } else {
      isSoon[signal] = 0;
    }
  }
  soon.length = kept;
}

function scan(sense: Sense): void {
  const { signals } = sense;
  sense.scanMs = sense.nowMs + sense.scanEveryMs;
  sense.boundMs = sense.scanMs;
  sense.soon.length = 0;
  sense.isSoon.fill(0);
  for (let signal = 0; signal < signals.count; signal++) enlist(sense, signal, dueOf(signals, signal));
}

/** Earliest due time of all signals. */
export function earliestDueMs(sense: Sense): number {
  settleBound(sense);
  if (sense.boundMs < sense.scanMs) return sense.boundMs;
  let earliestMs = Number.POSITIVE_INFINITY;
  for (let signal = 0; signal < sense.signals.count; signal++) {
    earliestMs = Math.min(earliestMs, dueOf(sense.signals, signal));
  }
  return earliestMs;
}

/** Makes every signal that was silent too long leave the quiet path with its next sample. */
export function singleOutSilent(sense: Sense): void {
  for (const signal of dueSignals(sense)) sense.signals.rows[(signal << ROW_SHIFT) + LOW] = Number.NaN;
}
