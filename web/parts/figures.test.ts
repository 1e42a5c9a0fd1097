import { expect, test } from 'vitest';
import { csvCell, csvText } from './csv.ts';
import { wayDone } from './KpiBar.tsx';
import { FIRST_ROW_Y, geometryOf, layOut, ROW_HEIGHT } from './line-layout.ts';
import type { LineGroup, PictureThread } from './line-shapes.ts';
import { initials } from './Person.tsx';
import { niceSteps, rangeOf, spanOf } from './trend-shapes.ts';

test('a KPI counts the way in either direction and stays within it', () => {
  expect(wayDone({ baseline: 9.4, target: 5 }, 6.1)).toBeCloseTo(0.75);
  expect(wayDone({ baseline: 61.2, target: 68 }, 64.9)).toBeCloseTo(0.544, 3);
  expect(wayDone({ baseline: 9.4, target: 5 }, 11)).toBe(0);
  expect(wayDone({ baseline: 9.4, target: 5 }, 4)).toBe(1);
});

test('axis steps are round, few, and inside the range', () => {
  expect(niceSteps(0, 6)).toEqual([0, 2, 4, 6]);
  expect(niceSteps(1, 2.5)).toEqual([1, 1.5, 2, 2.5]);
  expect(niceSteps(61, 107)).toEqual([80, 100]);
  for (const [low, high] of [
    [0.001, 0.0093],
    [-40, 12],
    [1e6, 9.7e6],
  ] as const) {
    const steps = niceSteps(low, high);
    expect(steps.length).toBeLessThanOrEqual(5);
    expect(steps.every((step) => step >= low && step <= high)).toBe(true);
  }
  expect(niceSteps(3, 3)).toEqual([3]);
});

test('the axis holds limit and forecast, and survives a trend of gaps', () => {
  const trend = { timesMs: [1, 2], values: [1, 2], unit: 's', limit: { value: 9, side: 'high' as const } };
  expect(rangeOf(trend)[1]).toBeGreaterThan(9);
  expect(rangeOf({ timesMs: [1], values: [null], unit: 's' })).toEqual([0, 1]);
  expect(spanOf({ timesMs: [], values: [], unit: 's' })).toEqual([0, 1]);
});

test('a cell that a spreadsheet would run is defused, numbers keep their sign', () => {
  expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
  expect(csvCell('-2 people')).toBe("'-2 people");
  expect(csvCell(-2)).toBe('-2');
  expect(csvCell('a, b')).toBe('"a, b"');
  expect(csvCell(null)).toBe('');
});

test('a file has a header, one line a row, and CRLF', () => {
  const columns = [
    { title: 'Name', value: (row: { n: string }) => row.n },
    { title: 'Length', value: (row: { n: string }) => row.n.length },
  ];
  expect(csvText(columns, [{ n: 'pump' }])).toBe('Name,Length\r\npump,4\r\n');
});

test('initials take the first and the last word', () => {
  expect(initials('T. Novak')).toBe('TN');
  expect(initials('Anna Maria de Vries')).toBe('AV');
  expect(initials('Cher')).toBe('C');
  expect(initials('')).toBe('?');
});

test('threads stand one row apart and groups never overlap', () => {
  const group = (id: string, threads: number): LineGroup => ({
    id,
    name: id,
    now: { value: '1', unit: 'h' },
    standing: '',
    threads: Array.from({ length: threads }, (_, n) => ({ id: `${id}${n}` }) as PictureThread),
  });
  const layout = layOut([group('a', 3), group('b', 0), group('c', 1)]);
  expect(layout.groups[0]?.rows).toEqual([
    FIRST_ROW_Y,
    FIRST_ROW_Y + ROW_HEIGHT,
    FIRST_ROW_Y + 2 * ROW_HEIGHT,
  ]);
  const ys = layout.groups.map((placed) => placed.y);
  expect(ys[1]).toBeGreaterThan(FIRST_ROW_Y + 2 * ROW_HEIGHT);
  expect((ys[2] ?? 0) - (ys[1] ?? 0)).toBeGreaterThan(40);
  expect(layout.height).toBeGreaterThan(ys[2] ?? 0);
});

test('the picture takes the width it is given, from a small window to a wide one, its places in order', () => {
  for (const width of [868, 918, 1044, 1164, 1286, 1496]) {
    const { width: drawn, rootX, trunkX, stopX, arrowX, moneyX } = geometryOf(width);
    expect(drawn).toBe(width);
    const places = [rootX, trunkX, ...Object.values(stopX), arrowX, moneyX.avoided, moneyX.saved];
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(moneyX.avoided - arrowX).toBeGreaterThan(60);
    expect(moneyX.saved).toBe(width);
  }
});
