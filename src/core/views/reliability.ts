import { crowAmsaa, type Trend } from '#strategy/reliability/crow-amsaa.ts';
import type { TooFew } from '#strategy/reliability/answer.ts';
import { type Life, weibull, type WeibullAnswer } from '#strategy/reliability/weibull.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { LostOrder } from './losses.ts';

/** One failure mode over all assets that have it; ages in calendar days between failures of one asset. */
export interface ModeReliability {
  failureMode: string;
  assets: number;
  failures: number;
  ages: WeibullAnswer | TooFew;
}

/** One failure mode of one asset; times in calendar days since the asset's first order. */
export interface ModeTrend {
  asset: string;
  failureMode: string;
  failures: number;
  trend: Trend | TooFew;
}

export interface Reliability {
  modes: ModeReliability[];
  trends: ModeTrend[];
}

/** Orders of one asset and failure mode on one day are one failure. */
function failureDays(orders: readonly LostOrder[]): { asset: string; failureMode: string; days: number[] }[] {
  const found = new Map<string, { asset: string; failureMode: string; days: Set<number> }>();
  for (const { asset, failureMode, startMs } of orders) {
    if (failureMode === null) continue;
    const key = JSON.stringify([asset, failureMode]);
    const one = found.get(key) ?? { asset, failureMode, days: new Set() };
    found.set(key, one);
    one.days.add(Math.floor(startMs / DAY_MS));
  }
  return [...found.values()].map((one) => ({ ...one, days: [...one.days].toSorted((a, b) => a - b) }));
}

/** First and last day of each asset's orders, of whatever kind: how long it was observed, as far as the history tells. */
function observedDays(orders: readonly LostOrder[]): Map<string, { first: number; last: number }> {
  const observed = new Map<string, { first: number; last: number }>();
  for (const { asset, startMs } of orders) {
    const day = Math.floor(startMs / DAY_MS);
    const { first, last } = observed.get(asset) ?? { first: day, last: day };
    observed.set(asset, { first: Math.min(first, day), last: Math.max(last, day) });
  }
  return observed;
}

/**
 * Do failures come with age, and more often than before? Only orders with a failure mode count. The life before an
 * asset's first failure is left out, since nobody knows when it began; the one after its last still runs. An asset is
 * observed from its first order to its last: one that was scrapped half-way has not improved since.
 */
export function reliability(orders: readonly LostOrder[]): Reliability {
  const observed = observedDays(orders);
  const lives = new Map<string, Life[]>();
  const modes = new Map<string, { assets: number; failures: number }>();
  const trends: ModeTrend[] = [];
  for (const { asset, failureMode, days } of failureDays(orders)) {
    const { first, last } = observed.get(asset) as { first: number; last: number };
    const mode = modes.get(failureMode) ?? { assets: 0, failures: 0 };
    modes.set(failureMode, { assets: mode.assets + 1, failures: mode.failures + days.length });
    const known = lives.get(failureMode) ?? [];
    for (const life of livesBetween(days, last)) known.push(life);
    lives.set(failureMode, known);
    // the day itself counts, so that a failure on the first day has an age
    const times = days.map((day) => day - first + 1);
    trends.push({ asset, failureMode, failures: days.length, trend: crowAmsaa(times, last - first + 1) });
  }
  return {
    modes: [...modes]
      .map(([failureMode, counts]) => ({
        failureMode,
        ...counts,
        ages: weibull(lives.get(failureMode) ?? []),
      }))
      .toSorted((a, b) => b.failures - a.failures || (a.failureMode < b.failureMode ? -1 : 1)),
    trends: trends.toSorted((a, b) => b.failures - a.failures || (a.asset < b.asset ? -1 : 1)),
  };
}

function livesBetween(days: readonly number[], last: number): Life[] {
  const lives = days.slice(1).map((day, n): Life => ({ age: day - (days[n] as number), failed: true }));
  const running = last - (days.at(-1) ?? last);
  return running > 0 ? [...lives, { age: running, failed: false }] : lives;
}
