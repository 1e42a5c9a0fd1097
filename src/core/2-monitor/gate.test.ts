import { describe, expect, it } from 'vitest';
import type { FactBody } from '#vocabulary/fact.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import type { MonitorDefinition } from './events.ts';
import { gateCount, liveGate, trialGate } from './gate.ts';
import * as fixture from './gate.fixture.ts';
import { activate, type Bench, described, drafted, ready, refusedFor, run, tell } from './gate.fixture.ts';

const fact = (type: string, data: unknown): FactBody => ({ type, v: 1, data });
const startTrial = (bench: Bench) =>
  refusedFor(run(bench, 'person:ana', 'monitor.start-trial', { monitorId: 'p1.m1' }));
const response = fixture.definition.response as NonNullable<MonitorDefinition['response']>;
const limit = fixture.definition.condition as Extract<MonitorDefinition['condition'], { kind: 'limit' }>;

describe('the trial door', () => {
  it('opens for ten answers', () => {
    const bench = drafted();
    expect(gateCount(trialGate(bench.state, 'p1.m1', 1))).toEqual({ met: 10, of: 10 });
    expect(startTrial(bench)).toEqual([]);
    expect(bench.state.monitors.get('p1.m1')?.lifecycle).toBe('trial');
  });

  it.each<[string, Partial<MonitorDefinition>, string[]]>([
    ['limit source', { limitSource: null }, ['E-GATE-105']],
    ['delay', { condition: { ...limit, onDelayMs: 0, offDelayMs: 0 } }, ['E-GATE-106']],
    ['what to do', { response: { ...response, firstAction: ' ' } }, ['E-GATE-107']],
    ['who goes and all of the response', { response: null }, ['E-GATE-107', 'E-GATE-108', 'E-GATE-109']],
    ['within how many days', { response: { ...response, withinMs: 0 } }, ['E-GATE-109']],
    ['who answers', { owner: null }, ['E-GATE-110']],
  ])('refuses without %s', (_, changes, codes) => {
    expect(startTrial(drafted(described(), changes))).toEqual(codes);
  });

  it("refuses without the value of an hour's stop", () => {
    const bench = drafted();
    tell(bench, fact('strategy.asset-registered', { ...fixture.asset, stopHourMinor: null }));
    expect(startTrial(bench)).toEqual(['E-GATE-103']);
  });

  it('refuses without asset, words for what fails, or signal', () => {
    const bench = drafted();
    tell(bench, fact('strategy.failure-mode-described', { ...fixture.mode, name: '', assetId: 'p1.gone' }));
    bench.state.signals.clear();
    expect(startTrial(bench)).toEqual(['E-GATE-101', 'E-GATE-102', 'E-GATE-103', 'E-GATE-104']);
  });
});

