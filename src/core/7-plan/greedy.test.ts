import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { proposeDay } from './greedy.ts';
import type { CrewLoad, DraftToPlan } from './planner.ts';

const THURSDAY = Date.UTC(2026, 10, 26);
const FRIDAY = THURSDAY + DAY_MS;
const MONDAY = THURSDAY + 4 * DAY_MS;
const NOW = THURSDAY + 9 * HOUR_MS;
const DRAFT: DraftToPlan = {
  draftId: 'p1.D-0001',
  workH: 5,
  priority: 2,
  latestFinishMs: MONDAY + 30 * DAY_MS,
  notBeforeMs: null,
  partsLeadMs: 0,
};

function load(...taken: [number, number][]): CrewLoad {
  return { crewId: 'p1.c', capacityHPerDay: 14.4, takenH: new Map(taken) };
}

describe('greedy planner', () => {
  it('takes tomorrow when there is room, and skips full days and the weekend', () => {
    expect(proposeDay(load(), DRAFT, NOW).dayMs).toBe(FRIDAY);
    expect(proposeDay(load([FRIDAY, 9.4]), DRAFT, NOW).dayMs).toBe(FRIDAY);
    const next = proposeDay(load([FRIDAY, 9.5]), DRAFT, NOW);
    expect(next).toEqual({
      dayMs: MONDAY,
      because: 'First working day from tomorrow with room: 14.4 h free.',
    });
  });

  it('waits for parts and for the day to look again', () => {
    const parts = proposeDay(load(), { ...DRAFT, partsLeadMs: 3 * DAY_MS + HOUR_MS }, NOW);
    expect(parts).toMatchObject({
      dayMs: MONDAY,
      because: expect.stringContaining('once its parts are here'),
    });
    expect(proposeDay(load(), { ...DRAFT, notBeforeMs: MONDAY + 8 * HOUR_MS }, NOW).dayMs).toBe(MONDAY);
  });

  it('lets priority 1 go today, room or not, and says when a part is missing', () => {
    const now = { ...DRAFT, priority: 1 as const };
    expect(proposeDay(load([THURSDAY, 20]), now, NOW).dayMs).toBe(THURSDAY);
    expect(proposeDay(load(), { ...now, partsLeadMs: DAY_MS }, NOW).because).toContain('must be hurried');
    expect(proposeDay(load(), { ...now, notBeforeMs: MONDAY }, NOW).dayMs).toBe(MONDAY);
  });

  it('starts a job longer than a day on an empty day', () => {
    expect(proposeDay(load([FRIDAY, 1]), { ...DRAFT, workH: 40 }, NOW).dayMs).toBe(MONDAY);
  });

  it('proposes nothing after the latest finish and says why', () => {
    const none = proposeDay(load([FRIDAY, 14]), { ...DRAFT, latestFinishMs: FRIDAY + HOUR_MS }, NOW);
    expect(none).toEqual({ dayMs: null, because: 'No room for 5 h on any working day until 2026-11-27.' });
    const late = proposeDay(load(), { ...DRAFT, latestFinishMs: NOW }, NOW);
    expect(late.because).toBe('The first possible day is 2026-11-27, after the latest finish 2026-11-26.');
  });
});
