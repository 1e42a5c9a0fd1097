import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTooFew } from './answer.ts';
import { badActors, type FailedOrder } from './bad-actors.ts';
import { crowAmsaa, type Trend } from './crow-amsaa.ts';
import { logGamma } from '#vocabulary/gamma.ts';
import { chiSquareBelow, chiSquareQuantile } from './chi-square.ts';
import { mtbf } from './mtbf.ts';
import { fitWeibull, type Life, riskAhead, weibull, type WeibullAnswer } from './weibull.ts';

const DAY = 86_400_000;
const lives = (failed: number[], running: number[] = []): Life[] => [
  ...failed.map((age) => ({ age, failed: true })),
  ...running.map((age) => ({ age, failed: false })),
];

describe('chi-square', () => {
  it('has the quantiles of the printed tables', () => {
    expect(chiSquareQuantile(0.95, 1)).toBeCloseTo(3.841459, 5);
    expect(chiSquareQuantile(0.05, 10)).toBeCloseTo(3.940299, 5);
    expect(chiSquareQuantile(0.975, 30)).toBeCloseTo(46.97924, 4);
    expect(Math.exp(logGamma(0.5))).toBeCloseTo(Math.sqrt(Math.PI), 10);
  });

  it('gives back the share of its quantile', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (share, n) => {
          expect(chiSquareBelow(chiSquareQuantile(share, n), n)).toBeCloseTo(share, 8);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('Weibull', () => {
  it('fits complete lives', () => {
    const fit = fitWeibull(lives([16, 34, 53, 75, 93, 120]));
    expect(fit?.shape).toBeCloseTo(1.9327, 4);
    expect(fit?.scale).toBeCloseTo(73.526, 3);
    expect(fit?.b10).toBeCloseTo(22.95, 2);
  });

  it('counts parts that still run as running, not as failed', () => {
    const fit = fitWeibull(lives([16, 34, 53, 75], [93, 120]));
    expect(fit?.shape).toBeCloseTo(1.3198, 4);
    expect(fit?.scale).toBeCloseTo(92.856, 3);
    expect(fit?.b10).toBeCloseTo(16.88, 2);
    expect(fit?.mean).toBeCloseTo(85.5, 2);
  });

  it('says how many failures are missing instead of a figure', () => {
    expect(weibull(lives([16, 34, 53, 75], [93, 120]))).toMatchObject({
      tooFew: true,
      failures: 4,
      missing: 1,
    });
    const six = weibull(lives([16, 34, 53, 75, 93, 120])) as WeibullAnswer;
    expect(six.shape).toBeCloseTo(1.9327, 4);
    expect(six.pattern).toMatchObject({ tooFew: true, missing: 4 });
    expect(weibull(lives([50, 50, 50, 50, 50]))).toMatchObject({ tooFew: true });
  });

  it('speaks of wear-out only when the interval leaves 1 out', () => {
    const worn = weibull(lives([80, 85, 88, 92, 95, 97, 101, 104, 108, 115])) as WeibullAnswer;
    expect(worn.pattern).toBe('wear-out');
    const any = weibull(lives([5, 12, 22, 35, 50, 70, 95, 130, 180, 280])) as WeibullAnswer;
    expect(any.pattern).toBe('any age');
    expect(any.shapeInterval[0]).toBeLessThan(1);
    expect(any.shapeInterval[1]).toBeGreaterThan(1);
  });

  it('works on ages, not on lives: the history of a large plant holds nobody up', () => {
    const days = Array.from({ length: 200_000 }, (_, n) => 1 + ((n * 7_919) % 3_650));
    const startedMs = performance.now();
    const answer = weibull(lives(days)) as WeibullAnswer;
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    // a uniform age wears out: twice the lives, the same shape and a narrower interval
    const half = weibull(lives(days.slice(0, 100_000))) as WeibullAnswer;
    expect(answer.shape).toBeCloseTo(half.shape, 2);
    const width = ({ scaleInterval: [low, high] }: WeibullAnswer): number => high - low;
    expect(width(half) / width(answer)).toBeCloseTo(Math.SQRT2, 2);
  });

  it('has its best values inside their intervals, in any unit', () => {
    const age = fc.double({ min: 1, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(
        fc.uniqueArray(age, { minLength: 5, maxLength: 20 }),
        fc.array(age, { maxLength: 5 }),
        (f, s) => {
          const answer = weibull(lives(f, s));
          if (isTooFew(answer)) return;
          const scaled = weibull(
            lives(
              f.map((x) => x * 24),
              s.map((x) => x * 24),
            ),
          ) as WeibullAnswer;
          expect(answer.shapeInterval[0]).toBeLessThanOrEqual(answer.shape);
          expect(answer.shapeInterval[1]).toBeGreaterThanOrEqual(answer.shape);
          expect(answer.scaleInterval[0]).toBeLessThanOrEqual(answer.scale);
          expect(answer.scaleInterval[1]).toBeGreaterThanOrEqual(answer.scale);
          expect(scaled.shape / answer.shape).toBeCloseTo(1, 5);
          expect(scaled.scale / answer.scale / 24).toBeCloseTo(1, 5);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('gives a part that has aged more risk when it wears, and the same when it does not', () => {
    expect(riskAhead({ shape: 3, scale: 100 }, 80, 10)).toBeGreaterThan(
      riskAhead({ shape: 3, scale: 100 }, 10, 10),
    );
    expect(riskAhead({ shape: 1, scale: 100 }, 80, 10)).toBeCloseTo(
      riskAhead({ shape: 1, scale: 100 }, 0, 10),
      12,
    );
  });
});

describe('the trend of a repaired system', () => {
  const times = [
    2.7, 10.3, 12.5, 30.6, 57.0, 61.3, 80.0, 109.5, 125.0, 128.6, 143.8, 167.9, 229.2, 296.7, 320.6, 328.2,
    366.2, 396.7, 421.1, 438.2, 501.2, 620.0,
  ];

  it('has the published figures of a test that ended with a failure', () => {
    const trend = crowAmsaa(times, 620) as Trend;
    expect(trend.beta).toBeCloseTo(0.6142, 4);
    expect(trend.lambda).toBeCloseTo(0.4239, 4);
    expect(trend.mtbfNow).toBeCloseTo(45.9, 1);
    expect(trend.unbiasedBeta).toBeCloseTo(0.5584, 4);
    expect(trend.says).toBe('improving');
  });

  it('sees worsening, sees nothing in an even series, and says when failures are too few', () => {
    const mirrored = times.map((time) => 640 - time).toReversed();
    expect((crowAmsaa(mirrored, 640) as Trend).says).toBe('worsening');
    const even = Array.from({ length: 20 }, (_, n) => (n + 1) * 30);
    expect((crowAmsaa(even, 615) as Trend).says).toBe('no trend shown');
    expect(crowAmsaa(times.slice(0, 4), 620)).toMatchObject({ tooFew: true, failures: 4, missing: 1 });
  });
});

describe('MTBF', () => {
  it('without a failure has a lower bound and no figure', () => {
    expect(mtbf(1_000, 0, 0.9)).toMatchObject({ mtbf: null, interval: null });
    expect(mtbf(1_000, 0, 0.9).atLeast).toBeCloseTo(434.3, 1);
    expect(mtbf(1_000, 0, 0.6).atLeast).toBeCloseTo(1_091.4, 1);
  });

  it('shows its interval while failures are few', () => {
    const three = mtbf(3_000, 3);
    expect(three.mtbf).toBe(1_000);
    // 2T / 15.507 and 2T / 1.635: chi-square tables at 8 and 6 degrees of freedom
    expect(three.interval?.[0]).toBeCloseTo(386.9, 1);
    expect(three.interval?.[1]).toBeCloseTo(3_669, 0);
    expect(mtbf(3_000, 5).interval).toBeNull();
  });
});

describe('bad actors', () => {
  const order = (asset: string, failureMode: string | null, day: number, costMinor: number): FailedOrder => ({
    asset,
    failureMode,
    startMs: day * DAY,
    costMinor,
    downtimeH: null,
  });

  it('ranks by each figure and leaves out what has none', () => {
    const found = badActors(
      [order('A', null, 1, 100), order('B', null, 2, 500), order('A', null, 3, 100)],
      10 * DAY,
    );
    expect(found.byCost.map(({ asset }) => asset)).toEqual(['B', 'A']);
    expect(found.byOrders.map(({ asset }) => asset)).toEqual(['A', 'B']);
    expect(found.byDowntime).toEqual([]);
  });

  it('finds the same failure of the same asset three times within twelve months', () => {
    const days = [500, 700, 800];
    const three = days.map((day) => order('A', 'Leak', day, 1));
    const others = [order('A', 'Noise', 790, 1), order('B', 'Leak', 795, 1), order('A', null, 799, 1)];
    expect(badActors([...three, ...others], 860 * DAY).repeats).toEqual([
      { asset: 'A', failureMode: 'Leak', times: 3, lastMs: 800 * DAY },
    ]);
    expect(badActors(three, 866 * DAY).repeats).toEqual([]);
  });
});
