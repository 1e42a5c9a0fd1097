// Student's distribution, as far as intervals of a fitted line need it.
import { logGamma } from './gamma.ts';

const MAX_TERMS = 300;
const TINY = 1e-300;
const ENOUGH = 1e-14;

/** Continued fraction of the incomplete beta function, Abramowitz and Stegun 26.5.8, by the method of Lentz. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < ENOUGH) break;
  }
  return h;
}

function away(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}

/** Regularised incomplete beta function I_x(a, b). */
function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** Probability that |T| is larger than `t` with `freedom` degrees of freedom. */
function bothTails(t: number, freedom: number): number {
  return betaShare(freedom / (freedom + t * t), freedom / 2, 0.5);
}

const HALVINGS = 80;

/**
 * The t that |T| exceeds with probability `1 - level`: 0.90 gives the quantile of a 90 % interval.
 * @param freedom degrees of freedom, 1 or more
 */
export function studentWidth(level: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (bothTails(high, freedom) > 1 - level) high *= 2;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (bothTails(middle, freedom) > 1 - level) low = middle;
    else high = middle;
  }
  return high;
}
