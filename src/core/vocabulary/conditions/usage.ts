import { HOUR_MS } from '../time.ts';
import type { Condition, ConditionBase } from './condition.ts';
import { quantity } from './words.ts';

/**
 * Counts use and is true for one reading each time another `every` is full; it counts on from there. Running means a value
 * of `runningAt` or more; time without valid readings is not counted.
 */
export interface UsageSpec extends ConditionBase {
  kind: 'usage';
  counts: 'run hours' | 'starts';
  every: number;
  /** in the signal's unit */
  runningAt: number;
}

const IN_HOURS = 0;
const EVERY = 1;
const RUNNING_AT = 2;
const SILENCE_MS = 3;
const USED = 4;
const LAST_MS = 5;
const RUNNING = 6;

export const usage: Condition<UsageSpec> = {
  kind: 'usage',
  title: 'used so long or so often',
  fields: [
    { key: 'counts', label: 'Counts', of: 'choice', choices: ['run hours', 'starts'] },
    { key: 'every', label: 'Every', of: 'amount', least: 0 },
    { key: 'runningAt', label: 'Runs at or above', of: 'reading' },
  ],
  columns: ['inHours', 'every', 'runningAt', 'silenceMs', 'used', 'lastMs', 'running'],
  silence: 'blinds',

  problem({ every, onDelayMs, nOfM }) {
    if (!(every > 0)) return 'Every 0 is always: write a figure above 0.';
    return (onDelayMs ?? 0) > 0 || nOfM
      ? 'A counter is full at one reading: it takes no on-delay and no n of m.'
      : null;
  },

  say({ counts, every, runningAt }, unit) {
    return [
      { text: 'has counted another', slot: null },
      { text: quantity(every, counts), slot: 'every' },
      { text: 'at or above', slot: null },
      { text: quantity(runningAt, unit), slot: 'runningAt' },
    ];
  },

  short: ({ counts }) => `${counts} due`,
  edge: () => null,
  lagMs: () => 0,

  silenceMs(_spec, staleAfterMs) {
    return staleAfterMs;
  },

  prepare(spec, cells, at, silenceMs) {
    cells[at + IN_HOURS] = spec.counts === 'run hours' ? 1 : 0;
    cells[at + EVERY] = spec.every;
    cells[at + RUNNING_AT] = spec.runningAt;
    cells[at + SILENCE_MS] = silenceMs;
    cells[at + LAST_MS] = Number.NaN;
  },

  holds(cells, at, _held, value, timeMs) {
    const ran = cells[at + RUNNING] === 1;
    const runs = value >= (cells[at + RUNNING_AT] as number);
    const passedMs = timeMs - (cells[at + LAST_MS] as number);
    const seen = passedMs <= (cells[at + SILENCE_MS] as number);
    let used = cells[at + USED] as number;
    if (cells[at + IN_HOURS] === 1) used += ran && seen ? passedMs / HOUR_MS : 0;
    else used += runs && !ran && !Number.isNaN(passedMs) ? 1 : 0;
    const full = used >= (cells[at + EVERY] as number);
    cells[at + USED] = full ? used - (cells[at + EVERY] as number) : used;
    cells[at + LAST_MS] = timeMs;
    cells[at + RUNNING] = runs ? 1 : 0;
    return full;
  },

  worse(_cells, _at, a) {
    return a;
  },

  quietLow: () => Number.NaN,
  quietHigh: () => Number.NaN,
};
