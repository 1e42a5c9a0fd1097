import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { type FinishByInput, finishBy, finishByWords, isoWeek } from './finish-by.ts';

const T_P = Date.UTC(2026, 10, 20);
const INPUT: FinishByInput = {
  lastInsideMs: T_P,
  conditionSinceMs: T_P + HOUR_MS,
  pfMin: { value: 40 * DAY_MS, grade: 'measured', by: null, source: null },
  withinMs: 2 * DAY_MS,
  criticality: 'B',
  durationH: 6,
  partsLeadMs: 0,
};

describe('finish by', () => {
  it('keeps a fifth of the P-F interval back, and two working days to plan', () => {
    const dates = finishBy(INPUT, T_P);
    expect(dates.latestFinishMs).toBe(T_P + 32 * DAY_MS);
    expect(dates.latestStartMs).toBe(T_P + 32 * DAY_MS - 6 * HOUR_MS);
    expect(dates.orderByMs).toBe(dates.latestStartMs - 2 * DAY_MS);
    expect(dates).toMatchObject({ precision: 'date', grade: 'measured', tooLate: false });
  });

  it('keeps three tenths back on A assets and waits for the slowest part', () => {
    const dates = finishBy({ ...INPUT, criticality: 'A', partsLeadMs: 9 * DAY_MS }, T_P);
    expect(dates.latestFinishMs).toBe(T_P + 28 * DAY_MS);
    expect(dates.orderByMs).toBe(dates.latestStartMs - 9 * DAY_MS);
  });

  it('is too late only once order-by has passed', () => {
    const { orderByMs } = finishBy(INPUT, T_P);
    expect(finishBy(INPUT, orderByMs).tooLate).toBe(false);
    expect(finishBy(INPUT, orderByMs + 1).tooLate).toBe(true);
  });

  it('gives a week from a guess, or when nobody saw the last good reading', () => {
    expect(finishBy({ ...INPUT, lastInsideMs: null }, T_P)).toMatchObject({
      latestFinishMs: T_P + HOUR_MS + 32 * DAY_MS,
      precision: 'week',
      grade: 'estimated',
    });
    const unknown = finishBy({ ...INPUT, pfMin: null }, T_P);
    expect(unknown).toMatchObject({ grade: 'assumed', latestFinishMs: T_P + HOUR_MS + 2 * DAY_MS });
    expect(finishByWords(unknown)).toBe('week 47 of 2026, from a guess');
    expect(finishByWords(finishBy(INPUT, T_P))).toBe('2026-12-22, from site data');
  });

  it('counts ISO weeks across the turn of a year', () => {
    expect(isoWeek(Date.UTC(2026, 11, 31))).toEqual({ year: 2026, week: 53 });
    expect(isoWeek(Date.UTC(2027, 0, 3))).toEqual({ year: 2026, week: 53 });
    expect(isoWeek(Date.UTC(2027, 0, 4))).toEqual({ year: 2027, week: 1 });
    expect(isoWeek(Date.UTC(2024, 11, 30))).toEqual({ year: 2025, week: 1 });
  });
});
