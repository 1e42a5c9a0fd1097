import { crossingOf, fitLine, hasSlope } from '../line-fit.ts';
import { spanWords } from '../time.ts';
import type { Cells, Condition, ConditionBase } from './condition.ts';
import { quantity } from './words.ts';

/**
 * A straight trend through the last `windowMs` meets `limit` within `withinMs`, judged by the early end of its 90 %
 * interval; a value beyond the limit holds too. Without a trend that can be told from nothing there is no date.
 */
export interface TimeToLimitSpec extends ConditionBase {
  kind: 'time to limit';
  direction: 'high' | 'low';
  limit: number;
  withinMs: number;
  windowMs: number;
}

/** The window is kept as means of so many steps. */
const STEPS = 48;
const LEAST_POINTS = 10;
/** A trend seen over less than this part of the window is not shown. */
const LEAST_PART = 0.2;
const CONFIDENCE = 0.95;
const INTERVAL = 0.9;
const LEAST_R2 = 0.5;

const SIDE = 0;
const LIMIT = 1;
const WITHIN_MS = 2;
const WINDOW_MS = 3;
const STEP_FROM = 4;
const STEP_COUNT = 5;
const STEP_TIME = 6;
const STEP_VALUE = 7;
const NEWEST = 8;
/** early end of the interval in which the trend meets the limit; NaN: no date */
const EARLY_MS = 9;
const RING = 10;

const x = new Float64Array(STEPS);
const y = new Float64Array(STEPS);

export const timeToLimit: Condition<TimeToLimitSpec> = {
  kind: 'time to limit',
  title: 'heading for a limit',
  fields: [
    { key: 'direction', label: 'Side', of: 'choice', choices: ['high', 'low'] },
    { key: 'limit', label: 'Limit', of: 'reading' },
    { key: 'withinMs', label: 'Reached within', of: 'span', least: 1 },
    { key: 'windowMs', label: 'Trend over', of: 'span', least: 1 },
  ],
  columns: [
    ...[
      'side',
      'limit',
      'withinMs',
      'windowMs',
      'stepFrom',
      'stepCount',
      'stepTime',
      'stepValue',
      'newest',
      'earlyMs',
    ],
    ...Array.from({ length: STEPS }, (_, i) => `time${i}`),
    ...Array.from({ length: STEPS }, (_, i) => `value${i}`),
  ],
  silence: 'blinds',

  problem({ withinMs, windowMs }) {
    return withinMs > windowMs
      ? 'A trend is not drawn further ahead than it was seen: look back at least as far as ahead.'
      : null;
  },

  say({ direction, limit, withinMs, windowMs }, unit) {
    return [
      { text: direction === 'high' ? 'rises towards' : 'falls towards', slot: null },
      { text: quantity(limit, unit), slot: 'limit' },
      { text: 'and may reach it within', slot: null },
      { text: spanWords(withinMs), slot: 'withinMs' },
      { text: ', by its trend over', slot: null },
      { text: spanWords(windowMs), slot: 'windowMs' },
    ];
  },

  short({ direction }) {
    return direction === 'high' ? 'rising to limit' : 'falling to limit';
  },

  edge({ limit: value, direction }) {
    return { value, direction, deadband: 0 };
  },

  lagMs({ windowMs }) {
    return windowMs * LEAST_PART;
  },

  silenceMs(_spec, staleAfterMs) {
    return staleAfterMs;
  },

  prepare(spec, cells, at) {
    cells[at + SIDE] = spec.direction === 'high' ? 1 : -1;
    cells[at + LIMIT] = spec.limit;
    cells[at + WITHIN_MS] = spec.withinMs;
    cells[at + WINDOW_MS] = spec.windowMs;
    cells[at + EARLY_MS] = Number.NaN;
    cells.fill(Number.NaN, at + RING, at + RING + 2 * STEPS);
  },

  holds(cells, at, _held, value, timeMs) {
    const stepMs = (cells[at + WINDOW_MS] as number) / STEPS;
    const open = cells[at + STEP_COUNT] as number;
    if (open > 0 && timeMs - (cells[at + STEP_FROM] as number) >= stepMs) closeStep(cells, at);
    if ((cells[at + STEP_COUNT] as number) === 0) cells[at + STEP_FROM] = timeMs;
    cells[at + STEP_COUNT] = (cells[at + STEP_COUNT] as number) + 1;
    cells[at + STEP_TIME] = (cells[at + STEP_TIME] as number) + timeMs;
    cells[at + STEP_VALUE] = (cells[at + STEP_VALUE] as number) + value;
    const side = cells[at + SIDE] as number;
    if ((value - (cells[at + LIMIT] as number)) * side >= 0) return true;
    return (cells[at + EARLY_MS] as number) - timeMs <= (cells[at + WITHIN_MS] as number);
  },

  worse(cells, at, a, b) {
    return cells[at + SIDE] === 1 ? Math.max(a, b) : Math.min(a, b);
  },

  quietLow: () => Number.NaN,
  quietHigh: () => Number.NaN,
};

function closeStep(cells: Cells, at: number): void {
  const count = cells[at + STEP_COUNT] as number;
  const place = ((cells[at + NEWEST] as number) + 1) % STEPS;
  const timeMs = (cells[at + STEP_TIME] as number) / count;
  cells[at + NEWEST] = place;
  cells[at + RING + place] = timeMs;
  cells[at + RING + STEPS + place] = (cells[at + STEP_VALUE] as number) / count;
  cells[at + STEP_COUNT] = 0;
  cells[at + STEP_TIME] = 0;
  cells[at + STEP_VALUE] = 0;
  cells[at + EARLY_MS] = earlyCrossingMs(cells, at, timeMs);
}

/** Times count from the newest step, so that large stamps lose no digits. */
function earlyCrossingMs(cells: Cells, at: number, newestMs: number): number {
  const windowMs = cells[at + WINDOW_MS] as number;
  let n = 0;
  let spanMs = 0;
  for (let step = 0; step < STEPS; step++) {
    const agoMs = newestMs - (cells[at + RING + step] as number);
    if (!(agoMs <= windowMs)) continue;
    x[n] = -agoMs;
    y[n] = cells[at + RING + STEPS + step] as number;
    spanMs = Math.max(spanMs, agoMs);
    n++;
  }
  if (n < LEAST_POINTS || spanMs < windowMs * LEAST_PART) return Number.NaN;
  const fit = fitLine(x, y, n);
  const side = cells[at + SIDE] as number;
  if (!fit || fit.slope * side <= 0 || fit.r2 < LEAST_R2 || !hasSlope(fit, CONFIDENCE)) return Number.NaN;
  const crossing = crossingOf(fit, cells[at + LIMIT] as number, INTERVAL);
  if (!crossing || crossing.from > spanMs) return Number.NaN;
  return newestMs + crossing.from;
}
