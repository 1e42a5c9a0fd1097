import type { Kpi } from './kpi.ts';

/** Energy used for one good unit of product. */
export const energyPerUnit: Kpi = {
  word: 'energy-per-unit',
  name: 'Energy per unit',
  unit: 'kWh/unit',
  betterWhen: 'lower',
  measure: () => ({ missing: 'needs the energy meter and the count of good units' }),
};
