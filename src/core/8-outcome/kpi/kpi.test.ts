import { describe, expect, it } from 'vitest';
import { kpis } from './all.ts';
import type { FinishedWork } from './kpi.ts';

const planned: FinishedWork = {
  labourMinor: 40_000,
  partsMinor: 18_550,
  downtimeH: 3,
  plannedDowntimeH: 2,
  urgent: false,
  repaired: true,
};
const urgent = { ...planned, downtimeH: 6, partsMinor: 0 };
const work = [planned, { ...urgent, urgent: true }, { ...planned, downtimeH: 1, repaired: false }];
const measure = (word: string) => kpis.find((kpi) => kpi.word === word)?.measure(work);

describe('KPIs from finished orders', () => {
  it('counts the hours beyond the plan, and every hour of what went at once', () => {
    expect(measure('downtime-hours')).toMatchObject({ total: 1 + 6 });
    expect(measure('breakdowns')).toMatchObject({ total: 2 });
  });

  it('adds labour and parts as whole currency units', () => {
    expect(measure('maintenance-cost')).toMatchObject({ total: 1_200 + 371 });
  });

  it('says what is missing where orders cannot tell', () => {
    for (const word of ['oee', 'scrap', 'mtbf', 'energy-per-unit']) {
      expect(measure(word)).toEqual({ missing: expect.stringContaining('needs') });
    }
  });
});
