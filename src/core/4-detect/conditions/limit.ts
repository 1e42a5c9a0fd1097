import { type Cells, type Condition, type ConditionBase, delayProblem } from './condition.ts';

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
  columns: ['side', 'setAt', 'holdTo'],
  silence: 'blinds',

  problem(spec) {
    if (!Number.isFinite(spec.limit)) return 'limit must be a finite number';
    if (!(spec.deadband >= 0 && Number.isFinite(spec.deadband))) return 'deadband must be 0 or more';
    return delayProblem(spec);
  },

  silenceMs(_spec, staleAfterMs) {
    return staleAfterMs;
  },

  prepare(spec, cells, row) {
    const high = spec.direction === 'high';
    cell(cells, SIDE)[row] = high ? 1 : -1;
    cell(cells, SET_AT)[row] = spec.limit;
    cell(cells, HOLD_TO)[row] = high ? spec.limit - spec.deadband : spec.limit + spec.deadband;
  },

  holds(cells, row, held, value) {
    const edge = cell(cells, held ? HOLD_TO : SET_AT)[row] as number;
    return isHigh(cells, row) ? value >= edge : value <= edge;
  },

  worse(cells, row, a, b) {
    return isHigh(cells, row) ? Math.max(a, b) : Math.min(a, b);
  },

  quietLow(cells, row, held, extreme) {
    if (isHigh(cells, row)) return held ? (cell(cells, HOLD_TO)[row] as number) : -Number.MAX_VALUE;
    return held ? extreme : above(cell(cells, SET_AT)[row] as number);
  },

  quietHigh(cells, row, held, extreme) {
    if (isHigh(cells, row)) return held ? extreme : below(cell(cells, SET_AT)[row] as number);
    return held ? (cell(cells, HOLD_TO)[row] as number) : Number.MAX_VALUE;
  },
};

function cell(cells: Cells, column: number): Float64Array {
  return cells[column] as Float64Array;
}

function isHigh(cells: Cells, row: number): boolean {
  return cell(cells, SIDE)[row] === 1;
}
