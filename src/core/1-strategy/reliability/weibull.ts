// Lives of like parts: Weibull by maximum likelihood with parts that still run (IEC 61649).
import { CONFIDENCE, type TooFew, tooFew } from './answer.ts';
import { logGamma } from '#vocabulary/gamma.ts';
import { bisect, chiSquareQuantile } from './chi-square.ts';

/** Age of a part when it failed, or when it was last seen running or was replaced in time; any unit, above 0. */
export interface Life {
  age: number;
  failed: boolean;
}

/** The shape is strongly biased high for few failures: no advice on age below this ... */
export const MIN_FAILURES_ADVICE = 5;
/** ... and nothing is said about infant failures or wear-out below this. */
export const MIN_FAILURES_SHAPE = 10;
const MIN_FAILURES_FIT = 2;
const MAX_SHAPE = 200;
const MIN_SHAPE = 1e-3;

export interface WeibullFit {
  failures: number;
  lives: number;
  /** beta: below 1 failures come early, about 1 at any age, above 1 with age */
  shape: number;
  /** eta: age by which 63.2 % have failed, in the unit of the lives */
  scale: number;
  /** age by which 10 % have failed */
  b10: number;
  /** mean time to failure */
  mean: number;
}

export interface WeibullAnswer extends WeibullFit {
  /** 90 % likelihood-ratio intervals: those by Fisher information are too narrow for few failures */
  shapeInterval: [number, number];
  scaleInterval: [number, number];
  /** what the shape says, when its interval and the number of failures allow to say it */
  pattern: 'early failures' | 'any age' | 'wear-out' | TooFew;
}

/** Figures for one failure mode of like parts, or how many failures are missing. */
export function weibull(lives: readonly Life[]): WeibullAnswer | TooFew {
  const failures = lives.filter(({ failed }) => failed).length;
  if (failures < MIN_FAILURES_ADVICE) return tooFew(failures, MIN_FAILURES_ADVICE, 'advice by age');
  const fit = fitWeibull(lives);
  if (fit === null) {
    return {
      tooFew: true,
      failures,
      missing: 1,
      message: 'All failures came at the same age: a shape cannot be told until one comes at another.',
    };
  }
  const ages = agesOf(lives);
  const shapeInterval = shapeBounds(ages, fit);
  return {
    ...fit,
    shapeInterval,
    scaleInterval: scaleBounds(ages, fit),
    pattern: patternOf(failures, shapeInterval),
  };
}

function patternOf(failures: number, [low, high]: [number, number]): WeibullAnswer['pattern'] {
  if (failures < MIN_FAILURES_SHAPE) return tooFew(failures, MIN_FAILURES_SHAPE, 'a claim about wear-out');
  if (low > 1) return 'wear-out';
  return high < 1 ? 'early failures' : 'any age';
}

/** Lives of one age counted together, so that the work grows with the ages and not with the lives. */
interface Ages {
  /** natural logarithm of each age over the oldest, at most 0: powers stay finite */
  log: Float64Array;
  lives: Float64Array;
  oldest: number;
  failures: number;
  /** of the failed lives */
  meanLog: number;
}

function agesOf(lives: readonly Life[]): Ages {
  const counts = new Map<number, number>();
  let oldest = Number.NEGATIVE_INFINITY;
  let failures = 0;
  for (const { age, failed } of lives) {
    counts.set(age, (counts.get(age) ?? 0) + 1);
    oldest = Math.max(oldest, age);
    if (failed) failures++;
  }
  const log = Float64Array.from(counts.keys(), (age) => Math.log(age / oldest));
  const logs = lives.reduce((sum, { age, failed }) => (failed ? sum + Math.log(age / oldest) : sum), 0);
  return { log, lives: Float64Array.from(counts.values()), oldest, failures, meanLog: logs / failures };
}

/** Sums over all lives of x^b, x^b ln x and x^b (ln x)^2, with x the age over the scale. @param s ln(scale / oldest) */
function powerSums({ log, lives }: Ages, b: number, s: number): [number, number, number] {
  let powers = 0;
  let weighted = 0;
  let squared = 0;
  for (let n = 0; n < log.length; n++) {
    const x = (log[n] as number) - s;
    const power = (lives[n] as number) * Math.exp(b * x);
    powers += power;
    weighted += power * x;
    squared += power * x * x;
  }
  return [powers, weighted, squared];
}

