import { expect, test } from 'vitest';
import { comingWeeks, isoWeek } from './weeks.ts';

test.each([
  ['2026-11-23', '2026-W48'],
  ['2026-11-29', '2026-W48'],
  ['2026-12-31', '2026-W53'],
  ['2027-01-03', '2026-W53'],
  ['2027-01-04', '2027-W01'],
  ['2024-12-30', '2025-W01'],
])('%s lies in %s', (day, week) => {
  expect(isoWeek(Date.parse(`${day}T12:00:00Z`))).toBe(week);
});

test('weeks follow each other over the new year', () => {
  expect(comingWeeks(Date.UTC(2026, 11, 21), 4)).toEqual(['2026-W52', '2026-W53', '2027-W01', '2027-W02']);
});
