import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import type { BacktestMonitor } from './backtest.ts';
import { judgeDesign, profileStep } from './design.ts';

const EVERY_MS = 10 * MINUTE_MS;
const ROWS = (100 * DAY_MS) / EVERY_MS;
/** Rises for a day before each breakdown, and for no reason on day 50. */
const BREAKDOWNS = [20, 80].map((day) => day * DAY_MS);
const TALL = { from: 50 * DAY_MS, value: 7 };

function valueAt(atMs: number): number {
  if (BREAKDOWNS.some((end) => atMs >= end - DAY_MS && atMs < end)) return 9;
  return atMs >= TALL.from && atMs < TALL.from + HOUR_MS ? TALL.value : 2;
}

const timeMs = Float64Array.from({ length: ROWS }, (_, i) => i * EVERY_MS);
const history = { timeMs, value: timeMs.map(valueAt), quality: new Uint8Array(ROWS) };
const events = BREAKDOWNS.map((atMs) => ({ fromMs: atMs - 7 * DAY_MS, toMs: atMs, atMs }));
const options = { quietMs: DAY_MS, events, splitAtMs: null, others: [] };

function monitor(limit: number): BacktestMonitor {
  const delays = { onDelayMs: 0, offDelayMs: 0 };
  return {
    staleAfterMs: HOUR_MS,
    condition: { kind: 'limit', direction: 'high', limit, deadband: 0.5, ...delays },
  };
}

describe('a design on history', () => {
  it('tells the part it is chosen on from the part that checks it', () => {
    const { whole, chosen, checked, marks, edge } = judgeDesign(history, monitor(6), options);
    expect(whole.score).toMatchObject({ events: 2, hits: 2, wrong: 1, caught: 2, missed: 0 });
    expect(chosen).toMatchObject({ notifications: 2, score: { events: 1, hits: 1, wrong: 1 } });
    expect(checked).toMatchObject({ notifications: 1, score: { events: 1, hits: 1, wrong: 0, missed: 0 } });
    expect(whole.score?.leadHours).toEqual([24, 24]);
    expect(marks.map((one) => one.hit)).toEqual([true, false, true]);
    expect(edge).toMatchObject({ value: 6, direction: 'high' });
    expect(chosen.toMs).toBeLessThan(checked.fromMs);
  });

  it('says how often only, where no event is known', () => {
    for (const none of [null, [], [{ fromMs: -3, toMs: -2, atMs: -2 }]]) {
      const { whole, marks } = judgeDesign(history, monitor(6), { ...options, events: none });
      expect(whole).toMatchObject({ notifications: 3, score: null });
      expect(marks.map((one) => one.hit)).toEqual([null, null, null]);
    }
  });

  it('profiles other limits of the same condition', () => {
    const step = (limit: number) => profileStep(history, monitor(6), limit, options);
    expect(step(8)).toEqual({ limit: 8, notifications: 2, hits: 2, wrong: 0, missed: 0 });
    expect(step(10)).toEqual({ limit: 10, notifications: 0, hits: 0, wrong: 0, missed: 2 });
  });

  it('counts nothing of an empty history', () => {
    const none = { timeMs: new Float64Array(), value: new Float64Array(), quality: new Uint8Array() };
    const { whole, marks } = judgeDesign(none, monitor(6), options);
    expect(whole).toMatchObject({ alerts: 0, notifications: 0, alertsPerWeek: null, score: null });
    expect(marks).toEqual([]);
  });
});
