import { expect, it } from 'vitest';
import { joinsOpenCase } from './quiet.ts';

it('joins while an alert is active, and up to quiet time after the last clear', () => {
  expect(joinsOpenCase(5_000, 1, null, 0)).toBe(true);
  expect(joinsOpenCase(5_000, 0, 4_000, 1_000)).toBe(true);
  expect(joinsOpenCase(5_001, 0, 4_000, 1_000)).toBe(false);
  expect(joinsOpenCase(5_000, 0, null, 1_000)).toBe(false);
});
