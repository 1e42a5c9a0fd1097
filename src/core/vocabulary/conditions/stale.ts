import { spanWords } from '../time.ts';
import type { Condition, ConditionBase } from './condition.ts';

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
  title: 'silent for too long',
  fields: [{ key: 'afterMs', label: 'Silent for', of: 'span', least: 1 }],
  columns: [],
  silence: 'sets',

  problem() {
    return null;
  },

  say(spec) {
    return [
      { text: 'sends nothing for', slot: null },
      { text: spanWords(spec.afterMs), slot: 'afterMs' },
    ];
  },

  short() {
    return 'no signal';
  },

  edge() {
    return null;
  },

  lagMs({ afterMs }) {
    return afterMs;
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
