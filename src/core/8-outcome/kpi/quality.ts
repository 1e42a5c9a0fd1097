import type { Kpi } from './kpi.ts';

/** Good units of all that were made (ISO 22400-2). */
export const quality: Kpi = {
  word: 'quality',
  name: 'Quality ratio',
  unit: '%',
  betterWhen: 'higher',
  measure: () => ({ missing: 'needs good and total count of the line' }),
};
