import type { Kpi } from './kpi.ts';

/** Labour, parts and services booked on maintenance orders, in the currency of the plant. */
export const maintenanceCost: Kpi = {
  word: 'maintenance-cost',
  name: 'Maintenance cost',
  unit: 'money/year',
  betterWhen: 'lower',
  measure: (work) => ({
    total: work.reduce((sum, one) => sum + one.labourMinor + one.partsMinor, 0) / 100,
    leavesOut: 'work that did not come from a monitor is not in it',
  }),
};
