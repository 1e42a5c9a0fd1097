import { describe, expect, it } from 'vitest';
import type { Recorded } from '#vocabulary/fact.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { acquire } from './acquire.ts';
import { batchOfReadings, nextReadingDueMs, WORDS_UNIT } from './hand.ts';
import type { AcquireState } from './state.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const signal = (signalId: string, unit: string, source: string) => ({
  type: 'monitor.signal-declared',
  data: { signalId, unit, usualIntervalMs: DAY_MS, address: { source } },
});

function filled(): AcquireState {
  const state = acquire.initial('p1');
  const claim = (signalId: string, index: number) => ({
    type: 'acquire.signal-claimed',
    data: { signalId, index, monitorId: `m${index}`, endsAtMs: null },
  });
  const facts = [
    signal('p1.temp', '°C', 'hand'),
    signal('p1.belt', WORDS_UNIT, 'hand'),
    signal('p1.free', '°C', 'hand'),
    signal('p1.flow', 'l/s', 'mqtt'),
    claim('p1.flow', 0),
    claim('p1.temp', 1),
    claim('p1.belt', 2),
  ];
  for (const fact of facts) acquire.evolve(state, fact as Recorded);
  return state;
}

function say(state: AcquireState, type: string, data: unknown): string[] {
  const actor = 'person:tomasz' as const;
  const decision = acquire.decide({ id: 'c', type, actor, data }, state, {
    site: 'p1',
    nowMs: NOW_MS,
    actor,
  });
  if (isRefusal(decision)) return decision.items.map((item) => item.code);
  for (const body of decision) acquire.evolve(state, body as Recorded);
  return decision.map((body) => body.type);
}

const read = (signalId: string, value: number, atMs = NOW_MS) => ({ signalId, value, atMs });
const enter = (state: AcquireState, ...readings: ReturnType<typeof read>[]) =>
  say(state, 'acquire.enter-readings', { how: 'phone', readings });

describe('hand readings', () => {
  it('enter when a monitor asks for them', () => {
    const state = filled();
    expect(enter(state, read('p1.temp', 71))).toEqual(['acquire.readings-entered']);
    expect(state.lastReadMs.get('p1.temp')).toBe(NOW_MS);
  });

  it.each([
    ['what a device sends', read('p1.flow', 1), ['E-ACQUIRE-011']],
    ['what nobody asks for', read('p1.free', 1), ['E-ACQUIRE-012']],
    ['a word that is none', read('p1.belt', 3), ['E-ACQUIRE-013']],
    ['half a word', read('p1.belt', 0.5), ['E-ACQUIRE-013']],
    ['tomorrow', read('p1.temp', 71, NOW_MS + HOUR_MS), ['E-ACQUIRE-014']],
    ['last year', read('p1.temp', 71, NOW_MS - 91 * DAY_MS), ['E-ACQUIRE-014']],
    ['no number', read('p1.temp', Number.NaN), ['E-ACQUIRE-005']],
  ])('are refused: %s', (_what, reading, codes) => {
    expect(enter(filled(), reading)).toEqual(codes);
  });

  it('become a batch in order of time, quality good', () => {
    const readings = [read('p1.temp', 71), read('p1.belt', 1, NOW_MS - HOUR_MS)];
    const batch = batchOfReadings(filled(), readings);
    expect([...batch.signal]).toEqual([2, 1]);
    expect([...batch.value]).toEqual([1, 71]);
    expect([...batch.quality]).toEqual([0, 0]);
    expect(batch.timeMs[0]).toBeLessThan(batch.timeMs[1] as number);
  });
});

describe('a round', () => {
  const round = {
    roundId: 'p1.round',
    name: 'Monday',
    signals: ['p1.temp'],
    everyMs: DAY_MS,
    firstDueMs: NOW_MS,
  };

  it('is due one interval after the last reading', () => {
    const state = filled();
    expect(say(state, 'acquire.plan-round', round)).toEqual(['acquire.round-planned']);
    expect(say(state, 'acquire.plan-round', round)).toEqual([]);
    expect(nextReadingDueMs(state, round, 'p1.temp')).toBe(NOW_MS);
    enter(state, read('p1.temp', 71));
    expect(nextReadingDueMs(state, round, 'p1.temp')).toBe(NOW_MS + DAY_MS);
  });

  it('refuses what is not read by hand, and a reading named twice', () => {
    const wrong = { ...round, signals: ['p1.flow', 'p1.temp', 'p1.temp'] };
    expect(say(filled(), 'acquire.plan-round', wrong)).toEqual(['E-ACQUIRE-004', 'E-ACQUIRE-010']);
  });
});
