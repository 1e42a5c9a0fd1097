import { describe, expect, it } from 'vitest';
import { type LostOrder, losses } from './losses.ts';
import { reliability } from './reliability.ts';

const DAY = 86_400_000;
const order = (change: Partial<LostOrder>): LostOrder => ({
  asset: 'A',
  failureMode: null,
  class: null,
  startMs: 0,
  costMinor: null,
  downtimeH: null,
  ...change,
});

describe('losses', () => {
  it('are summed by key, the largest cost first, with their share of all cost', () => {
    const orders = [
      order({ costMinor: 100, downtimeH: 1.5 }),
      order({ asset: 'B', costMinor: 500 }),
      order({ costMinor: -50, downtimeH: 2 }),
      order({ asset: 'C' }),
    ];
    expect(losses(orders, 'asset')).toEqual([
      { key: 'B', orders: 1, costMinor: 500, downtimeH: null, share: 500 / 550 },
      { key: 'A', orders: 2, costMinor: 50, downtimeH: 3.5, share: 50 / 550 },
      { key: 'C', orders: 1, costMinor: 0, downtimeH: null, share: 0 },
    ]);
  });

  it('name what the orders do not, and have no share of nothing', () => {
    expect(losses([order({})], 'failure-mode')).toEqual([
      { key: 'not coded', orders: 1, costMinor: 0, downtimeH: null, share: null },
    ]);
    expect(losses([order({ class: 'pump' })], 'class')[0]?.key).toBe('pump');
    expect(losses([], 'asset')).toEqual([]);
  });
});

describe('reliability', () => {
  const onDays = (asset: string, days: number[], failureMode: string | null = 'Leak') =>
    days.map((day) => order({ asset, failureMode, startMs: day * DAY + 3_600_000 }));

  it('takes the time between failures of one asset, and the time since the last as still running', () => {
    const found = reliability([
      ...onDays('A', [10, 30, 60, 110, 170]),
      ...onDays('B', [20, 60]),
      ...onDays('A', [200], null),
      ...onDays('B', [90], null),
    ]);
    expect(found.modes).toMatchObject([
      { failureMode: 'Leak', assets: 2, failures: 7, ages: { failures: 5, lives: 7 } },
    ]);
    expect(found.trends).toMatchObject([
      { asset: 'A', failures: 5, trend: { failures: 5 } },
      { asset: 'B', failures: 2, trend: { tooFew: true, missing: 3 } },
    ]);
  });

  it('counts orders of one day once, and orders without a failure mode never', () => {
    const found = reliability([...onDays('A', [10, 10, 10, 12]), ...onDays('A', [11, 13], null)]);
    expect(found.modes).toMatchObject([{ failures: 2, ages: { tooFew: true, failures: 1, missing: 4 } }]);
    expect(reliability([])).toEqual({ modes: [], trends: [] });
  });

  it('observes an asset from its first order to its last', () => {
    const even = Array.from({ length: 12 }, (_, n) => 1_000 + 30 * n);
    const [trend] = reliability([...onDays('Z', [0, 5_000], null), ...onDays('A', even)]).trends;
    expect(trend?.trend).toMatchObject({ says: 'no trend shown' });
  });

  it('shows failures that come more often', () => {
    const days = Array.from({ length: 14 }, (_, n) => Math.round(400 * Math.sqrt((n + 1) / 14)));
    const [trend] = reliability([...onDays('A', [0], null), ...onDays('A', days)]).trends;
    expect(trend?.trend).toMatchObject({ says: 'worsening' });
  });
});
