import { expect, test } from 'vitest';
import { PlantClock } from './plant-clock.ts';

test('a plant that runs sixty times as fast is recognised from two answers', () => {
  const clock = new PlantClock();
  clock.hear(1_000_000, 5_000);
  expect(clock.told()).toEqual({ plantNowMs: 1_000_000, clockReadMs: 5_000, rate: 1 });
  clock.hear(1_000_000 + 60 * 10_150, 15_000);
  expect(clock.told().rate).toBe(61);
  clock.hear(1_000_000 + 60 * 60_000, 65_000);
  expect(clock.told()).toEqual({ plantNowMs: 4_600_000, clockReadMs: 65_000, rate: 60 });
});

test('two answers within a moment say nothing of the rate', () => {
  const clock = new PlantClock();
  clock.hear(0, 0);
  clock.hear(3_000, 1_000);
  expect(clock.told().rate).toBe(1);
});

test('recorded data that wait stand still, and another plant begins anew', () => {
  const clock = new PlantClock();
  clock.hear(50_000, 0);
  clock.hear(50_000, 10_000);
  expect(clock.told().rate).toBe(0);
  clock.hear(10_000, 20_000);
  clock.hear(20_000, 30_000);
  expect(clock.told().rate).toBe(1);
});
