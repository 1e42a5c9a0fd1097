import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#vocabulary/time.ts';
import { pCaught } from '#vocabulary/caught.ts';
import { avoidedMinor, unplannedMinor, workCostMinor } from './money.ts';

describe('money', () => {
  it('gives the figures of the bearing: 26,100 unplanned, 820 planned, 12,387.20 avoided', () => {
    const unplanned = unplannedMinor(5.5, 420_000, 190_000, 110_000);
    const planned = workCostMinor({ hours: 8, partsMinor: 38_000, downtimeH: 0 }, 5_500, 420_000);
    expect([unplanned, planned]).toEqual([2_610_000, 82_000]);
    const factors = { pLate: 0.7, pCaught: 0.3, unplannedMinor: unplanned, plannedMinor: planned, share: 1 };
    expect(avoidedMinor(factors)).toBe(1_238_720);
  });

  it('counts the stop taken for the work, and never credits less than nothing', () => {
    const planned = workCostMinor({ hours: 1.5, partsMinor: 0, downtimeH: 0.5 }, 5_500, 420_000);
    expect(planned).toBe(8_250 + 210_000);
    const factors = { pLate: 0.7, pCaught: 0, unplannedMinor: 1_000, plannedMinor: planned, share: 1 };
    expect(avoidedMinor(factors)).toBe(0);
  });

  it('credits less where a round would have caught it', () => {
    const pfMs = 45 * DAY_MS;
    expect(pCaught(22.5 * DAY_MS, pfMs)).toBe(0.7);
    expect(pCaught(28 * DAY_MS, pfMs)).toBe(0.3);
    expect(pCaught(45 * DAY_MS, pfMs)).toBe(0.3);
    expect(pCaught(46 * DAY_MS, pfMs)).toBe(0);
    expect(pCaught(null, pfMs)).toBe(0);
    expect(pCaught(DAY_MS, null)).toBe(0.7);
  });
});
