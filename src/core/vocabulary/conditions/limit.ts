import type { Cells, Condition, ConditionBase } from './condition.ts';
import { quantity } from './words.ts';

/**
 * High sets at `x >= limit` and clears at `x < limit - deadband`; low mirrors (`x <= limit`,
 * `x > limit + deadband`). Limit and deadband in the signal's unit.
 */
export interface LimitSpec extends ConditionBase {
  kind: 'limit';
  direction: 'high' | 'low';
  limit: number;
  deadband: number;
  onDelayMs: number;
  offDelayMs: number;
}

/** Places of the columns. `SIDE` is 1 for high and -1 for low. */
const SIDE = 0;
const SET_AT = 1;
const HOLD_TO = 2;

const bits = new BigInt64Array(1);
const double = new Float64Array(bits.buffer);

/** The smallest double above a finite `x`. */
function above(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  double[0] = x;
  bits[0] = (bits[0] as bigint) + (x > 0 ? 1n : -1n);
  return double[0];
}

const below = (x: number): number => -above(-x);

export const limit: Condition<LimitSpec> = {
  kind: 'limit',
  title: 'above or below a limit',
  fields: [
    { key: 'direction', label: 'Side', of: 'choice', choices: ['high', 'low'] },
    { key: 'limit', label: 'Limit', of: 'reading' },
    { key: 'deadband', label: 'Deadband', of: 'band' },
  ],
  columns: ['side', 'setAt', 'holdTo'],
  silence: 'blinds',

  problem() {
    return null;
  },

  say(spec, unit) {
    return [
      { text: spec.direction === 'high' ? 'is above' : 'is below', slot: null },
      { text: quantity(spec.limit, unit), slot: 'limit' },
    ];
  },

  short({ direction }) {
    return direction;
  },

  edge({ limit: value, direction, deadband }) {
    return { value, direction, deadband };
  },

  lagMs() {
    return 0;
  },

  silenceMs(_spec, staleAfterMs) {
    return staleAfterMs;
  },

  prepare(spec, cells, at) {
    const high = spec.direction === 'high';
    cells[at + SIDE] = high ? 1 : -1;
    cells[at + SET_AT] = spec.limit;
    cells[at + HOLD_TO] = high ? spec.limit - spec.deadband : spec.limit + spec.deadband;
  },

  holds(cells, at, held, value) {
    const edge = cells[at + (held ? HOLD_TO : SET_AT)] as number;
    return isHigh(cells, at) ? value >= edge : value <= edge;
  },

  worse(cells, at, a, b) {
    return isHigh(cells, at) ? Math.max(a, b) : Math.min(a, b);
  },

  quietLow(cells, at, held, extreme) {
    if (isHigh(cells, at)) return held ? (cells[at + HOLD_TO] as number) : -Number.MAX_VALUE;
    return held ? extreme : above(cells[at + SET_AT] as number);
  },

  quietHigh(cells, at, held, extreme) {
    if (isHigh(cells, at)) return held ? extreme : below(cells[at + SET_AT] as number);
    return held ? (cells[at + HOLD_TO] as number) : Number.MAX_VALUE;
  },
};

function isHigh(cells: Cells, at: number): boolean {
  return cells[at + SIDE] === 1;
}
