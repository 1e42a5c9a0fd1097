import { describe, expect, test } from 'vitest';
import { money } from './money.ts';
import { count, counted, number, percent } from './number.ts';
import { clock, dateTime, day, longDay, moment, month, span } from './time.ts';

const NOON = Date.UTC(2026, 9, 15, 10, 0);
const HERE = 'Europe/Berlin';

describe('money', () => {
  test.each([
    [3_440_000, {}, '€34,400'],
    [-290_000, {}, '\u2212€2,900'],
    [960_000, { signed: true }, '+€9,600'],
    [-290_000, { signed: true }, '\u2212€2,900'],
    [0, { signed: true }, '€0'],
    [1_250, { cents: true }, '€12.50'],
    [49, {}, '€0'],
  ])('%i %o', (minor, style, words) => {
    expect(money(minor, { currency: 'EUR', ...style })).toBe(words);
  });

  test('another currency has its own sign', () => {
    expect(money(120_000, { currency: 'USD' })).toBe('$1,200');
  });
});

describe('times in the zone of the plant', () => {
  test('24 hours, short names, no comma', () => {
    expect(dateTime(NOON, HERE)).toBe('Thu 15 Oct 12:00');
    expect(clock(NOON, 'UTC')).toBe('10:00');
    expect(day(NOON, HERE)).toBe('Thu 15 Oct');
    expect(longDay(NOON, HERE)).toBe('Thu 15 Oct 2026');
    expect(month(NOON, HERE)).toBe('Oct 2026');
  });

  test('midnight is 00, never 24', () => {
    expect(clock(Date.UTC(2026, 0, 1), 'UTC')).toBe('00:00');
  });

  test('September keeps three letters', () => {
    expect(day(Date.UTC(2026, 8, 2), 'UTC')).toBe('Wed 2 Sep');
  });

  test('today is judged in the zone of the plant, not of the reader', () => {
    const lateEvening = Date.UTC(2026, 9, 14, 22, 30);
    expect(moment(lateEvening, NOON, HERE)).toBe('Today 00:30');
    expect(moment(lateEvening, NOON, 'UTC')).toBe('Wed 14 Oct 22:30');
  });

  test.each([
    [0, '0 s'],
    [-5_000, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [104 * 60_000, '1 h 44 min'],
    [2 * 3_600_000, '2 h'],
    [52 * 3_600_000, '2 d 4 h'],
  ])('%i ms lasts %s', (ms, words) => {
    expect(span(ms)).toBe(words);
  });
});

describe('numbers', () => {
  test('true minus, thousands, units behind a gap', () => {
    expect(number(-1_234.5, 1)).toBe('\u22121,234.5');
    expect(number(2.80449)).toBe('2.804');
    expect(number(Number.NaN)).toBe('no number');
    expect(percent(0.63)).toBe('63 %');
    expect(count(1_912_000)).toBe('1.9 M');
    expect(count(99_999)).toBe('99,999');
    expect(counted(1, 'case', 'cases')).toBe('1 case');
    expect(counted(3, 'case', 'cases')).toBe('3 cases');
  });
});
