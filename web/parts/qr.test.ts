import { describe, expect, test } from 'vitest';
import { qrModules } from './qr.ts';

const draw = (text: string) =>
  qrModules(text)?.map((row) => row.map((dark) => (dark ? '#' : '.')).join('')) ?? [];

describe('a QR code', () => {
  test('of a known text is the one that independent readers have read', () => {
    expect(draw('P-201').join('\n')).toMatchInlineSnapshot(`
      "#######..###..#######
      #.....#.#.##..#.....#
      #.###.#..#....#.###.#
      #.###.#....#..#.###.#
      #.###.#.#.#.#.#.###.#
      #.....#..##.#.#.....#
      #######.#.#.#.#######
      ..........###........
      #.#.#.#..###....#..#.
      #.###..####...#...###
      #.#.####.#..#...###.#
      ..#.#..#..#...#..#.#.
      .##.#.#.##..#.#.##..#
      ........#..#.#.#.#...
      #######....#.###...##
      #.....#..#.###.###...
      #.###.#.##.#.###.#.##
      #.###.#..##...##.#.#.
      #.###.#.#...#...#.#.#
      #.....#...#...#..#.#.
      #######.##..#.#.##.##"
    `);
  });

  test('grows with its text and says when it is too long', () => {
    expect(draw('x'.repeat(14))).toHaveLength(21);
    expect(draw('x'.repeat(15))).toHaveLength(25);
    expect(draw('x'.repeat(213))).toHaveLength(57);
    expect(qrModules('x'.repeat(214))).toBeNull();
  });

  test('counts bytes, not letters', () => {
    expect(draw('é'.repeat(7))).toHaveLength(21);
    expect(draw('é'.repeat(8))).toHaveLength(25);
  });
});
