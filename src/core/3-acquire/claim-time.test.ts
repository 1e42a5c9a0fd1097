import { describe, expect, it } from 'vitest';
import type { Recorded } from '#vocabulary/fact.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { acquire } from './acquire.ts';
import type { AcquireState } from './state.ts';

const ABOUT = { monitorId: 'p1.m1', version: 1 };
const DEFINITION = { signalId: 'p1.envelope', condition: { kind: 'limit' } };

/** Folds a fact and what this room answers to it. */
function tell(state: AcquireState, type: string, nowMs: number, data: object = ABOUT): void {
  const fact = { type, v: 1, data, atMs: nowMs } as Recorded;
  acquire.evolve(state, fact);
  const answers = acquire.follow(fact, state, { site: 'p1', nowMs, actor: 'person:ana' });
  for (const body of answers) acquire.evolve(state, { ...body, atMs: nowMs } as Recorded);
}

/** Lets the clock speak. */
function at(state: AcquireState, nowMs: number): AcquireState['claims'] {
  const bodies = acquire.due(state, { site: 'p1', nowMs, actor: 'system:clock' });
  for (const body of bodies) acquire.evolve(state, { ...body, atMs: nowMs } as Recorded);
  return state.claims;
}

const ends = (state: AcquireState) => [...state.claims.values()].map(({ endsAtMs }) => endsAtMs);

describe('a claim', () => {
  it('holds a signal for 90 days as draft, for 90 more on trial, and without end when live', () => {
    const state = acquire.initial('p1');
    tell(state, 'monitor.drafted', 0, { ...ABOUT, definition: DEFINITION });
    expect(ends(state)).toEqual([90 * DAY_MS]);
    tell(state, 'monitor.trial-started', 30 * DAY_MS);
    expect(ends(state)).toEqual([120 * DAY_MS]);
    tell(state, 'monitor.activated', 60 * DAY_MS);
    expect(ends(state)).toEqual([null]);
    expect(at(state, 1000 * DAY_MS).size).toBe(1);
  });

  it('of a draft ends on day 90', () => {
    const state = acquire.initial('p1');
    tell(state, 'monitor.drafted', 0, { ...ABOUT, definition: DEFINITION });
    expect(at(state, 90 * DAY_MS - 1).size).toBe(1);
    expect(at(state, 90 * DAY_MS).size).toBe(0);
  });
});
