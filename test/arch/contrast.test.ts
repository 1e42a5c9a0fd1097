import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Tokens = Record<string, string>;

/** Reads the custom properties of every block whose selector matches. */
function tokensOf(css: string, selector: string): Tokens {
  const found: Tokens = {};
  for (const block of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (block[1]?.replaceAll(/\/\*[^]*?\*\/|["']/g, '').trim() !== selector) continue;
    for (const line of (block[2] ?? '').matchAll(/--([\w-]+):\s*([^;]+);/g)) {
      found[line[1] as string] = (line[2] as string).trim();
    }
  }
  return found;
}

/** Relative luminance of an opaque sRGB colour, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const css = readFileSync(new URL('../../web/tokens.css', import.meta.url), 'utf8');
const light = tokensOf(css, ':root');
const dark: Tokens = { ...light, ...tokensOf(css, '[data-theme=dark]') };

/** token, ground, ratio in light, ratio in dark: the table that the look was drawn by. */
const TABLE: readonly [string, string, number, number][] = [
  ['edge', 'surface', 3.6, 4.2],
  ['edge', 'canvas', 3.2, 4.6],
  ['text', 'surface', 15.9, 13.5],
  ['text', 'canvas', 14.0, 14.9],
  ['text-2', 'surface', 8.2, 8.5],
  ['text-2', 'canvas', 7.3, 9.4],
  ['text-3', 'surface', 5.7, 6.0],
  ['text-3', 'canvas', 5.0, 6.6],
  ['data', 'surface', 11.8, 10.9],
  ['data', 'canvas', 10.4, 12.0],
  ['data-2', 'surface', 3.5, 3.8],
  ['data-2', 'canvas', 3.1, 4.2],
  ['accent', 'surface', 6.5, 8.0],
  ['accent', 'canvas', 5.7, 8.8],
  ['on-accent', 'accent', 6.8, 8.0],
  ['pos', 'surface', 6.6, 8.0],
  ['pos', 'canvas', 5.8, 8.8],
  ['neg', 'surface', 7.2, 7.0],
  ['neg', 'canvas', 6.3, 7.7],
  ['p1-edge', 'surface', 5.9, 5.3],
  ['p2-edge', 'surface', 4.7, 6.7],
  ['p3-edge', 'surface', 5.9, 10.3],
  ['p4-edge', 'surface', 5.7, 6.8],
  ['on-p1', 'p1', 6.1, 6.1],
  ['on-p2', 'p2', 5.1, 7.3],
  ['on-p3', 'p3', 10.4, 10.9],
  ['on-p4', 'p4', 5.9, 7.6],
];

/** Text wants 4.5 to 1, shapes and the edges of controls 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). */
const SHAPES = new Set(['edge', 'data-2', 'p1-edge', 'p2-edge', 'p3-edge', 'p4-edge']);

describe('contrast of the tokens', () => {
  for (const [scheme, tokens, place] of [
    ['light', light, 2],
    ['dark', dark, 3],
  ] as const) {
    test.each(TABLE)(`${scheme}: %s on %s`, (...row) => {
      const [token, ground] = row;
      const measured = contrast(tokens[token] as string, tokens[ground] as string);
      // The table rounds to one decimal.
      expect(Math.abs(measured - row[place])).toBeLessThan(0.1);
      expect(measured).toBeGreaterThanOrEqual(SHAPES.has(token) ? 3 : 4.5);
    });

    test(`${scheme}: words on the other grounds they stand on`, () => {
      for (const [token, ground] of [
        ['text-2', 'sunken'],
        ['text', 'accent-soft'],
        ['text-2', 'accent-soft'],
        ['text', 'raised'],
        ['text-3', 'raised'],
      ] as const) {
        expect(
          contrast(tokens[token] as string, tokens[ground] as string),
          `${token} on ${ground}`,
        ).toBeGreaterThanOrEqual(4.5);
      }
    });
  }

  test('a faded text colour would be caught', () => {
    expect(contrast('#9aa2a9', light['surface'] as string)).toBeLessThan(4.5);
  });
});
