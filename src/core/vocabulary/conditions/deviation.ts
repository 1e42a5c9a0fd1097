import type { Cells, Condition, ConditionBase } from './condition.ts';
import { quantity } from './words.ts';

/**
 * The value leaves its own baseline by `by` or more. The baseline is the mean of the first `learn` accepted readings of
 * this version (with `onlyWhile`: those of that state), then it stands until a new version; or the given `mean` and `spread`.
 */
export interface DeviationSpec extends ConditionBase {
  kind: 'deviation';
  direction: 'high' | 'low';
  by: number;
  /** `unit`: `by` in the signal's unit; `percent` of the baseline; `sigma`: standard deviations of the baseline */
  per: 'unit' | 'percent' | 'sigma';
  /** in the same measure as `by` */
  deadband: number;
  learn: number;
  /** a baseline that is known already, in the signal's unit */
  mean?: number;
  spread?: number;
}

const SIDE = 0;
const BY = 1;
const DEADBAND = 2;
/** 0 unit, 1 percent, 2 sigma */
const PER = 3;
const LEARN = 4;
const SEEN = 5;
const MEAN = 6;
const SQUARES = 7;
const SET_AT = 8;
const HOLD_TO = 9;

const MEASURES = ['unit', 'percent', 'sigma'] as const;
const LEAST_READINGS = 20;
const MAX_READINGS = 1_000_000;

export const deviation: Condition<DeviationSpec> = {
  kind: 'deviation',
  title: 'away from its own baseline',
  fields: [
    { key: 'direction', label: 'Side', of: 'choice', choices: ['high', 'low'] },
    { key: 'by', label: 'Away by', of: 'amount', least: 0 },
    { key: 'per', label: 'Measured in', of: 'choice', choices: MEASURES },
    { key: 'deadband', label: 'Deadband', of: 'amount', least: 0 },
    { key: 'learn', label: 'Readings to learn from', of: 'count', least: LEAST_READINGS, most: MAX_READINGS },
    { key: 'mean', label: 'Known baseline', of: 'reading', optional: true },
    { key: 'spread', label: 'Its standard deviation', of: 'band', optional: true },
  ],
  columns: ['side', 'by', 'deadband', 'per', 'learn', 'seen', 'mean', 'squares', 'setAt', 'holdTo'],
  silence: 'blinds',

  problem({ by, per, deadband, mean, spread }) {
    if (!(by > 0)) return 'A deviation of nothing would always hold: write a figure above 0.';
    if (deadband >= by)
      return 'The deadband reaches back past the baseline: keep it smaller than the deviation.';
    if (spread !== undefined && mean === undefined)
      return 'A standard deviation without its baseline says nothing.';
    if (per === 'sigma' && mean !== undefined && !(spread && spread > 0)) {
      return 'In standard deviations a known baseline needs its own, above 0.';
    }
    return null;
  },

  say({ direction, by, per }, unit) {
    const amount =
      per === 'unit' ? quantity(by, unit) : quantity(by, per === 'percent' ? '%' : 'standard deviations');
    return [
      { text: 'is', slot: null },
      { text: amount, slot: 'by' },
      { text: direction === 'high' ? 'above its own baseline' : 'below its own baseline', slot: null },
    ];
  },

  short({ direction }) {
    return direction === 'high' ? 'above baseline' : 'below baseline';
  },

  edge({ mean, spread, by, per, direction, deadband }) {
    if (mean === undefined) return null;
    const one = per === 'unit' ? 1 : per === 'percent' ? Math.abs(mean) / 100 : (spread ?? 0);
    const value = direction === 'high' ? mean + by * one : mean - by * one;
    return { value, direction, deadband: deadband * one };
  },

  lagMs: () => 0,

  silenceMs(_spec, staleAfterMs) {
    return staleAfterMs;
  },

  prepare(spec, cells, at) {
    cells[at + SIDE] = spec.direction === 'high' ? 1 : -1;
    cells[at + BY] = spec.by;
    cells[at + DEADBAND] = spec.deadband;
    cells[at + PER] = MEASURES.indexOf(spec.per);
    cells[at + LEARN] = spec.learn;
    if (spec.mean === undefined) return;
    cells[at + SEEN] = spec.learn;
    cells[at + MEAN] = spec.mean;
    settle(cells, at, spec.spread ?? 0);
  },

  holds(cells, at, held, value) {
    if ((cells[at + SEEN] as number) < (cells[at + LEARN] as number)) {
      learnFrom(cells, at, value);
      return false;
    }
    const edge = cells[at + (held ? HOLD_TO : SET_AT)] as number;
    return cells[at + SIDE] === 1 ? value >= edge : value <= edge;
  },

  worse(cells, at, a, b) {
    return cells[at + SIDE] === 1 ? Math.max(a, b) : Math.min(a, b);
  },

  quietLow: () => Number.NaN,
  quietHigh: () => Number.NaN,
};

/** Running mean and sum of squared distances, by the method of Welford (Technometrics 4, 1962). */
function learnFrom(cells: Cells, at: number, value: number): void {
  const seen = (cells[at + SEEN] as number) + 1;
  const before = value - (cells[at + MEAN] as number);
  cells[at + SEEN] = seen;
  cells[at + MEAN] = (cells[at + MEAN] as number) + before / seen;
  cells[at + SQUARES] = (cells[at + SQUARES] as number) + before * (value - (cells[at + MEAN] as number));
  if (seen >= (cells[at + LEARN] as number)) {
    settle(cells, at, Math.sqrt((cells[at + SQUARES] as number) / Math.max(1, seen - 1)));
  }
}

function settle(cells: Cells, at: number, spread: number): void {
  const mean = cells[at + MEAN] as number;
  const one = [1, Math.abs(mean) / 100, spread][cells[at + PER] as number] as number;
  const side = cells[at + SIDE] as number;
  const by = cells[at + BY] as number;
  // A baseline without any spread would make every reading a deviation of many sigmas.
  const away = one === 0 ? Number.POSITIVE_INFINITY : by * one;
  cells[at + SET_AT] = mean + side * away;
  cells[at + HOLD_TO] = mean + side * (away - (cells[at + DEADBAND] as number) * one);
}
