import { describe, expect, it } from 'vitest';
import { weekOpenedAt, weekStartOf } from './week.ts';

const at = (iso: string) => Date.parse(iso);

describe('the week a planner opens', () => {
  it('is the running one from Monday to the last moment of Friday', () => {
    for (const moment of ['2026-11-16T00:00:00Z', '2026-11-18T12:00:00Z', '2026-11-20T23:59:59Z']) {
      expect(weekOpenedAt(at(moment))).toBe(at('2026-11-16T00:00:00Z'));
    }
  });

  it('is the coming one on Saturday and Sunday', () => {
    for (const moment of ['2026-11-21T00:00:00Z', '2026-11-22T23:59:59Z']) {
      expect(weekOpenedAt(at(moment))).toBe(at('2026-11-23T00:00:00Z'));
      expect(weekStartOf(at(moment))).toBe(at('2026-11-16T00:00:00Z'));
    }
  });
});
