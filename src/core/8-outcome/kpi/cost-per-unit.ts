import type { Kpi } from './kpi.ts';

/** Maintenance cost of a period divided by its good units, in the currency of the plant. */
export const costPerUnit: Kpi = {
  word: 'cost-per-unit',
  name: 'Maintenance cost per unit',
  unit: 'money/unit',
  betterWhen: 'lower',
  measure: () => ({ missing: 'needs the good units of the period' }),
};
