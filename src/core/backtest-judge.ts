import { type AheadRows, rowsAhead } from '#acquire/ahead.ts';
import { SILENCE_MS } from '#detect/watch-table.ts';
import { ACCEPTED, type Batch } from '#vocabulary/sample.ts';
import type { History } from './backtest-history.ts';
import { OtherRows } from './backtest-others.ts';
import { type Sense, senseAdvance, senseBatch, senseHistory, type StateChange } from './sense.ts';
import { signalReadings } from './sense-readings.ts';

/** Rows judged at once; large enough to leave the loop alone, small enough to stay in the cache. */
const CHUNK_ROWS = 65_536;

export interface Told {
  changes: StateChange[];
  gaps: number;
  /** first and last accepted sample, NaN without any */
  firstMs: number;
  lastMs: number;
}

/**
 * Lets a history pass through the data plane, each row received at its own source time where no other is recorded.
 * @param staleMs a longer stretch between accepted samples is a gap
 * @param endMs plant time the judging ends at; null: the last value still holds for the stale limit
 */
export function judgeHistory(
  sense: Sense,
  history: History,
  others: readonly History[],
  staleMs: number,
  endMs: number | null,
): Told {
  const { timeMs, value, quality, receivedMs } = history;
  const rows = timeMs.length;
  const told: Told = { changes: [], gaps: 0, firstMs: Number.NaN, lastMs: Number.NaN };
  const signal = new Uint32Array(Math.min(rows, CHUNK_ROWS));
  const beside = others.length > 0 ? new OtherRows(others) : null;
  let marks = new Uint8Array(signal.length);
  const take = (from: number, to: number, receivedAtMs: number | null): void => {
    const own: Batch = {
      signal: signal.subarray(0, to - from),
      timeMs: timeMs.subarray(from, to),
      value: value.subarray(from, to),
      quality: quality.subarray(from, to),
      length: to - from,
    };
    const batch = beside ? beside.mergedInto(own) : own;
    if (marks.length < batch.length) marks = new Uint8Array(batch.length);
    const said =
      receivedAtMs === null
        ? senseHistory(sense, batch, marks)
        : [...senseBatch(sense, batch, receivedAtMs, marks), ...senseAdvance(sense, receivedAtMs)];
    for (const change of said) told.changes.push(change);
    countGaps(told, batch, marks, staleMs);
  };
  const ahead = receivedMs ? NONE_AHEAD : (history.ahead ?? rowsAhead(timeMs, quality));
  let next = 0;
  for (let from = 0, to = 0; from < rows; from = to) {
    const aheadRow = ahead.row[next] ?? rows;
    if (receivedMs) {
      while (to < rows && to - from < CHUNK_ROWS && receivedMs[to] === receivedMs[from]) to++;
      take(from, to, receivedMs[from] as number);
    } else if (aheadRow === from) {
      to = from + 1;
      take(from, to, ahead.receivedMs[next] as number);
      next++;
    } else {
      to = Math.min(aheadRow, from + CHUNK_ROWS);
      take(from, to, null);
    }
  }
  const heldToMs =
    (signalReadings(sense).lastReceivedMs[0] as number) + (sense.watches.rows[SILENCE_MS] as number);
  const untilMs = endMs ?? Math.max(heldToMs, receivedMs?.at(-1) ?? ahead.endMs);
  for (const change of senseAdvance(sense, untilMs)) told.changes.push(change);
  return told;
}

function countGaps(told: Told, batch: Batch, marks: Uint8Array, staleMs: number): void {
  const { signal, timeMs, length } = batch;
  let { gaps, lastMs } = told;
  for (let i = 0; i < length; i++) {
    if (marks[i] !== ACCEPTED || signal[i] !== 0) continue;
    const t = timeMs[i] as number;
    if (t - lastMs > staleMs) gaps++;
    else if (Number.isNaN(lastMs)) told.firstMs = t;
    lastMs = t;
  }
  told.gaps = gaps;
  told.lastMs = lastMs;
}

const NONE_AHEAD: AheadRows = {
  row: new Uint32Array(0),
  receivedMs: new Float64Array(0),
  endMs: Number.NEGATIVE_INFINITY,
};
