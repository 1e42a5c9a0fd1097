import type { Minor } from '#vocabulary/money.ts';

/** One finished order, as far as a KPI asks. */
export interface FinishedWork {
  labourMinor: Minor;
  partsMinor: Minor;
  downtimeH: number;
  plannedDowntimeH: number;
  /** it went at once, so its stop was in nobody's plan */
  urgent: boolean;
  repaired: boolean;
}

/** A sum over orders and what is not in it; or, where orders cannot say it, what is missing, in words. */
export type Measurement = { total: number; leavesOut: string } | { missing: string };

/** What an objective can be measured by. One file and one line in all.ts make one more. */
export interface Kpi {
  /** as objectives and plan files name it */
  word: string;
  name: string;
  unit: string;
  betterWhen: 'lower' | 'higher';
  /**
   * The KPI from what went through here, own rule: a part of the plant's figure and never all of it.
   * @param work orders finished in the period
   * @returns total in the KPI's unit before any "per month"; money in whole currency units
   */
  measure(work: readonly FinishedWork[]): Measurement;
}

/** Hours of a stop that nobody planned. */
export function unplannedH({ downtimeH, plannedDowntimeH, urgent }: FinishedWork): number {
  return urgent ? downtimeH : Math.max(0, downtimeH - plannedDowntimeH);
}
