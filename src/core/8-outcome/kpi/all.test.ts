import { expect, it } from 'vitest';
import { KPI_NAMES } from '../../1-strategy/kpi-names.ts';
import { kpis } from './all.ts';

it('names the same KPIs that an objective may be measured by', () => {
  expect(kpis.map((kpi) => kpi.word)).toEqual(KPI_NAMES);
});
