import { expect, it } from 'vitest';
import { atLocal } from './local-time.ts';

it('reads a wall time in its zone, on both sides of a change of clocks', () => {
  expect(atLocal('2026-01-15T12:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 0, 15, 11));
  expect(atLocal('2026-07-15T12:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 6, 15, 10));
  expect(atLocal('2026-03-29T03:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 30));
  expect(atLocal('2026-10-24T23:30', 'America/New_York')).toBe(Date.UTC(2026, 9, 25, 3, 30));
  expect(atLocal('soon', 'UTC')).toBeNaN();
});
