import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#vocabulary/time.ts';
import * as fixture from './gate.fixture.ts';
import { activate, type Bench, ready, tell } from './gate.fixture.ts';
import { monitor } from './monitor.ts';

const left = (bench: Bench, personId: string) =>
  tell(bench, { type: 'access.person-left', v: 1, data: { personId } });
const accountable = (bench: Bench, objectiveId: string, person: string) =>
  tell(bench, {
    type: 'strategy.objective-set',
    v: 1,
    data: { ...fixture.objective, objectiveId, accountable: person },
  });
const moved = (bench: Bench, objectiveId: string) =>
  tell(bench, { type: 'strategy.failure-mode-described', v: 1, data: { ...fixture.mode, objectiveId } });

function orphaned(): Bench {
  const bench = ready();
  activate(bench);
  accountable(bench, 'p1.stops', 'david');
  left(bench, 'marta');
  expect(monitor.nextDueMs(bench.state)).toBe(bench.nowMs + 14 * DAY_MS);
  return bench;
}

/** What the clock hears on day 14; that something is due and nothing follows would stop the plant. */
function onDay14(bench: Bench): string[] {
  bench.nowMs += 14 * DAY_MS;
  const isDue = monitor.nextDueMs(bench.state) <= bench.nowMs;
  const bodies = monitor.due(bench.state, { site: 'p1', nowMs: bench.nowMs, actor: 'system:clock' });
  expect(bodies.length > 0).toBe(isDue);
  for (const body of bodies) tell(bench, body);
  return bodies.map((body) => body.type);
}

const owner = ({ state }: Bench) => state.monitors.get('p1.m1')?.versions.get(1)?.definition.owner;

describe('a monitor whose owner left', () => {
  it('passes to who is accountable after 14 days', () => {
    const bench = orphaned();
    expect(onDay14(bench)).toEqual(['monitor.handed-over']);
    expect(owner(bench)).toBe('david');
  });

  it('waits for nobody once who is accountable has left too, and passes to the next one', () => {
    const bench = orphaned();
    left(bench, 'david');
    expect(bench.state.dues.size).toBe(0);
    expect(onDay14(bench)).toEqual([]);
    accountable(bench, 'p1.stops', 'nina');
    expect(monitor.nextDueMs(bench.state)).toBeLessThanOrEqual(bench.nowMs);
  });

  it('follows its failure mode to another objective', () => {
    const bench = orphaned();
    moved(bench, 'p1.nobodys');
    expect(onDay14(bench)).toEqual([]);
    accountable(bench, 'p1.energy', 'nina');
    moved(bench, 'p1.energy');
    expect(onDay14(bench)).toEqual(['monitor.handed-over']);
    expect(owner(bench)).toBe('nina');
  });

  it('never has something due and nothing to say, whatever date was noted', () => {
    const bench = orphaned();
    bench.state.left.add('david');
    expect(onDay14(bench)).toEqual([]);
    expect(monitor.nextDueMs(bench.state)).toBe(Number.POSITIVE_INFINITY);
  });
});
