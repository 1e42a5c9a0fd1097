import { expect, it } from 'vitest';
import { rowsAhead } from './ahead.ts';

const MIN = 60_000;

function ahead(minutes: number[], bad: number[] = []): number[] {
  const quality = Uint8Array.from(minutes, (_, i) => (bad.includes(i) ? 2 : 0));
  return [
    ...rowsAhead(
      Float64Array.from(minutes, (m) => m * MIN),
      quality,
    ).row,
  ];
}

it('finds a lone stamp an hour ahead, and two in a row', () => {
  expect(ahead([0, 5, 70, 15, 20, 25])).toEqual([2]);
  expect(ahead([0, 5, 70, 75, 20, 25, 30])).toEqual([2, 3]);
  expect(ahead([60, 5, 10, 15])).toEqual([0]);
});

it('gives the receive time of the first row that bears witness', () => {
  const found = rowsAhead(Float64Array.of(0, 5 * MIN, 70 * MIN, 15 * MIN, 20 * MIN), new Uint8Array(5));
  expect([...found.receivedMs]).toEqual([15 * MIN]);
});

it('leaves a clock that steps back to the late rule', () => {
  expect(ahead([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 10, 15, 20, 25, 30])).toEqual([]);
});

it('needs every remaining row near the end, and none is no witness', () => {
  expect(ahead([0, 70, 10])).toEqual([1]);
  expect(ahead([0, 70, 10, 80])).toEqual([]);
  expect(ahead([0, 70])).toEqual([]);
});

it('takes no notice of a step within the tolerance, and none of a bad row', () => {
  expect(ahead([0, 9, 5, 6, 7])).toEqual([]);
  expect(ahead([0, 70, 10, 15, 20], [1])).toEqual([]);
});
