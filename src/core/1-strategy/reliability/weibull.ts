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
  const shapeInterval = shapeBounds(lives, fit);
  return {
    ...fit,
    shapeInterval,
    scaleInterval: scaleBounds(lives, fit),
    pattern: patternOf(failures, shapeInterval),
  };
}

function patternOf(failures: number, [low, high]: [number, number]): WeibullAnswer['pattern'] {
  if (failures < MIN_FAILURES_SHAPE) return tooFew(failures, MIN_FAILURES_SHAPE, 'a claim about wear-out');
  if (low > 1) return 'wear-out';
  return high < 1 ? 'early failures' : 'any age';
}

/**
 * Solves `sum x^b ln x / sum x^b - 1/b - mean(ln t) = 0` for b by bisection (the left side rises with b), then
 * `eta = (sum x^b / r)^(1/b)`. No limit of validity is applied here.
 * @returns null for fewer than two failures, or when all ages are equal
 */
export function fitWeibull(lives: readonly Life[]): WeibullFit | null {
  const failed = lives.filter((life) => life.failed);
  const r = failed.length;
  const oldest = Math.max(...lives.map(({ age }) => age));
  if (r < MIN_FAILURES_FIT || !(oldest > 0) || lives.some(({ age }) => !(age > 0))) return null;
  // ages as shares of the oldest: powers stay finite
  const all = lives.map(({ age }) => age / oldest);
  const meanLog = failed.reduce((sum, { age }) => sum + Math.log(age / oldest), 0) / r;
  const slope = (b: number): number => {
    let powers = 0;
    let weighted = 0;
    for (const x of all) {
      const power = x ** b;
      powers += power;
      weighted += power * Math.log(x);
    }
    return weighted / powers - 1 / b - meanLog;
  };
  if (slope(MAX_SHAPE) <= 0) return null;
  const shape = bisect(slope, MIN_SHAPE, MAX_SHAPE);
  const scale = oldest * (all.reduce((sum, x) => sum + x ** shape, 0) / r) ** (1 / shape);
  return {
    failures: r,
    lives: lives.length,
    shape,
    scale,
    b10: scale * (-Math.log(0.9)) ** (1 / shape),
    mean: scale * Math.exp(logGamma(1 + 1 / shape)),
  };
}

/** Risk to fail within `ahead` for a part that has reached `age`: 1 - R(age + ahead) / R(age). */
export function riskAhead(fit: Pick<WeibullFit, 'shape' | 'scale'>, age: number, ahead: number): number {
  return 1 - Math.exp((age / fit.scale) ** fit.shape - ((age + ahead) / fit.scale) ** fit.shape);
}

function logLikelihood(lives: readonly Life[], shape: number, scale: number): number {
  let sum = 0;
  for (const { age, failed } of lives) {
    const x = age / scale;
    if (failed) sum += Math.log(shape / scale) + (shape - 1) * Math.log(x);
    sum -= x ** shape;
  }
  return sum;
}

const DROP = chiSquareQuantile(CONFIDENCE, 1) / 2;

/** Where the best likelihood for a given shape has fallen by half a chi-square quantile. */
function shapeBounds(lives: readonly Life[], fit: WeibullFit): [number, number] {
  const r = fit.failures;
  const bestScale = (b: number): number => {
    const sum = lives.reduce((total, { age }) => total + (age / fit.scale) ** b, 0);
    return fit.scale * (sum / r) ** (1 / b);
  };
  const top = logLikelihood(lives, fit.shape, fit.scale);
  return bounds((b) => top - logLikelihood(lives, b, bestScale(b)) - DROP, fit.shape);
}

function scaleBounds(lives: readonly Life[], fit: WeibullFit): [number, number] {
  const failed = lives.filter((life) => life.failed);
  const bestShape = (scale: number): number => {
    const logs = failed.reduce((sum, { age }) => sum + Math.log(age / scale), 0);
    const slope = (b: number): number =>
      failed.length / b +
      logs -
      lives.reduce((sum, { age }) => sum + (age / scale) ** b * Math.log(age / scale), 0);
    return bisect(slope, MIN_SHAPE, MAX_SHAPE);
  };
  const top = logLikelihood(lives, fit.shape, fit.scale);
  return bounds((scale) => top - logLikelihood(lives, bestShape(scale), scale) - DROP, fit.scale);
}

const MAX_DOUBLINGS = 40;

/** The two places around `best` where `f` becomes positive. */
function bounds(f: (x: number) => number, best: number): [number, number] {
  let low = best / 2;
  for (let n = 0; n < MAX_DOUBLINGS && f(low) < 0; n++) low /= 2;
  let high = best * 2;
  for (let n = 0; n < MAX_DOUBLINGS && f(high) < 0; n++) high *= 2;
  return [bisect(f, low, best), bisect(f, best, high)];
}
