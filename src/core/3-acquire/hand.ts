// Readings that people take: rounds with due dates, and what was read as samples like any other.
import type { Decision } from '#vocabulary/command.ts';
import type { SignalId } from '#vocabulary/ids.ts';
import {
  demand,
  demandId,
  demandKnown,
  demandRange,
  demandText,
  problemsOf,
  refusalOf,
} from '#vocabulary/problems.ts';
import { GOOD } from '#vocabulary/quality.ts';
import { type Batch, emptyBatch, MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';
import { DAY_MS, FUTURE_TOLERANCE_MS, HOUR_MS } from '#vocabulary/time.ts';
import type { Round } from './events.ts';
import { type AcquireState, claimedSignals } from './state.ts';

/** Word of the source of hand readings; no device can send under it. */
export const HAND_SOURCE = 'hand';
/** Unit of a reading that is a word. */
export const WORDS_UNIT = 'good/worn/bad';
/** What the words are stored as, worst highest, so that a high limit of 1 means "worn or bad". */
export const READING_WORDS = ['good', 'worn', 'bad'] as const;
const MAX_ROUND_SIGNALS = 200;
const MAX_EVERY_MS = 366 * DAY_MS;
/** A list on paper older than this is history, not a reading. */
export const MAX_READING_AGE_MS = 90 * DAY_MS;

export interface HandReading {
  signalId: SignalId;
  /** when it was read, source time */
  atMs: number;
  /** in the signal's unit; 0 good, 1 worn, 2 bad for words */
  value: number;
}

export function planRound(state: AcquireState, round: Round, site: string): Decision {
  const problems = problemsOf('ACQUIRE');
  demandId(problems, site, round.roundId);
  demandText(problems, 'The name of the round', round.name);
  demandRange(problems, 'The number of readings', round.signals.length, 1, MAX_ROUND_SIGNALS);
  demandRange(problems, 'The interval, ms,', round.everyMs, HOUR_MS, MAX_EVERY_MS);
  for (const signalId of round.signals) demandKnown(problems, 'hand reading', signalId, state.handSignals);
  demand(
    problems,
    new Set(round.signals).size === round.signals.length,
    10,
    'A reading is on the round twice.',
    'Name it once.',
  );
  const refusal = refusalOf(problems);
  if (refusal) return refusal;
  const known = state.rounds.get(round.roundId);
  if (known && JSON.stringify(known) === JSON.stringify(round)) return [];
  return [{ type: 'acquire.round-planned', v: 1, data: round }];
}

/** Says whether these readings may enter; the values follow as a batch of the intake log. */
export function enterReadings(
  state: AcquireState,
  entered: { how: 'phone' | 'paper'; readings: HandReading[] },
  nowMs: number,
): Decision {
  const problems = problemsOf('ACQUIRE');
  demandRange(problems, 'The number of readings', entered.readings.length, 1, MAX_BATCH_SAMPLES);
  const claimed = claimedSignals(state);
  for (const { signalId, atMs, value } of entered.readings) {
    const hand = state.handSignals.get(signalId);
    demand(
      problems,
      hand !== undefined,
      11,
      `"${signalId}" is not read by hand.`,
      'Choose a hand reading; what a device sends is not typed.',
    );
    if (!hand) continue;
    demand(
      problems,
      claimed.has(signalId),
      12,
      `No monitor asks for "${signalId}", so it would not be kept.`,
      'Draft a monitor on it first: ten answers are enough.',
    );
    demandRange(problems, `The reading of ${signalId}`, value, -Number.MAX_VALUE, Number.MAX_VALUE);
    const word = hand.unit !== WORDS_UNIT || READING_WORDS[value] !== undefined;
    demand(problems, word, 13, `${value} is none of good, worn and bad.`, 'Choose one of the three.');
    demand(
      problems,
      atMs <= nowMs + FUTURE_TOLERANCE_MS && atMs >= nowMs - MAX_READING_AGE_MS,
      14,
      `The reading of ${signalId} is dated in the future, or more than 90 days ago.`,
      'Correct the time; older lists are imported as history.',
    );
  }
  const refusal = refusalOf(problems);
  if (refusal) return refusal;
  const readings = inOrder(entered.readings).map(({ signalId, atMs }) => ({ signalId, atMs }));
  return [{ type: 'acquire.readings-entered', v: 1, data: { how: entered.how, readings } }];
}

function inOrder(readings: readonly HandReading[]): HandReading[] {
  return readings.toSorted((a, b) => a.atMs - b.atMs);
}

/** The readings as a batch in order of time, quality good; the place of each signal must be known. */
export function batchOfReadings(state: AcquireState, readings: readonly HandReading[]): Batch {
  const batch = emptyBatch(readings.length);
  for (const { signalId, atMs, value } of inOrder(readings)) {
    const place = state.index.get(signalId);
    if (place === undefined) continue;
    const row = batch.length++;
    batch.signal[row] = place;
    batch.timeMs[row] = atMs;
    batch.value[row] = value;
    batch.quality[row] = GOOD;
  }
  return batch;
}

/** When a reading of a round is due next: one interval after the last one, else the first day of the round. */
export function nextReadingDueMs(state: AcquireState, round: Round, signalId: SignalId): number {
  const last = state.lastReadMs.get(signalId);
  return last === undefined ? round.firstDueMs : Math.max(round.firstDueMs, last + round.everyMs);
}
