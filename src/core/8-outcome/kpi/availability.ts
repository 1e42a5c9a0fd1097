import type { Kpi } from './kpi.ts';

/** Time a line produced, of the time it was planned to (ISO 22400-2). */
export const availability: Kpi = {
  word: 'availability',
  name: 'Availability',
  unit: '%',
  betterWhen: 'higher',
  measure: () => ({ missing: 'needs run time and planned busy time of the line' }),
};
