// The gamma function and the chi-square distribution (Lanczos; series and continued fraction of the incomplete gamma).

const LANCZOS_G = 7;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const MAX_TERMS = 10_000;
const CLOSE = 1e-15;
const TINY = 1e-300;

/** ln of the gamma function, x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = LANCZOS[0] as number;
  for (let n = 1; n < LANCZOS.length; n++) sum += (LANCZOS[n] as number) / (z + n);
  const t = z + LANCZOS_G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

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

/** Where a function crosses zero between `low` and `high`; it has to have different signs there. */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  const rising = f(high) > 0;
  let a = low;
  let b = high;
  for (let n = 0; n < MAX_HALVINGS; n++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) return middle;
    if (f(middle) > 0 === rising) b = middle;
    else a = middle;
  }
  return (a + b) / 2;
}
