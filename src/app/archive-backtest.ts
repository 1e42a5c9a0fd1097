// One monitor over all that rests of a signal: received and imported, on the archive's thread.
import { type BacktestMonitor, type BacktestResult, backtest, type KnownEvent } from '#core/backtest.ts';
import { PortFailure } from '#ports/failure.ts';
import type { ReadLimits, SampleColumns } from '#ports/history.ts';
import type { SampleStore } from '#ports/samples.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { hashOfRows } from './archive-history.ts';

/** Readings one backtest judges: a minute's interval for nine years. */
export const MAX_BACKTEST_SAMPLES = 5_000_000;
/** A backtest that has not gathered its readings by then is given up. */
export const BACKTEST_TIME_LIMIT_MS = 15_000;

/** What a backtest is asked for; times are ms, both ends included. */
export interface BacktestQuestion {
  /** place of the signal on the data plane */
  signal: number;
  /** imports of the signal, earliest first */
  imports: readonly { importId: string; fromMs: number; toMs: number }[];
  fromMs: number;
  toMs: number;
  monitor: BacktestMonitor;
  quietMs: number;
  events: readonly KnownEvent[] | null;
}

export interface BacktestTold {
  result: BacktestResult;
  /** SHA-256 of the readings that were judged, hexadecimal */
  dataHash: string;
  /** readings that were judged: received by this site, and imported */
  received: number;
  imported: number;
  notes: string[];
  elapsedMs: number;
}

/** What the intake log still holds of a signal, newest part of its past. */
export type TailOf = (signal: number, fromMs: number, toMs: number) => Promise<SampleColumns>;

/**
 * Judges what was received and what was imported, as one past. Where both say something, what was received counts:
 * an imported row within the span of the received ones is left out and counted in the notes.
 * @throws PortFailure E-BACKTEST-012 given up, -013 taking too long, E-SAMPLES-007 too many readings
 */
export async function runBacktest(
  store: SampleStore,
  tailOf: TailOf,
  asked: BacktestQuestion,
  cancelled: () => boolean,
): Promise<BacktestTold> {
  const startedMs = performance.now();
  const stop = (): PortFailure | null => {
    if (cancelled()) return givenUp();
    return performance.now() - startedMs > BACKTEST_TIME_LIMIT_MS ? tooSlow() : null;
  };
  const limits: ReadLimits = { maxRows: MAX_BACKTEST_SAMPLES, stop };
  const { signal, fromMs, toMs } = asked;
  const stored = await store.accepted(signal, fromMs, toMs, limits);
  const received = joined([stored, await tailOf(signal, fromMs, toMs)]);
  const parts: SampleColumns[] = [];
  let room = MAX_BACKTEST_SAMPLES - received.timeMs.length;
  for (const one of asked.imports) {
    if (one.toMs < fromMs || one.fromMs > toMs) continue;
    const part = await store.history.read(one.importId, fromMs, toMs, { maxRows: room, stop });
    room -= part.timeMs.length;
    parts.push(part);
  }
  const late = stop();
  if (late) throw late;
  const { history, imported, leftOut } = onePast(received, joined(parts));
  const { monitor, quietMs, events } = asked;
  const result = backtest(history, monitor, { quietMs, ...(events ? { events } : {}) });
  return {
    result,
    dataHash: hashOfRows(history),
    received: received.timeMs.length,
    imported,
    notes: notesOf(leftOut, stored.expiredToMs),
    elapsedMs: Math.round(performance.now() - startedMs),
  };
}

function onePast(
  received: SampleColumns,
  imported: SampleColumns,
): { history: SampleColumns; imported: number; leftOut: number } {
  const firstMs = received.timeMs[0] ?? Number.POSITIVE_INFINITY;
  const lastMs = received.timeMs.at(-1) ?? Number.POSITIVE_INFINITY;
  const before = rowsWhere(imported, (t) => t < firstMs);
  const after = rowsWhere(imported, (t) => t > lastMs);
  const kept = before.timeMs.length + after.timeMs.length;
  return {
    history: joined([before, received, after]),
    imported: kept,
    leftOut: imported.timeMs.length - kept,
  };
}

function rowsWhere(rows: SampleColumns, keeps: (timeMs: number) => boolean): SampleColumns {
  const at = (_: number, i: number): boolean => keeps(rows.timeMs[i] as number);
  return {
    timeMs: rows.timeMs.filter(at),
    value: rows.value.filter(at),
    quality: rows.quality.filter(at),
  };
}

function joined(parts: readonly SampleColumns[]): SampleColumns {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const length = parts.reduce((sum, part) => sum + part.timeMs.length, 0);
  const whole = {
    timeMs: new Float64Array(length),
    value: new Float64Array(length),
    quality: new Uint8Array(length),
  };
  let at = 0;
  for (const part of parts) {
    whole.timeMs.set(part.timeMs, at);
    whole.value.set(part.value, at);
    whole.quality.set(part.quality, at);
    at += part.timeMs.length;
  }
  return whole;
}

function notesOf(leftOut: number, expiredToMs: number | null): string[] {
  const notes: string[] = [];
  if (leftOut > 0) {
    notes.push(`${leftOut} imported rows lie within the time that was received here and were left out.`);
  }
  if (expiredToMs !== null) {
    notes.push(
      `Samples expired: readings received before ${isoUtc(expiredToMs)} are no longer kept one by one.`,
    );
  }
  return notes;
}

function givenUp(): PortFailure {
  return new PortFailure('E-BACKTEST-012', 'The backtest was given up.', 'Start it again.', false);
}

function tooSlow(): PortFailure {
  return new PortFailure(
    'E-BACKTEST-013',
    `The readings could not be gathered within ${BACKTEST_TIME_LIMIT_MS / 1_000} s.`,
    'Ask for a shorter range, or try again when the server has less to do.',
    false,
  );
}
