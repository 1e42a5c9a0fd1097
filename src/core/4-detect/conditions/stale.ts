import { type Condition, type ConditionBase, delayProblem } from './condition.ts';

/**
 * True when no accepted sample has come for more than `afterMs`; it starts at last + `afterMs` and ends
 * with the next accepted sample. It watches the signal's health, so its own monitor is never blind.
 */
export interface StaleSpec extends ConditionBase {
  kind: 'stale';
  afterMs: number;
}

export const stale: Condition<StaleSpec> = {
  kind: 'stale',
  columns: [],
  silence: 'sets',

  problem(spec) {
    if (!(spec.afterMs > 0 && Number.isFinite(spec.afterMs))) return 'afterMs must be above 0';
    return delayProblem(spec);
  },

  silenceMs(spec) {
    return spec.afterMs;
  },

  prepare() {},

  holds() {
    return false;
  },

  worse(_cells, _at, a) {
    return a;
  },

  quietLow() {
    return -Number.MAX_VALUE;
  },

  quietHigh() {
    return Number.MAX_VALUE;
  },
};
