import { describe, expect, it } from 'vitest';
import { DAY_MS, LONGEST_SPAN_MS } from '#vocabulary/time.ts';
import * as fixture from './gate.fixture.ts';
import {
  activate,
  type Bench,
  described,
  drafted,
  ready,
  refusedFor,
  reviewed,
  run,
  tell,
} from './gate.fixture.ts';
import { judgedMonitors } from './judged.ts';
import { monitor } from './monitor.ts';

const propose = (bench: Bench, who: string, version = 1) =>
  run(bench, `person:${who}`, 'monitor.propose', { monitorId: 'p1.m1', version });
const sign = (bench: Bench, who: string, as: string, version = 1) =>
  run(bench, `person:${who}`, 'monitor.sign-off', { monitorId: 'p1.m1', version, as });
const change = (bench: Bench, limit: number) =>
  run(bench, 'person:ana', 'monitor.change', {
    monitorId: 'p1.m1',
    definition: { ...fixture.definition, condition: { ...fixture.definition.condition, limit } },
    reason: 'thicker soup',
  });

function backtested(bench = drafted()): Bench {
  run(bench, 'rule:backtest', 'monitor.record-backtest', fixture.backtest);
  return reviewed(bench);
}

describe('sign-off', () => {
  it('needs a technician of the crew among two different people', () => {
    const bench = backtested();
    propose(bench, 'ana');
    expect(refusedFor(sign(bench, 'ana', 'technician'))).toEqual(['E-MONITOR-034']);
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-216']);
    expect(sign(bench, 'marta', 'owner')).toBe(1);
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-216']);
    expect(sign(bench, 'ewa', 'technician')).toBe(1);
    expect(activate(bench)).toBe(1);
  });

  it('counts the proposer as one: a technician who proposes needs any second person', () => {
    const bench = backtested();
    propose(bench, 'tomasz');
    expect(sign(bench, 'tomasz', 'proposer')).toBe(0);
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-216']);
    sign(bench, 'marta', 'owner');
    expect(activate(bench)).toBe(1);
  });

  it('refuses strangers to the crew, owners of nothing, and signing what nobody proposed', () => {
    const bench = backtested();
    expect(refusedFor(sign(bench, 'ewa', 'technician'))).toEqual(['E-MONITOR-033']);
    propose(bench, 'ana');
    expect(refusedFor(sign(bench, 'stranger', 'technician'))).toEqual(['E-MONITOR-037']);
    expect(refusedFor(sign(bench, 'stranger', 'owner'))).toEqual(['E-MONITOR-036']);
    expect(refusedFor(sign(bench, 'stranger', 'proposer'))).toEqual(['E-MONITOR-035']);
    expect(refusedFor(propose(bench, 'marta'))).toEqual(['E-MONITOR-032']);
  });

  it('lets a neighbouring crew sign for a crew of one', () => {
    const one = described();
    tell(one, { type: 'strategy.crew-formed', v: 1, data: { ...fixture.crew, technicians: ['tomasz'] } });
    const neighbours = { ...fixture.crew, crewId: 'p1.MECH-C', technicians: ['nina', 'olaf'] };
    tell(one, { type: 'strategy.crew-formed', v: 1, data: neighbours });
    const bench = backtested(drafted(one));
    propose(bench, 'tomasz');
    sign(bench, 'marta', 'owner');
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-216']);
    expect(sign(bench, 'nina', 'technician')).toBe(1);
    expect(activate(bench)).toBe(1);
  });

  it('is done by people only', () => {
    const bench = ready();
    const data = { monitorId: 'p1.m1', version: 1 };
    expect(refusedFor(run(bench, 'rule:x', 'monitor.activate', data))).toEqual(['E-MONITOR-002']);
    expect(refusedFor(run(bench, 'system:setup', 'monitor.propose', data))).toEqual(['E-MONITOR-002']);
  });
});

