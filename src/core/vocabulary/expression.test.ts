import { describe, expect, it } from 'vitest';
import { ruleOf } from './expression.ts';

const NAMES = ['a', 'b'];

describe('a rule over figures', () => {
  it.each([
    ['a > 4', [5, 0], true],
    ['a - b > 4 && b >= 10', [20, 10], true],
    ['abs(a - b) > 2.5', [1, 4], true],
    ['max(a, 3) > b', [1, 2], true],
    ['a == 4', [4, 0], true],
    ['a / b > 1', [1, 0], true],
    ['a > 1 ? b > 2 : false', [0, 3], false],
    ['a > 4', [Number.NaN, 0], false],
  ])('%s', (text, values, holds) => {
    const rule = ruleOf(text, NAMES);
    expect(typeof rule).toBe('function');
    expect(typeof rule === 'function' && rule(values)).toBe(holds);
  });

  it.each([
    ["'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$') || a > b", /"rcall"/],
    ['a > [1.0][3] && b > 0', /"\[\]"/],
    ['a > b && 5 % 0 == 1', /"%"/],
    ['int(a) > 3 && b > 0', /"int"/],
    ['[1, 2].exists(x, x > a) && b > 1', /uses/],
    ['a + 1', /not true or false/],
    ['a > c', /c/],
  ])('refuses %s', (text, why) => {
    expect(ruleOf(text, NAMES)).toMatch(why);
  });
});
