import type { Measured } from './measure.ts';

/** The figure below which the part `q` of all lies; NaN of none. */
export function quantile(figures: readonly number[], q: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

/** p50 and p99 of one run, each as a figure of its own. */
export function percentiles(name: string, unit: string, figures: readonly number[]): Measured[] {
  return [0.5, 0.99].map((q) => single(`${name}, p${q * 100}`, unit, quantile(figures, q)));
}

/** A figure that was taken once. */
export function single(name: string, unit: string, value: number): Measured {
  return { name, unit, median: value, least: value, most: value };
}
