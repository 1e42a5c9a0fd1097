import { type Kpi, unplannedH } from './kpi.ts';

/** Hours that a line stood without a plan. */
export const downtimeHours: Kpi = {
  word: 'downtime-hours',
  name: 'Unplanned downtime',
  unit: 'h/year',
  betterWhen: 'lower',
  measure: (work) => ({
    total: work.reduce((sum, one) => sum + unplannedH(one), 0),
    leavesOut: 'a stop without an order is not in it',
  }),
};
