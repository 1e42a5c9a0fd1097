import { describe, expect, it } from 'vitest';
import * as fixture from './gate.fixture.ts';
import { activate, type Bench, described, drafted, ready, refusedFor, run, tell } from './gate.fixture.ts';
import { liveGate } from './gate.ts';
import { noiseBudget } from '#vocabulary/noise.ts';
import { budgetFor, expectedWaste } from './noise-budget.ts';
import { consequenceScore, priorityOf } from './priority.ts';

const HOUR_MS = 3_600_000;

function withBacktest(bench: Bench, changes: object): Bench {
  run(bench, 'rule:backtest', 'monitor.record-backtest', { ...fixture.backtest, ...changes });
  return bench;
}

describe('noise budget', () => {
  it('of 90 hours present and 10 % is 9.0 h walk and 2.7 h noise', () => {
    const { walkH, noiseH } = noiseBudget({ presentHPerWeek: 90, cbmShare: 0.1 });
    expect(walkH).toBeCloseTo(9, 10);
    expect(noiseH).toBeCloseTo(2.7, 10);
  });

  it('charges what the backtest found wrong', () => {
    const waste = expectedWaste(fixture.definition, {
      ...fixture.backtest,
      notificationsPerWeek: 3,
      precision: 0.4,
    });
    expect(waste?.hPerWeek).toBeCloseTo(1.8, 10);
  });

  it('counts every unproven visit as wasted, or a named estimate, but at least half', () => {
    const unscored = {
      ...fixture.backtest,
      notificationsPerWeek: 4,
      precision: null,
      events: null,
      caught: null,
    };
    const visits = (value: number, grade: 'estimated' | 'assumed') => ({
      ...fixture.definition,
      expectedWrongVisitsPerWeek: { value, grade, by: 'ana', source: null },
    });
    expect(expectedWaste(fixture.definition, unscored)?.hPerWeek).toBe(4);
    expect(expectedWaste(visits(0.1, 'assumed'), unscored)?.hPerWeek).toBe(4);
    expect(expectedWaste(visits(0.1, 'estimated'), unscored)?.hPerWeek).toBe(2);
    expect(expectedWaste(visits(3, 'estimated'), unscored)?.hPerWeek).toBe(3);
    expect(expectedWaste(visits(9, 'estimated'), unscored)?.hPerWeek).toBe(4);
    expect(expectedWaste(visits(0.3, 'estimated'), null)?.hPerWeek).toBe(0.3);
    expect(expectedWaste(fixture.definition, null)).toBeNull();
  });

  it('refuses a monitor whose waste does not fit', () => {
    const bench = withBacktest(ready(), { notificationsPerWeek: 5, precision: 0.45 });
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-217']);
  });

  it("refuses when the crew's live monitors have taken the room, and gives it back when one retires", () => {
    const bench = withBacktest(ready(), { notificationsPerWeek: 4, precision: 0.5 });
    expect(activate(bench)).toBe(1);
    const data = { monitorId: 'p1.m2', definition: fixture.definition, reason: 'second' };
    run(bench, 'person:ana', 'monitor.draft', data);
    withBacktest(bench, { monitorId: 'p1.m2', notificationsPerWeek: 2, precision: 0.5 });
    const about = { monitorId: 'p1.m2', version: 1 };
    run(bench, 'person:ana', 'monitor.open-review', { ...about, episodes: fixture.episodes() });
    run(bench, 'person:ewa', 'monitor.sign-review', { ...about, agreed: 4, of: 5, commentRef: null });
    run(bench, 'person:ana', 'monitor.propose', { monitorId: 'p1.m2', version: 1 });
    run(bench, 'person:ewa', 'monitor.sign-off', { monitorId: 'p1.m2', version: 1, as: 'technician' });
    const goLive = () => run(bench, 'person:marta', 'monitor.activate', { monitorId: 'p1.m2', version: 1 });
    expect(refusedFor(goLive())).toEqual(['E-GATE-217']);
    run(bench, 'person:marta', 'monitor.retire', { monitorId: 'p1.m1', reason: 'worse than its neighbour' });
    expect(goLive()).toBe(1);
  });

  it('keeps the room of a monitor that sleeps: it will wake without asking', () => {
    const bench = withBacktest(ready(), { notificationsPerWeek: 4, precision: 0.5 });
    expect(activate(bench)).toBe(1);
    const asset = { assetId: 'p1.P-201', reason: 'winter stop' };
    expect(run(bench, 'person:marta', 'monitor.put-to-sleep', asset)).toBe(1);
    run(bench, 'person:ana', 'monitor.draft', {
      monitorId: 'p1.m2',
      definition: fixture.definition,
      reason: 'second',
    });
    withBacktest(bench, { monitorId: 'p1.m2', notificationsPerWeek: 2, precision: 0.5 });
    const second = bench.state.monitors.get('p1.m2')?.versions.get(1);
    if (!second) throw new Error('no version');
    expect(budgetFor(bench.state, 'p1.m2', second)).toMatchObject({
      takenH: 2,
      walksPerWeek: 6,
      fits: false,
    });
  });

  it('says in figures what would make it fit', () => {
    const bench = withBacktest(ready(), { notificationsPerWeek: 5, precision: 0.4 });
    const version = bench.state.monitors.get('p1.m1')?.versions.get(1);
    if (!version) throw new Error('no version');
    expect(budgetFor(bench.state, 'p1.m1', version)?.wouldFit).toEqual([
      'a limit or delay with at most 2.70 wasted visits a week (now 3.00)',
      'a precision of at least 0.46 (now 0.40)',
      'visits of at most 0.90 h (now 1.00 h)',
      '100.0 crew hours a week (now 90.0 h)',
    ]);
    const answer = activate(bench);
    expect(typeof answer === 'object' && answer.items[0]?.mend).toContain('100.0 crew hours a week');
    tell(bench, { type: 'strategy.crew-formed', v: 1, data: { ...fixture.crew, presentHPerWeek: 100 } });
    expect(activate(bench)).toBe(1);
  });

  it('gives desk looks a limit of their own, from the minutes a crew has for them', () => {
    const desk = { ...fixture.definition.response, rung: 'desk look', visitH: 0.25 };
    const bench = withBacktest(ready(drafted(described(), { response: desk as never })), {
      notificationsPerWeek: 6,
      precision: 1,
    });
    const crewId = 'p1.MECH-B';
    const triage = (triageMinPerWeek: number | null) =>
      tell(bench, { type: 'strategy.shifts-set', v: 1, data: { crewId, shifts: [], triageMinPerWeek } });
    triage(75);
    const answer = activate(bench);
    expect(refusedFor(answer)).toEqual(['E-GATE-217']);
    expect(typeof answer === 'object' && answer.items[0]?.mend).toContain('1.0 desk looks a week fewer');
    triage(90);
    expect(activate(bench)).toBe(1);
  });

  it('allows two walks for each shift that the crew works', () => {
    const bench = withBacktest(ready(), { notificationsPerWeek: 6, precision: 1 });
    const shifts = [1, 3].map((day) => ({ day, startMin: 360, endMin: 840 }));
    tell(bench, {
      type: 'strategy.shifts-set',
      v: 1,
      data: { crewId: 'p1.MECH-B', shifts, triageMinPerWeek: null },
    });
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-217']);
  });

  it('lets the owner alone decide about what guards people, over the budget', () => {
    const bench = withBacktest(ready(), { notificationsPerWeek: 5, precision: 0.4 });
    const consequence = { ...fixture.mode.consequence, kind: 'safety' };
    tell(bench, { type: 'strategy.failure-mode-described', v: 1, data: { ...fixture.mode, consequence } });
    const byAna = run(bench, 'person:ana', 'monitor.activate', { monitorId: 'p1.m1', version: 1 });
    expect(refusedFor(byAna)).toEqual(['E-MONITOR-067']);
    expect(activate(bench)).toBe(1);
  });

  it('refuses more than two walks a shift even when none is wasted', () => {
    const bench = withBacktest(ready(), { notificationsPerWeek: 10.5, precision: 1 });
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-217']);
  });

  it.each(['safety', 'food-safety', 'environment'])('never refuses a monitor on %s', (kind) => {
    const bench = withBacktest(ready(), { notificationsPerWeek: 5, precision: 0.45 });
    const data = { ...fixture.mode, consequence: { ...fixture.mode.consequence, kind } };
    tell(bench, { type: 'strategy.failure-mode-described', v: 1, data });
    expect(activate(bench)).toBe(1);
  });

  it('never refuses a monitor on an A asset, and says that the owner decides', () => {
    const bench = withBacktest(ready(), { notificationsPerWeek: 5, precision: 0.45 });
    tell(bench, {
      type: 'strategy.criticality-assessed',
      v: 1,
      data: { ...fixture.criticality, class: 'A' },
    });
    const item = liveGate(bench.state, 'p1.m1', 1, bench.nowMs).find((one) => one.code === 'E-GATE-217');
    expect(item?.detail).toContain('goes to the owner');
    expect(activate(bench)).toBe(1);
  });

  it('is not known while nothing says how often the monitor is wrong', () => {
    const bench = drafted();
    const version = bench.state.monitors.get('p1.m1')?.versions.get(1);
    expect(version && budgetFor(bench.state, 'p1.m1', version)).toBeNull();
  });
});

describe('priority', () => {
  it.each([
    [8 * HOUR_MS, 3, 1],
    [8 * HOUR_MS + 1, 3, 2],
    [24 * HOUR_MS, 4, 2],
    [168 * HOUR_MS, 3, 3],
    [168 * HOUR_MS + 1, 3, 4],
    [24 * HOUR_MS, 5, 1],
    [24 * HOUR_MS, 2, 3],
    [null, 3, 4],
    [0, 5, 1],
  ])('of %s ms to respond and consequence %i is %i', (timeMs, score, priority) => {
    expect(priorityOf(timeMs, score)).toBe(priority);
  });

  it('takes the score of the failure mode’s own kind, and is computed, not chosen', () => {
    expect(consequenceScore(fixture.mode, undefined)).toBe(3);
    expect(drafted().state.monitors.get('p1.m1')?.versions.get(1)?.priority).toBe(2);
    const unassessed = described(['strategy.criticality-assessed']);
    const data = { ...fixture.mode, consequence: { ...fixture.mode.consequence, kind: 'safety' } };
    tell(unassessed, { type: 'strategy.failure-mode-described', v: 1, data });
    expect(drafted(unassessed).state.monitors.get('p1.m1')?.versions.get(1)?.priority).toBe(1);
  });
});
