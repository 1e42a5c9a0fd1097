import { type Kpi, unplannedH } from './kpi.ts';

/** Functional failures that stopped an asset. */
export const breakdowns: Kpi = {
  word: 'breakdowns',
  name: 'Breakdowns',
  unit: '1/year',
  betterWhen: 'lower',
  measure: (work) => ({
    total: work.filter((one) => one.repaired && unplannedH(one) > 0).length,
    leavesOut: 'a breakdown without an order is not in it',
  }),
};
