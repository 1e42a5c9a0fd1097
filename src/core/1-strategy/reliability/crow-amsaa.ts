// Do failures of a repaired system come more often, or more rarely? The power law N(t) = lambda t^beta (Crow-AMSAA, IEC 61164).
import { CONFIDENCE, type TooFew, tooFew } from './answer.ts';
import { chiSquareBelow } from './chi-square.ts';

/** Fewer failures than this show no trend. */
export const MIN_FAILURES_TREND = 5;

export interface Trend {
  failures: number;
  /** above 1 failures come more often, below 1 more rarely; maximum likelihood */
  beta: number;
  lambda: number;
  /** beta without its bias for few failures */
  unbiasedBeta: number;
  /** mean time between failures now, in the unit of the times */
  mtbfNow: number;
  /** two-sided probability of so large a departure when nothing had changed (beta = 1) */
  pValue: number;
  says: 'improving' | 'worsening' | 'no trend shown';
}

/**
 * @param times of the failures since the start of observation, ascending, above 0
 * @param until end of observation; the last failure itself when observation ended with it
 */
export function crowAmsaa(times: readonly number[], until: number): Trend | TooFew {
  const n = times.length;
  if (n < MIN_FAILURES_TREND) return tooFew(n, MIN_FAILURES_TREND, 'a trend');
  const failureTerminated = times[n - 1] === until;
  const logs = times.reduce((sum, time) => sum + Math.log(until / time), 0);
  const beta = n / logs;
  const lambda = n / until ** beta;
  const unbiasedBeta = (beta * (n - (failureTerminated ? 2 : 1))) / n;
  // 2n / beta is chi-square with 2n degrees of freedom, two less when the last failure ended the observation
  const below = chiSquareBelow(2 * logs, 2 * (failureTerminated ? n - 1 : n));
  const pValue = 2 * Math.min(below, 1 - below);
  const shown = pValue <= 1 - CONFIDENCE;
  const says = shown ? (beta < 1 ? 'improving' : 'worsening') : 'no trend shown';
  return { failures: n, beta, lambda, unbiasedBeta, mtbfNow: until / (n * beta), pValue, says };
}
