// One monitor over all that rests of a signal: received and imported, on the archive's thread.
import { createHash } from 'node:crypto';
import { type BacktestMonitor, type BacktestResult, backtest, type KnownEvent } from '#core/backtest.ts';
import { PortFailure } from '#ports/failure.ts';
import type { SampleStore } from '#ports/samples.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { hashOfRows } from './archive-history.ts';
import { type Past, pastOf, type Resting, type TailOf } from './archive-past.ts';

/** Readings one backtest judges, of all its signals: a second's interval for a hundred days. */
export const MAX_BACKTEST_SAMPLES = 10_000_000;
/** A backtest that has not gathered its readings by then is given up. */
export const BACKTEST_TIME_LIMIT_MS = 15_000;

/** What a backtest is asked for; times are ms, both ends included. */
export interface BacktestQuestion extends Resting {
  fromMs: number;
  toMs: number;
  monitor: BacktestMonitor;
  quietMs: number;
  events: readonly KnownEvent[] | null;
  /** the other signals that the condition looks at, in its order */
  others: readonly Resting[];
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
  const { monitor, quietMs, events, fromMs, toMs } = asked;
  const own = await pastOf(store, tailOf, asked, { fromMs, toMs, maxRows: MAX_BACKTEST_SAMPLES, stop });
  const others: Past[] = [];
  let room = MAX_BACKTEST_SAMPLES - own.history.timeMs.length;
  for (const one of asked.others) {
    const other = await pastOf(store, tailOf, one, { fromMs: 0, toMs, maxRows: room, stop });
    room -= other.history.timeMs.length;
    others.push(other);
  }
  const late = stop();
  if (late) throw late;
  const result = backtest(own.history, monitor, {
    quietMs,
    others: others.map(({ history }) => history),
    ...(events ? { events } : {}),
  });
  return {
    result,
    dataHash: hashOfAll([own, ...others]),
    received: own.received,
    imported: own.imported,
    notes: notesOf(own.leftOut, own.expiredToMs),
    elapsedMs: Math.round(performance.now() - startedMs),
  };
}

/** One hash over all signals that were judged; of a single signal its own. */
function hashOfAll(pasts: readonly Past[]): string {
  const hashes = pasts.map(({ history }) => hashOfRows(history));
  return hashes.length === 1
    ? (hashes[0] as string)
    : createHash('sha256').update(hashes.join('\n')).digest('hex');
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
