import { expect, test } from 'vitest';
import { criticalityOf } from '../../../src/core/1-strategy/criticality.ts';
import { classOf } from './class.ts';

test('gives the class that the plant will give', () => {
  const scores = [1, 3, 5];
  for (const safety of scores) {
    for (const production of scores) {
      for (const likelihood of [1, 2, 3, 4, 5]) {
        for (const redundancy of [1, 0.5, 0.2] as const) {
          const all = { safety, environment: 1, foodSafety: 2, production, cost: 2 };
          const found = criticalityOf(all, likelihood, undefined, redundancy).class;
          expect(classOf(all, likelihood, redundancy)).toBe(found);
        }
      }
    }
  }
});
