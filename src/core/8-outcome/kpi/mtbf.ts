import type { Kpi } from './kpi.ts';

/** Operating hours divided by the failures in them. */
export const mtbf: Kpi = {
  word: 'mtbf',
  name: 'Mean time between failures',
  unit: 'h',
  betterWhen: 'higher',
  measure: () => ({ missing: 'needs operating hours and every failure in them' }),
};
