import type { Kpi } from './kpi.ts';

/** Hours that a line stood without a plan. */
export const downtimeHours: Kpi = {
  word: 'downtime-hours',
  name: 'Unplanned downtime',
  unit: 'h/year',
  betterWhen: 'lower',
};