describe('the live door', () => {
  it('opens when all is met, and charges the noise budget', () => {
    const bench = ready();
    const items = liveGate(bench.state, 'p1.m1', 1, bench.nowMs);
    expect(items.filter((item) => !item.met)).toEqual([]);
    expect(gateCount(items)).toEqual({ met: 20, of: 20 });
    expect(activate(bench)).toBe(1);
    const charged = bench.state.monitors.get('p1.m1')?.charged;
    expect(charged?.wastedHPerWeek).toBeCloseTo((5 / 11) * 0.2, 10);
  });

  it('names everything that is missing at once, each with its mend', () => {
    const bench = drafted(described(), { decision: null, owner: null });
    const answer = activate(bench);
    expect(refusedFor(answer)).toEqual([
      'E-GATE-210',
      'E-GATE-219',
      'E-GATE-215',
      'E-GATE-216',
      'E-GATE-217',
    ]);
    expect(typeof answer === 'object' && answer.items.every((item) => item.mend.length > 10)).toBe(true);
  });

  it('says that an assumed figure earns neither automation nor accepted money', () => {
    const bench = ready();
    const value = liveGate(bench.state, 'p1.m1', 1, bench.nowMs).find((item) => item.code === 'E-GATE-218');
    expect(value).toMatchObject({ met: true, detail: '135000, assumed: no automation, no accepted money' });
  });

  const { objective, signal, mode, criticality } = fixture;
  it.each<[string, FactBody, string[]]>([
    ['KPI', fact('strategy.objective-set', { ...objective, kpi: '' }), ['E-GATE-201']],
    ['baseline', fact('strategy.objective-set', { ...objective, baseline: null }), ['E-GATE-202']],
    ['target', fact('strategy.objective-set', { ...objective, target: null }), ['E-GATE-203']],
    ['a target that differs', fact('strategy.objective-set', { ...objective, target: 41.5 }), ['E-GATE-203']],
    [
      'value per unit',
      fact('strategy.objective-set', { ...objective, valuePerUnitMinor: null }),
      ['E-GATE-204'],
    ],
    [
      'accountable person',
      fact('strategy.objective-set', { ...objective, accountable: null }),
      ['E-GATE-205'],
    ],
    ['sensor keeper', fact('monitor.signal-declared', { ...signal, sensorKeeper: null }), ['E-GATE-206']],
    ['gateway keeper', fact('monitor.signal-declared', { ...signal, gatewayKeeper: null }), ['E-GATE-206']],
    [
      'P-F interval',
      fact('strategy.failure-mode-described', { ...mode, pfMinMs: null }),
      ['E-GATE-208', 'E-GATE-214'],
    ],
    ['consequence', fact('strategy.failure-mode-described', { ...mode, consequence: null }), ['E-GATE-209']],
    [
      'hours of stop',
      fact('strategy.failure-mode-described', { ...mode, consequence: { ...mode.consequence, stopH: null } }),
      ['E-GATE-209'],
    ],
    [
      "value of an hour's stop",
      fact('strategy.asset-registered', { ...fixture.asset, stopHourMinor: null }),
      ['E-GATE-218'],
    ],
  ])('refuses without %s', (_, body, codes) => {
    const bench = ready();
    tell(bench, body);
    expect(refusedFor(activate(bench))).toEqual(codes);
  });

  it('refuses without assessed criticality', () => {
    const bench = ready(drafted(described(['strategy.criticality-assessed'])));
    expect(criticality.class).toBe('B');
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-207']);
  });

  it.each<[string, Partial<MonitorDefinition>, string[]]>([
    ['decision', { decision: ' ' }, ['E-GATE-210']],
    ['first action', { response: { ...response, firstAction: '' } }, ['E-GATE-211']],
    ['job plan', { response: { ...response, checkJobPlanId: null, repairJobPlanId: null } }, ['E-GATE-212']],
    [
      'repair plan where the first rung opens the machine',
      { response: { ...response, rung: 'intrusive check', repairJobPlanId: null } },
      ['E-GATE-212'],
    ],
    ['limit source', { limitSource: null }, ['E-GATE-213']],
    ['owner', { owner: null }, ['E-GATE-219']],
  ])('refuses without %s', (_, changes, codes) => {
    expect(refusedFor(activate(ready(drafted(described(), changes))))).toEqual(codes);
  });

  it('refuses a monitor that cannot end in planned work', () => {
    // 5 min + 6 h + 24 h to believe it, 4.5 h of work, 72 h for the part: 106.58 h
    const needsMs = 5 * 60_000 + (6 + 24 + 4.5 + 72) * HOUR_MS;
    const pf = (value: number) =>
      fact('strategy.failure-mode-described', { ...mode, pfMinMs: { ...mode.pfMinMs, value } });
    const bench = ready();
    tell(bench, pf(needsMs - 1));
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-214']);
    tell(bench, pf(needsMs));
    expect(activate(bench)).toBe(1);
  });

  it('takes a finished trial in place of a backtest, not a running one', () => {
    const visits = { value: 0.2, grade: 'estimated' as const, by: 'ana', source: null };
    const bench = drafted(described(), { expectedWrongVisitsPerWeek: visits });
    expect(startTrial(bench)).toEqual([]);
    run(bench, 'person:ana', 'monitor.propose', { monitorId: 'p1.m1', version: 1 });
    run(bench, 'person:tomasz', 'monitor.sign-off', { monitorId: 'p1.m1', version: 1, as: 'technician' });
    bench.nowMs += 28 * DAY_MS - 1;
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-215']);
    bench.nowMs += 1;
    expect(activate(bench)).toBe(1);
  });

  it('refuses a backtest of less than four weeks', () => {
    const bench = ready();
    const from = fixture.backtest.to - 27 * DAY_MS;
    const short = { ...fixture.backtest, from, inHindsight: false };
    run(bench, 'rule:backtest', 'monitor.record-backtest', short);
    expect(refusedFor(activate(bench))).toEqual(['E-GATE-215']);
  });

  it('takes a short recording judged on itself, which says so wherever it appears', () => {
    const bench = ready();
    const short = { ...fixture.backtest, from: fixture.backtest.to - 27 * DAY_MS, inHindsight: true };
    run(bench, 'rule:backtest', 'monitor.record-backtest', short);
    expect(activate(bench)).toBe(1);
  });
});
