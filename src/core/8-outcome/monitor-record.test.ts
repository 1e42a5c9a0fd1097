import { describe, expect, it } from 'vitest';
import type { MonitorDefinition, Rung } from '#monitor/events.ts';
import type { ConsequenceKind, FailureMode } from '#strategy/events.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { Finding } from '#work/events.ts';
import { monitorRecord } from './monitor-record.ts';
import { outcome } from './outcome.ts';
import { wilson } from './wilson.ts';

function proposal(findings: Finding[], rung: Rung, silentDays = 0, kind: ConsequenceKind = 'production') {
  const state = outcome.initial('p1');
  const condition = { kind: 'limit' };
  const definition = { failureModeId: 'p1.fm', condition, response: { rung } } as MonitorDefinition;
  state.monitors.set('p1.m', new Map([[1, definition]]));
  state.failureModes.set('p1.fm', { consequence: { kind } } as FailureMode);
  const verdicts = findings.map((finding, i) => ({ caseId: `p1.C-${i}`, finding, atMs: i }));
  state.tallies.set('p1.m', { cases: findings.length, lastAlertMs: 0, firstLiveMs: 0, verdicts, visitH: 0 });
  return monitorRecord(state, 'p1.m', silentDays * DAY_MS)?.proposal.what;
}

const Y: Finding = 'as stated';
const N: Finding = 'nothing found';

describe('monitor record', () => {
  it.each([
    [1, 10, 0.018, 0.404],
    [2, 10, 0.057, 0.51],
    [7, 10, 0.397, 0.892],
    [14, 20, 0.481, 0.855],
    [18, 20, 0.699, 0.972],
    [0, 4, 0, 0.49],
    [1, 8, 0.022, 0.471],
    [9, 9, 0.701, 1],
    [19, 20, 0.764, 0.991],
  ])('bounds %i of %i by Wilson', (hits, n, low, high) => {
    expect(wilson(hits, n).low).toBeCloseTo(low, 3);
    expect(wilson(hits, n).high).toBeCloseTo(high, 3);
  });

  it('sends back after three wrong in a row, or when even the upper bound misses the target', () => {
    expect(proposal([Y, N, N, 'sensor'], 'walk-by')).toBe('back to trial');
    expect(proposal([N, N, Y, N, N, 'process', Y, N, N], 'repair')).toBe('back to trial');
    expect(proposal([N, N, Y, N], 'desk look')).not.toBe('back to trial');
  });

  it('does not count answers that say nothing about precision', () => {
    expect(proposal([N, 'already known', N, 'not checked'], 'walk-by')).toBe('keep');
    expect(proposal([N, 'process', N, 'already known', N], 'walk-by')).toBe('back to trial');
  });

  it('tunes a limit that catches process, or too little', () => {
    expect(proposal(['process', Y, 'process'], 'walk-by')).toBe('tune');
    expect(proposal([Y, N, Y, Y, N], 'intrusive check')).toBe('tune');
    expect(proposal([Y, Y, N, Y], 'walk-by')).toBe('keep');
  });

  it('retires what was silent for a year, but never an insurance', () => {
    expect(proposal([Y], 'walk-by', 364)).toBe('keep');
    expect(proposal([Y], 'walk-by', 365)).toBe('retire');
    expect(proposal([Y], 'walk-by', 365, 'food-safety')).toBe('keep');
  });
});
