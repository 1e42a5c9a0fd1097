import { HOUR_MS, spanWords } from '../time.ts';
import type { Cells, Condition, ConditionBase } from './condition.ts';
import { quantity } from './words.ts';

/** The value moves by `limit` or more an hour, measured over `overMs`. Limit and deadband in the signal's unit per hour. */
export interface RateSpec extends ConditionBase {
  kind: 'rate';
  /** `high`: it rises too fast; `low`: it falls too fast */
  direction: 'high' | 'low';
  limit: number;
  deadband: number;
  overMs: number;
}

/** The stretch is kept in so many steps; the last reading of each stands for it. */
const STEPS = 32;
const SIDE = 0;
const LIMIT = 1;
const DEADBAND = 2;
const OVER_MS = 3;
const NEWEST = 4;
const RING = 5;
/** Less than this part of the stretch says nothing about its rate. */
const LEAST_PART = 0.5;

export const rate: Condition<RateSpec> = {
  kind: 'rate',
  title: 'changing too fast',
  fields: [
    { key: 'direction', label: 'Side', of: 'choice', choices: ['high', 'low'] },
    { key: 'limit', label: 'Change', of: 'slope', least: 0 },
    { key: 'deadband', label: 'Deadband', of: 'slope', least: 0 },
    { key: 'overMs', label: 'Over', of: 'span', least: 1 },
  ],
  columns: ['side', 'limit', 'deadband', 'overMs', 'newest', ...ring('time'), ...ring('value')],
  silence: 'blinds',

  problem({ limit, deadband }) {
    if (!(limit > 0)) return 'A change of nothing is no change: write a figure above 0 per hour.';
    return deadband > limit ? 'The deadband is larger than the change itself.' : null;
  },

  say({ direction, limit, overMs }, unit) {
    return [
      { text: direction === 'high' ? 'rises by' : 'falls by', slot: null },
      { text: quantity(limit, `${unit}/h`), slot: 'limit' },
      { text: 'measured over', slot: null },
      { text: spanWords(overMs), slot: 'overMs' },
    ];
  },

  short({ direction }) {
    return direction === 'high' ? 'rising fast' : 'falling fast';
  },

  edge: () => null,

  lagMs({ overMs }) {
    return overMs;
  },

  silenceMs(_spec, staleAfterMs) {
    return staleAfterMs;
  },

  prepare(spec, cells, at) {
    cells[at + SIDE] = spec.direction === 'high' ? 1 : -1;
    cells[at + LIMIT] = spec.limit;
    cells[at + DEADBAND] = spec.deadband;
    cells[at + OVER_MS] = spec.overMs;
    cells[at + NEWEST] = 0;
    cells.fill(Number.NaN, at + RING, at + RING + 2 * STEPS);
  },

  holds(cells, at, held, value, timeMs) {
    const overMs = cells[at + OVER_MS] as number;
    const newest = cells[at + NEWEST] as number;
    const stepMs = overMs / STEPS;
    const newestMs = cells[at + RING + newest] as number;
    const sameStep = Math.floor(newestMs / stepMs) === Math.floor(timeMs / stepMs);
    const place = sameStep ? newest : (newest + 1) % STEPS;
    const startsMs = timeMs - overMs;
    const from = oldestWithin(cells, at, place, startsMs);
    cells[at + NEWEST] = place;
    cells[at + RING + place] = timeMs;
    cells[at + RING + STEPS + place] = value;
    if (from < 0) return held;
    const spanMs = timeMs - (cells[at + RING + from] as number);
    if (spanMs < overMs * LEAST_PART) return held;
    const moved = (value - (cells[at + RING + STEPS + from] as number)) * (cells[at + SIDE] as number);
    const perHour = (moved * HOUR_MS) / spanMs;
    return perHour >= (cells[at + LIMIT] as number) - (held ? (cells[at + DEADBAND] as number) : 0);
  },

  worse(cells, at, a, b) {
    return cells[at + SIDE] === 1 ? Math.max(a, b) : Math.min(a, b);
  },

  quietLow: () => Number.NaN,
  quietHigh: () => Number.NaN,
};

function ring(name: string): string[] {
  return Array.from({ length: STEPS }, (_, i) => `${name}${i}`);
}

/** Place of the oldest reading that is not older than `startsMs`; -1 when only `place` itself is left. */
function oldestWithin(cells: Cells, at: number, place: number, startsMs: number): number {
  for (let back = STEPS - 1; back > 0; back--) {
    const candidate = (place - back + STEPS) % STEPS;
    if ((cells[at + RING + candidate] as number) >= startsMs) return candidate;
  }
  return -1;
}
