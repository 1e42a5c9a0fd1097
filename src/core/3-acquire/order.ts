// Acquisition: turns raw rows into samples in order, and says of each what became of it.
import { ACCEPTED, type Batch, MARK_BAD, MARK_FUTURE, MARK_LATE, MARK_REPEATED } from '#vocabulary/sample.ts';
import { BAD, GOOD } from '#vocabulary/quality.ts';
import { FUTURE_TOLERANCE_MS } from '#vocabulary/time.ts';

/**
 * What is kept for a signal: eight doubles, one cache line, because a sample touches all of them.
 * `GAP_MS`, `LOW` and `HIGH` say which next sample changes nothing but the reading itself: one that
 * comes within GAP_MS and lies in [LOW, HIGH]. LOW is NaN while every sample has to be looked at. GAP_MS is
 * negative while a delay runs that ends at DUE_MS: its plant time moves with each sample when source and
 * receive time drift, so only history, where they do not, goes on quietly until then.
 */
export const LAST_MS = 0;
export const GAP_MS = 1;
export const LOW = 2;
export const HIGH = 3;
export const VALUE = 4;
export const RECEIVED_MS = 5;
export const ACCEPTED_COUNT = 6;
export const DUE_MS = 7;
export const ROW_SHIFT = 3;

export interface SignalTable {
  count: number;
  /** `count` rows of eight doubles */
  rows: Float64Array;
  /** quality of the last accepted sample */
  quality: Uint8Array;
  bad: Uint32Array;
  late: Uint32Array;
  repeated: Uint32Array;
  future: Uint32Array;
}

/** A table of `count` signals that have not spoken yet. */
export function createSignals(count: number): SignalTable {
  const rows = new Float64Array(count << ROW_SHIFT);
  for (let r = 0; r < rows.length; r += 1 << ROW_SHIFT) {
    rows[r + LAST_MS] = Number.NEGATIVE_INFINITY;
    rows[r + GAP_MS] = Number.POSITIVE_INFINITY;
    rows[r + LOW] = -Number.MAX_VALUE;
    rows[r + HIGH] = Number.MAX_VALUE;
    rows[r + VALUE] = Number.NaN;
    rows[r + RECEIVED_MS] = Number.NEGATIVE_INFINITY;
    rows[r + DUE_MS] = Number.POSITIVE_INFINITY;
  }
  return {
    count,
    rows,
    quality: new Uint8Array(count),
    bad: new Uint32Array(count),
    late: new Uint32Array(count),
    repeated: new Uint32Array(count),
    future: new Uint32Array(count),
  };
}

/** A copy of the table with room for `count` signals; rows beyond it are dropped. */
export function resizeSignals(from: SignalTable, count: number): SignalTable {
  const to = createSignals(count);
  const kept = Math.min(from.count, count);
  to.rows.set(from.rows.subarray(0, kept << ROW_SHIFT));
  for (const name of ['quality', 'bad', 'late', 'repeated', 'future'] as const) {
    to[name].set(from[name].subarray(0, kept));
  }
  return to;
}

/**
 * Takes samples that change nothing but the reading, and stops at the first that may change more.
 * Kept free of calls: with the judging inlined here the loop measured half as fast.
 * @param from first row to take
 * @param receivedMs receive time of all rows
 * @returns index of the first row not taken, or `batch.length`
 */
export function takeQuiet(rows: Float64Array, batch: Batch, from: number, receivedMs: number): number {
  const { signal, timeMs, value, quality, length } = batch;
  const horizonMs = receivedMs + FUTURE_TOLERANCE_MS;
  for (let i = from; i < length; i++) {
    const r = (signal[i] as number) << ROW_SHIFT;
    const t = timeMs[i] as number;
    const x = value[i] as number;
    const stepMs = t - (rows[r + LAST_MS] as number);
    if (
      stepMs > 0 &&
      stepMs <= (rows[r + GAP_MS] as number) &&
      x >= (rows[r + LOW] as number) &&
      x <= (rows[r + HIGH] as number) &&
      quality[i] === GOOD &&
      t <= horizonMs
    ) {
      rows[r + LAST_MS] = t;
      rows[r + VALUE] = x;
      rows[r + RECEIVED_MS] = receivedMs;
      rows[r + ACCEPTED_COUNT] = (rows[r + ACCEPTED_COUNT] as number) + 1;
    } else {
      return i;
    }
  }
  return length;
}

/**
 * As `takeQuiet` for history, where each row was received at its own source time. History comes signal by
 * signal, so what is kept for the signal is read once for a run of its rows.
 */
export function takeQuietHistory(rows: Float64Array, batch: Batch, from: number): number {
  const { signal, timeMs, value, quality, length } = batch;
  let i = from;
  while (i < length) {
    const s = signal[i] as number;
    const r = s << ROW_SHIFT;
    const gapMs = Math.abs(rows[r + GAP_MS] as number);
    const dueMs = rows[r + DUE_MS] as number;
    const low = rows[r + LOW] as number;
    const high = rows[r + HIGH] as number;
    const first = i;
    let lastMs = rows[r + LAST_MS] as number;
    for (; i < length && signal[i] === s; i++) {
      const t = timeMs[i] as number;
      const x = value[i] as number;
      const stepMs = t - lastMs;
      if (!(stepMs > 0 && stepMs <= gapMs && t < dueMs && x >= low && x <= high && quality[i] === GOOD))
        break;
      lastMs = t;
    }
    if (i === first) return i;
    rows[r + LAST_MS] = lastMs;
    rows[r + VALUE] = value[i - 1] as number;
    rows[r + RECEIVED_MS] = lastMs;
    rows[r + ACCEPTED_COUNT] = (rows[r + ACCEPTED_COUNT] as number) + i - first;
    if (i < length && signal[i] === s) return i;
  }
  return length;
}

/**
 * Says what becomes of one sample and counts it: quality first, then order.
 * A value or time that is not a finite number is bad whatever its quality says.
 * @returns ACCEPTED or a MARK_*
 */
export function orderMark(
  table: SignalTable,
  signal: number,
  timeMs: number,
  value: number,
  quality: number,
  receivedMs: number,
): number {
  if (quality >= BAD || !Number.isFinite(value) || !Number.isFinite(timeMs)) {
    (table.bad[signal] as number)++;
    return MARK_BAD;
  }
  const lastMs = table.rows[(signal << ROW_SHIFT) + LAST_MS] as number;
  if (timeMs < lastMs) {
    (table.late[signal] as number)++;
    return MARK_LATE;
  }
  if (timeMs === lastMs) {
    (table.repeated[signal] as number)++;
    return MARK_REPEATED;
  }
  if (timeMs > receivedMs + FUTURE_TOLERANCE_MS) {
    (table.future[signal] as number)++;
    return MARK_FUTURE;
  }
  return ACCEPTED;
}

/** Writes an accepted sample as the signal's reading. */
export function acceptReading(
  table: SignalTable,
  signal: number,
  timeMs: number,
  value: number,
  quality: number,
  receivedMs: number,
): void {
  const r = signal << ROW_SHIFT;
  table.rows[r + LAST_MS] = timeMs;
  table.rows[r + VALUE] = value;
  table.rows[r + RECEIVED_MS] = receivedMs;
  table.rows[r + ACCEPTED_COUNT] = (table.rows[r + ACCEPTED_COUNT] as number) + 1;
  table.quality[signal] = quality;
}
