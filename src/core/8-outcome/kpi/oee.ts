import type { Kpi } from './kpi.ts';

/** Availability times performance times quality of a line. */
export const oee: Kpi = {
  word: 'oee',
  name: 'Overall equipment effectiveness',
  unit: '%',
  betterWhen: 'higher',
  measure: () => ({ missing: 'needs run time, speed and good count of the line' }),
};
