import type { Finding } from './FindingMark.tsx';
import type { Priority } from './PriorityBadge.tsx';

/** All times are epoch milliseconds of plant time, all values in the trend's one unit. */
export interface TrendLimit {
  value: number;
  /** Below the line for `low`, above it for `high`. */
  side: 'high' | 'low';
  /** Where it clears; the deadband is drawn between. */
  clears?: number;
  decimals?: number;
  /** Lets a person move it: the line turns to the accent colour and gets a handle. */
  adjust?: {
    step: number;
    lowest: number;
    highest: number;
    onMove: (value: number) => void;
  };
}

export interface TrendSpan {
  fromMs: number;
  toMs: number;
  words?: string;
}

export interface TrendPoint {
  atMs: number;
  words: string;
  href?: string;
}

export interface TrendForecast {
  line: readonly { atMs: number; value: number }[];
  cone: readonly { atMs: number; low: number; high: number }[];
  /** When a level is reached: the likely day in a bar over its interval. */
  reach?: {
    atMs: number;
    fromMs: number;
    toMs: number;
    value: number;
    /** "reached 30 Oct, likely" */
    words: string;
    /** "26 Oct to 7 Nov, 90 %, 412 readings" */
    detail: string;
  };
}

export interface Trend {
  timesMs: readonly number[];
  /** null = a gap; it stays one. */
  values: readonly (number | null)[];
  unit: string;
  decimals?: number;
  /** What the axis shows; default is the readings' own span and the range of interest. */
  fromMs?: number;
  toMs?: number;
  low?: number;
  high?: number;
  limit?: TrendLimit;
  /** A standard's limit, with standard, group and support in its words. */
  standard?: { value: number; words: string };
  /** Hatched: no valid signal. */
  blind?: readonly TrendSpan[];
  /** A grey tick on the axis: stopped, cleaning, start-up. */
  idle?: readonly TrendSpan[];
  /** Other ground, named: the part chosen on and the part checked on. */
  grounds?: readonly (TrendSpan & { checked: boolean })[];
  alerts?: readonly (TrendPoint & { priority: Priority })[];
  findings?: readonly (TrendPoint & { finding: Finding })[];
  /** × on the time axis with order number; the second line is the stop. */
  breakdowns?: readonly (TrendPoint & { detail?: string })[];
  /** Days that bind: slot, finish by. */
  dates?: readonly (TrendPoint & { strong?: boolean; slot?: boolean })[];
  forecast?: TrendForecast;
  /** Draws the line of now, with the last reading on it. */
  nowMs?: number;
  /** Colour of the last point, when a case is open. */
  priority?: Priority;
}

/** Where a value lies on the drawing, in CSS pixels of the chart's box. */
export interface TrendFrame {
  left: number;
  top: number;
  width: number;
  height: number;
  fromMs: number;
  toMs: number;
  low: number;
  high: number;
}

/** Under this width only the limit and now keep their words; the rest stands in the table. */
const NARROW_PX = 420;

export function isNarrow(frame: TrendFrame): boolean {
  return frame.width < NARROW_PX;
}

export function xOf(frame: TrendFrame, atMs: number): number {
  return frame.left + ((atMs - frame.fromMs) / (frame.toMs - frame.fromMs)) * frame.width;
}

export function yOf(frame: TrendFrame, value: number): number {
  return frame.top + (1 - (value - frame.low) / (frame.high - frame.low)) * frame.height;
}

/** At most `most` round steps that cover `low` to `high`: 1, 2, 2.5 or 5 times a power of ten. */
export function niceSteps(low: number, high: number, most = 5): number[] {
  const rough = (high - low) / Math.max(most - 1, 1);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough * (1 - 1e-9)) ?? 10 * power;
  const steps: number[] = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++)
    steps.push(Number((n * step).toPrecision(12)));
  return steps;
}

/** What the axis must hold: readings, limits and forecast, opened to round figures. */
export function rangeOf(trend: Trend): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const hold = (value: number | null | undefined) => {
    if (value === null || value === undefined || !Number.isFinite(value)) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const value of trend.values) hold(value);
  hold(trend.limit?.value);
  hold(trend.limit?.clears);
  hold(trend.standard?.value);
  for (const point of trend.forecast?.cone ?? []) hold(point.high);
  if (low > high) return [0, 1];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [trend.low ?? low - room, trend.high ?? high + room];
}

/** Largest step between readings that still belongs together is the caller's business: gaps come as null. */
export function spanOf(trend: Trend): [number, number] {
  const first = trend.timesMs[0] ?? trend.nowMs ?? 0;
  const last = trend.timesMs[trend.timesMs.length - 1] ?? first + 1;
  const from = trend.fromMs ?? first;
  const to = trend.toMs ?? Math.max(last, trend.nowMs ?? last);
  return [from, to > from ? to : from + 1];
}