/**
 * Solves `sum x^b ln x / sum x^b - 1/b - mean(ln t) = 0` for b by bisection (the left side rises with b), then
 * `eta = (sum x^b / r)^(1/b)`. No limit of validity is applied here.
 * @returns null for fewer than two failures, or when all ages are equal
 */
export function fitWeibull(lives: readonly Life[]): WeibullFit | null {
  const ages = agesOf(lives);
  const { failures: r, oldest } = ages;
  if (r < MIN_FAILURES_FIT || !(oldest > 0) || lives.some(({ age }) => !(age > 0))) return null;
  const slope = (b: number): number => {
    const [powers, weighted] = powerSums(ages, b, 0);
    return weighted / powers - 1 / b - ages.meanLog;
  };
  if (slope(MAX_SHAPE) <= 0) return null;
  const shape = bisect(slope, MIN_SHAPE, MAX_SHAPE);
  const scale = oldest * Math.exp(bestLogScale(ages, shape));
  return {
    failures: r,
    lives: lives.length,
    shape,
    scale,
    b10: scale * (-Math.log(0.9)) ** (1 / shape),
    mean: scale * Math.exp(logGamma(1 + 1 / shape)),
  };
}

function bestLogScale(ages: Ages, b: number): number {
  return Math.log(powerSums(ages, b, 0)[0] / ages.failures) / b;
}

/** Risk to fail within `ahead` for a part that has reached `age`: 1 - R(age + ahead) / R(age). */
export function riskAhead(fit: Pick<WeibullFit, 'shape' | 'scale'>, age: number, ahead: number): number {
  return 1 - Math.exp((age / fit.scale) ** fit.shape - ((age + ahead) / fit.scale) ** fit.shape);
}

/** Without the part that is the same for every shape and scale. @param s ln(scale / oldest) */
function logLikelihood(ages: Ages, b: number, s: number): number {
  const { failures: r, meanLog } = ages;
  return r * (Math.log(b) - s + (b - 1) * (meanLog - s)) - powerSums(ages, b, s)[0];
}

const DROP = chiSquareQuantile(CONFIDENCE, 1) / 2;

/** Where the best likelihood for a given shape has fallen by half a chi-square quantile. */
function shapeBounds(ages: Ages, { shape }: WeibullFit): [number, number] {
  const best = (b: number): number => logLikelihood(ages, b, bestLogScale(ages, b));
  const top = best(shape);
  return bounds((b) => top - best(b) - DROP, shape);
}

function scaleBounds(ages: Ages, { shape, scale }: WeibullFit): [number, number] {
  const at = (one: number): number => Math.log(one / ages.oldest);
  let b = shape;
  const best = (one: number): number => {
    b = bestShape(ages, at(one), b);
    return logLikelihood(ages, b, at(one));
  };
  const top = logLikelihood(ages, shape, at(scale));
  return bounds((one) => top - best(one) - DROP, scale);
}

const MAX_STEPS = 100;
/** The likelihood is flat at its top: a shape so near is as good. */
const CLOSE_STEP = 1e-6;

/** The likeliest shape for a scale: Newton's steps, halved where they leave what is left. */
function bestShape(ages: Ages, s: number, start: number): number {
  const { failures: r, meanLog } = ages;
  let [low, high, b] = [MIN_SHAPE, MAX_SHAPE, start];
  for (let n = 0; n < MAX_STEPS; n++) {
    const [, weighted, squared] = powerSums(ages, b, s);
    const slope = r / b + r * (meanLog - s) - weighted;
    if (slope > 0) low = b;
    else high = b;
    const step = b + slope / (r / (b * b) + squared);
    const next = step > low && step < high ? step : (low + high) / 2;
    if (Math.abs(next - b) <= CLOSE_STEP * b) return next;
    b = next;
  }
  return b;
}

const MAX_DOUBLINGS = 40;
/** An interval is told to a few digits. */
const CLOSE_BOUND = 1e-7;

/** The two places around `best` where `f` becomes positive. */
function bounds(f: (x: number) => number, best: number): [number, number] {
  let low = best / 2;
  for (let n = 0; n < MAX_DOUBLINGS && f(low) < 0; n++) low /= 2;
  let high = best * 2;
  for (let n = 0; n < MAX_DOUBLINGS && f(high) < 0; n++) high *= 2;
  return [bisect(f, low, best, CLOSE_BOUND), bisect(f, best, high, CLOSE_BOUND)];
}
