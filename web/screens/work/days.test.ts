import { expect, test } from 'vitest';
import { dayOfPlan, dayStart, withDays, workDays } from './days.ts';

const FRIDAY_NOON = Date.UTC(2026, 9, 16, 12);

test('days of a sentence take the form of all screens', () => {
  expect(withDays('Day proposed: 2026-10-20. Order by 2026-10-22T06:00:00.000Z.')).toBe(
    'Day proposed: Tue 20 Oct. Order by Thu 22 Oct.',
  );
  expect(withDays('Order 2026-99-99 stays as it is')).toBe('Order 2026-99-99 stays as it is');
});

test('a day of the plan is the UTC day, whatever the zone of the plant', () => {
  expect(dayStart(FRIDAY_NOON)).toBe(Date.UTC(2026, 9, 16));
  expect(dayOfPlan(Date.UTC(2026, 9, 16))).toBe('Fri 16 Oct');
});

test('a list of days leaves the weekend out', () => {
  expect(workDays(FRIDAY_NOON, 3).map(dayOfPlan)).toEqual(['Fri 16 Oct', 'Mon 19 Oct', 'Tue 20 Oct']);
});
