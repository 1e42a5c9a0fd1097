import { expect, test } from 'vitest';
import { classOf } from './class.ts';

const LOW = { safety: 1, environment: 1, foodSafety: 1, production: 1, cost: 1 };

// the same rows as in the tests of the plant's own rule
test.each([
  [{ ...LOW, production: 5 }, 4, 1, 'B'],
  [{ ...LOW, safety: 5 }, 1, 1, 'A'],
  [{ ...LOW, environment: 3 }, 5, 1, 'A'],
  [{ ...LOW, foodSafety: 4 }, 2, 1, 'B'],
  [{ ...LOW, production: 4, cost: 3 }, 2, 1, 'C'],
  [{ ...LOW, production: 5 }, 4, 0.2, 'C'],
  [{ ...LOW, production: 5, foodSafety: 5 }, 1, 0.2, 'A'],
])('scores %o, likelihood %i, stand-by %d give %s', (scores, likelihood, redundancy, letter) => {
  expect(classOf(scores, likelihood, redundancy)).toBe(letter);
});
