import { studentWidth } from './student.ts';

/** A straight line through points by ordinary least squares. */
export interface LineFit {
  n: number;
  slope: number;
  intercept: number;
  /** standard error of one point about the line */
  spread: number;
  meanX: number;
  /** sum of squared distances of x from their mean */
  sxx: number;
  r2: number;
}

/** @returns null when there are fewer than three points or all lie at one x */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>, n: number): LineFit | null {
  if (n < 3) return null;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i++) {
    meanX += (x[i] as number) / n;
    meanY += (y[i] as number) / n;
  }
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i] as number) - meanX;
    const dy = (y[i] as number) - meanY;
    sxx += dx * dx;
    sxy += dx * dy;
    syy += dy * dy;
  }
  if (sxx === 0) return null;
  const slope = sxy / sxx;
  const rest = Math.max(0, syy - slope * sxy);
  return {
    n,
    slope,
    intercept: meanY - slope * meanX,
    spread: Math.sqrt(rest / (n - 2)),
    meanX,
    sxx,
    r2: syy === 0 ? 0 : 1 - rest / syy,
  };
}

/** Where the line meets a level, with the ends of the interval in which it does. */
export interface Crossing {
  at: number;
  from: number;
  to: number;
}

/**
 * Crossing of the mean line with `level`, interval by Fieller's theorem.
 * @param share of the interval, 0.9 for 90 %
 * @returns null when the slope cannot be told from nothing: then there is no date
 */
export function crossingOf(fit: LineFit, level: number, share: number): Crossing | null {
  const { n, slope, intercept, spread, meanX, sxx } = fit;
  const q = studentWidth(share, n - 2);
  const g = (q * q * spread * spread) / (slope * slope * sxx);
  if (!(g < 1)) return null;
  const at = (level - intercept) / slope;
  const u = at - meanX;
  const half = ((q * spread) / Math.abs(slope)) * Math.sqrt((1 - g) / n + (u * u) / sxx);
  return { at, from: meanX + (u - half) / (1 - g), to: meanX + (u + half) / (1 - g) };
}

/** Whether the slope differs from nothing: two-sided t-test at the given level of confidence. */
export function hasSlope(fit: LineFit, confidence: number): boolean {
  if (fit.spread === 0) return fit.slope !== 0;
  const t = Math.abs(fit.slope) / (fit.spread / Math.sqrt(fit.sxx));
  return t > studentWidth(confidence, fit.n - 2);
}
