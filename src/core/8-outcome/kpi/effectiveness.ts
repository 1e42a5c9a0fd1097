import type { Kpi } from './kpi.ts';

/** Planned time for what was made, of the time it took (ISO 22400-2); above 100 % the planned cycle is too slow. */
export const effectiveness: Kpi = {
  word: 'effectiveness',
  name: 'Performance (effectiveness)',
  unit: '%',
  betterWhen: 'higher',
  measure: () => ({ missing: 'needs speed and count of the line' }),
};
