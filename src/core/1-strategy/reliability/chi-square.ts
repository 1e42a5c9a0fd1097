// The chi-square distribution, by series and continued fraction of the incomplete gamma function.
import { logGamma } from '#vocabulary/gamma.ts';

const MAX_TERMS = 10_000;
const CLOSE = 1e-15;
const TINY = 1e-300;

/** Share of the chi-square distribution below `x`. */
export function chiSquareBelow(x: number, degrees: number): number {
  return x <= 0 ? 0 : lowerGamma(degrees / 2, x / 2);
}

/** Regularised lower incomplete gamma function P(a, x). */
function lowerGamma(a: number, x: number): number {
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < MAX_TERMS && term > sum * CLOSE; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return scale * sum;
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / nonZero(step * d + b);
    c = nonZero(b + step / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < CLOSE) break;
  }
  return 1 - scale * fraction;
}

function nonZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}

/** Value below which a share of the chi-square distribution lies. @param share 0 < share < 1 */
export function chiSquareQuantile(share: number, degrees: number): number {
  let high = degrees + 10;
  while (chiSquareBelow(high, degrees) < share) high *= 2;
  return bisect((x) => chiSquareBelow(x, degrees) - share, 0, high);
}

const MAX_HALVINGS = 200;

/**
 * Where a function crosses zero between `low` and `high`; it has to have different signs there.
 * @param close share of the value that it may be off
 */
export function bisect(f: (x: number) => number, low: number, high: number, close = 0): number {
  const rising = f(high) > 0;
  let a = low;
  let b = high;
  for (let n = 0; n < MAX_HALVINGS; n++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b || b - a <= close * middle) return middle;
    if (f(middle) > 0 === rising) b = middle;
    else a = middle;
  }
  return (a + b) / 2;
}