describe('lifecycle', () => {
  it('judges the version in effect until a new one is activated', () => {
    const bench = ready();
    activate(bench);
    expect(change(bench, 5)).toBe(2);
    expect(judgedMonitors(bench.state)).toMatchObject([{ version: 1, trial: false }]);
    expect(refusedFor(activate(bench, 1))).toEqual(['E-MONITOR-031']);
    expect(refusedFor(activate(bench, 2))).toEqual([
      'E-GATE-215',
      'E-GATE-216',
      'E-GATE-217',
      'E-GATE-221',
      'E-GATE-222',
    ]);
    const after = { ...fixture.backtest, version: 2 };
    const about = { monitorId: 'p1.m1', version: 2 };
    run(bench, 'person:ana', 'monitor.compare-versions', { ...about, before: fixture.backtest, after });
    run(bench, 'person:lars', 'monitor.comment', { ...about, textRef: 'text:1' });
    reviewed(bench, 2);
    expect(propose(bench, 'ana', 2)).toBe(0);
    expect(bench.state.monitors.get('p1.m1')?.lifecycle).toBe('under review');
    expect(judgedMonitors(bench.state)).toMatchObject([{ version: 1, trial: false }]);
    sign(bench, 'lars', 'technician', 2);
    expect(activate(bench, 2)).toBe(1);
    expect(judgedMonitors(bench.state)).toMatchObject([
      { version: 2, trial: false, definition: { condition: { limit: 5 } } },
    ]);
  });

  it('goes on judging a trial while its new version waits', () => {
    const bench = drafted();
    run(bench, 'person:ana', 'monitor.start-trial', { monitorId: 'p1.m1' });
    change(bench, 5);
    expect(judgedMonitors(bench.state)).toMatchObject([{ version: 1, trial: true }]);
    expect(run(bench, 'person:ana', 'monitor.start-trial', { monitorId: 'p1.m1' })).toBe(1);
    expect(judgedMonitors(bench.state)).toMatchObject([{ version: 2, trial: true }]);
    expect(run(bench, 'person:ana', 'monitor.start-trial', { monitorId: 'p1.m1' })).toBe(0);
  });

  it('does not judge drafts, nor what is retired', () => {
    const bench = drafted();
    expect(judgedMonitors(bench.state)).toEqual([]);
    ready(bench);
    expect(judgedMonitors(bench.state)).toMatchObject([{ version: 1, trial: true }]);
    activate(bench);
    expect(
      refusedFor(run(bench, 'person:marta', 'monitor.retire', { monitorId: 'p1.m1', reason: '' })),
    ).toEqual(['E-MONITOR-009']);
    run(bench, 'person:marta', 'monitor.retire', { monitorId: 'p1.m1', reason: 'pump scrapped' });
    expect(judgedMonitors(bench.state)).toEqual([]);
    expect(refusedFor(change(bench, 6))).toEqual(['E-MONITOR-039']);
  });

  it('takes back what was earned when a monitor goes back to trial', () => {
    const bench = ready();
    activate(bench);
    const back = { monitorId: 'p1.m1', reason: '0 of 4' };
    expect(refusedFor(run(bench, 'source:edge', 'monitor.send-back-to-trial', back))).toEqual([
      'E-MONITOR-002',
    ]);
    expect(run(bench, 'rule:record', 'monitor.send-back-to-trial', back)).toBe(1);
    expect(judgedMonitors(bench.state)).toMatchObject([{ version: 1, trial: true }]);
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-215', 'E-GATE-216']);
    propose(bench, 'ana');
    sign(bench, 'ewa', 'technician');
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-215']);
    bench.nowMs += 28 * DAY_MS;
    expect(activate(bench)).toBe(1);
  });

  it('keeps the signal of a monitor that is judged', () => {
    const bench = ready();
    tell(bench, { type: 'monitor.signal-declared', v: 1, data: { ...fixture.signal, signalId: 'p1.other' } });
    const definition = { ...fixture.definition, signalId: 'p1.other' };
    const data = { monitorId: 'p1.m1', definition, reason: 'other sensor' };
    expect(refusedFor(run(bench, 'person:ana', 'monitor.change', data))).toEqual(['E-MONITOR-040']);
  });
});

describe('drafting', () => {
  const draft = (bench: Bench, changes: object, monitorId = 'p1.m1') =>
    run(bench, 'person:ana', 'monitor.draft', {
      monitorId,
      definition: { ...fixture.definition, ...changes },
      reason: 'breakdowns',
    });

  it('adds nothing when repeated, and refuses a second monitor under the same id', () => {
    const bench = drafted();
    expect(draft(bench, {})).toBe(0);
    expect(refusedFor(draft(bench, { quietMs: 1 }))).toEqual(['E-MONITOR-038']);
  });

  it('refuses what refers to nothing and figures that cannot be', () => {
    const condition = { ...fixture.definition.condition, limit: Number.NaN, deadband: -1 };
    const wrong = { failureModeId: 'p1.none', signalId: 'p1.none', condition, staleAfterMs: 0 };
    expect(refusedFor(draft(described(), wrong, 'm1'))).toEqual([
      'E-MONITOR-003',
      'E-MONITOR-004',
      'E-MONITOR-004',
      'E-MONITOR-023',
      'E-MONITOR-023',
      'E-MONITOR-005',
    ]);
  });

  it('refuses spans that end after the last date that can be written', () => {
    const bench = described();
    const tooLong = LONGEST_SPAN_MS + 1;
    const response = { ...fixture.definition.response, withinMs: tooLong };
    const spans = { staleAfterMs: tooLong, quietMs: tooLong, proofMs: tooLong, response };
    expect(refusedFor(draft(bench, spans, 'p1.m2'))).toEqual(Array(4).fill('E-MONITOR-005'));
    const parts = [{ number: '1', name: 'bearing', quantity: 1, costMinor: 0, leadTimeMs: tooLong }];
    const { data } = fixture.jobPlan('late', 1e9, 0);
    const plan = run(bench, 'person:ana', 'monitor.write-job-plan', { ...(data as object), parts });
    expect(refusedFor(plan)).toEqual(['E-MONITOR-005', 'E-MONITOR-005']);
    const whole = { staleAfterMs: LONGEST_SPAN_MS, quietMs: LONGEST_SPAN_MS, proofMs: LONGEST_SPAN_MS };
    expect(draft(bench, whole, 'p1.m2')).toBe(1);
  });

  it('refuses to watch what a person decided to let fail', () => {
    const bench = described();
    const data = { ...fixture.mode, runToFailure: { acceptedBy: 'marta', reviewDueMs: 1 } };
    tell(bench, { type: 'strategy.failure-mode-described', v: 1, data });
    expect(refusedFor(draft(bench, {}))).toEqual(['E-MONITOR-021']);
  });

  it('refuses units that do not measure the same', () => {
    const data = { ...fixture.signal, sourceUnit: 'bar', unit: '°C' };
    expect(refusedFor(run(described(), 'person:ana', 'monitor.declare-signal', data))).toEqual([
      'E-MONITOR-020',
    ]);
  });

  it('survives a snapshot', () => {
    const bench = ready();
    expect(structuredClone(bench.state)).toEqual(bench.state);
    expect(() => monitor.upcast({ type: 'monitor.drafted', v: 3 } as never)).toThrow('E-MONITOR-050');
  });
});
