import type { Kpi } from './kpi.ts';

/** Share of what was made that had to be thrown away. */
export const scrap: Kpi = {
  word: 'scrap',
  name: 'Scrap',
  unit: '%',
  betterWhen: 'lower',
  measure: () => ({ missing: 'needs what was made and what was thrown away' }),
};
