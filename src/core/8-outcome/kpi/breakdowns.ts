import type { Kpi } from './kpi.ts';

/** Functional failures that stopped an asset. */
export const breakdowns: Kpi = {
  word: 'breakdowns',
  name: 'Breakdowns',
  unit: '1/year',
  betterWhen: 'lower',
};
