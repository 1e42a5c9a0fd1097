import type { Kpi } from './kpi.ts';

/** Labour, parts and services booked on maintenance orders, in the currency of the plant. */
export const maintenanceCost: Kpi = {
  word: 'maintenance-cost',
  name: 'Maintenance cost',
  unit: 'money/year',
  betterWhen: 'lower',
};
