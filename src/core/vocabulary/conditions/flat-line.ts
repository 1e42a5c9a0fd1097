import { spanWords } from '../time.ts';
import type { Condition, ConditionBase } from './condition.ts';
import { quantity } from './words.ts';

/** The value stays within `band` of where it stood for `forMs` or longer, readings and all: a sensor that has died politely. */
export interface FlatLineSpec extends ConditionBase {
  kind: 'flat line';
  /** in the signal's unit; smaller moves do not count as life */
  band: number;
  forMs: number;
}

const BAND = 0;
const FOR_MS = 1;
const ANCHOR = 2;
const SINCE_MS = 3;

export const flatLine: Condition<FlatLineSpec> = {
  kind: 'flat line',
  title: 'not moving at all',
  fields: [
    { key: 'band', label: 'Moves less than', of: 'band' },
    { key: 'forMs', label: 'For', of: 'span', least: 1 },
  ],
  columns: ['band', 'forMs', 'anchor', 'sinceMs'],
  silence: 'blinds',

  problem: () => null,

  say({ band, forMs }, unit) {
    return [
      { text: 'moves less than', slot: null },
      { text: quantity(band, unit), slot: 'band' },
      { text: 'for', slot: null },
      { text: spanWords(forMs), slot: 'forMs' },
    ];
  },

  short: () => 'flat line',
  edge: () => null,

  lagMs({ forMs }) {
    return forMs;
  },

  silenceMs(_spec, staleAfterMs) {
    return staleAfterMs;
  },

  prepare(spec, cells, at) {
    cells[at + BAND] = spec.band;
    cells[at + FOR_MS] = spec.forMs;
    cells[at + ANCHOR] = Number.NaN;
  },

  holds(cells, at, _held, value, timeMs) {
    const moved = Math.abs(value - (cells[at + ANCHOR] as number));
    if (!(moved <= (cells[at + BAND] as number))) {
      cells[at + ANCHOR] = value;
      cells[at + SINCE_MS] = timeMs;
      return false;
    }
    return timeMs - (cells[at + SINCE_MS] as number) >= (cells[at + FOR_MS] as number);
  },

  worse(_cells, _at, a) {
    return a;
  },

  quietLow: () => Number.NaN,
  quietHigh: () => Number.NaN,
};
