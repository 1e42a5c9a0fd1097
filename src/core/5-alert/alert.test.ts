import { describe, expect, it } from 'vitest';
import type { Recorded } from '#vocabulary/fact.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { alert } from './alert.ts';
import { noiseH } from './state.ts';

const M = { monitorId: 'p1.m', version: 1 };
const SIGNAL = { ...M, signalId: 'p1.s' };
const RAISED = {
  ...SIGNAL,
  raisedAtMs: 1_000,
  conditionSinceMs: 500,
  value: 11,
  extreme: 12,
  lastInsideMs: 400,
  uncertainOnly: false,
};

/** One alert stage fed fact by fact; what follows is folded at once. */
function room(priority = 1) {
  const state = alert.initial('p1');
  const told: { type: string; data: Record<string, unknown> }[] = [];
  let seq = 0;
  const tell = (type: string, data: unknown): void => {
    const waiting = [{ type, v: 1, data }];
    for (let body = waiting.shift(); body; body = waiting.shift()) {
      const envelope = { id: `f${++seq}`, seq, atMs: seq, causeId: 'c', intakeSeq: seq };
      const fact = { ...body, ...envelope, actor: 'system:clock' } as Recorded;
      alert.evolve(state, fact);
      told.push(fact as Recorded & { data: Record<string, unknown> });
      waiting.push(...alert.follow(fact, state, { site: 'p1', nowMs: 9_000, actor: 'system:clock' }));
    }
  };
  const ask = (actor: Actor, type: string, data: unknown): string => {
    const decision = alert.decide({ id: 'c', type, actor, data }, state, { site: 'p1', nowMs: 1, actor });
    if (isRefusal(decision)) return decision.code;
    for (const body of decision) tell(body.type, body.data);
    return decision.map((body) => body.type).join();
  };
  const of = (type: string) => told.filter((fact) => fact.type === type).map((fact) => fact.data);
  const definition = { failureModeId: 'p1.fm', signalId: 'p1.s' };
  tell('strategy.failure-mode-described', {
    failureModeId: 'p1.fm',
    assetId: 'p1.a',
    position: 'p',
    group: 'g',
  });
  tell('monitor.signal-declared', { signalId: 'p1.s', sensorKeeper: 'kim' });
  tell('monitor.drafted', { ...M, definition, priority });
  tell('monitor.activated', M);
  return { state, tell, ask, of };
}

describe('alert', () => {
  it('numbers alerts, gives them the priority of their monitor and clears the one that is active', () => {
    const { tell, of } = room(2);
    tell('detect.raised', RAISED);
    tell('detect.raised', RAISED);
    tell('detect.cleared', { ...M, clearedAtMs: 5_000, extreme: 14 });
    tell('detect.cleared', { ...M, clearedAtMs: 6_000, extreme: 14 });
    tell('detect.raised', RAISED);
    expect(of('alert.raised')).toMatchObject([
      {
        alertId: 'p1.A-0001',
        priority: 2,
        trial: false,
        fault: { assetId: 'p1.a', position: 'p', group: 'g' },
      },
      { alertId: 'p1.A-0002' },
    ]);
    expect(of('alert.cleared')).toEqual([
      { alertId: 'p1.A-0001', monitorId: 'p1.m', clearedAtMs: 5_000, extreme: 14 },
    ]);
  });

  it('never lets uncertain readings alone call people today', () => {
    for (const [priority, given] of [
      [1, 3],
      [2, 3],
      [4, 4],
    ]) {
      const { tell, of } = room(priority);
      tell('detect.raised', { ...RAISED, uncertainOnly: true });
      expect(of('alert.raised')).toMatchObject([{ priority: given }]);
    }
  });

  it('goes by the version that is judged: a new one is a trial until it is live, and ends what the old one raised', () => {
    const { tell, of } = room();
    const definition = { failureModeId: 'p1.fm', signalId: 'p1.s' };
    tell('detect.raised', RAISED);
    tell('monitor.changed', { ...M, version: 2, definition, priority: 4 });
    expect(of('alert.cleared')).toEqual([]);
    tell('monitor.activated', { ...M, version: 2 });
    expect(of('alert.cleared')).toMatchObject([{ alertId: 'p1.A-0001', clearedAtMs: 9_000 }]);
    tell('detect.raised', { ...RAISED, version: 2 });
    expect(of('alert.raised').at(-1)).toMatchObject({ priority: 4, version: 2, trial: false });
    tell('monitor.sent-back-to-trial', { ...M, version: 2, reason: 'x', endsAtMs: 1 });
    tell('detect.cleared', { ...M, version: 2, clearedAtMs: 6_000, extreme: 14 });
    tell('detect.raised', { ...RAISED, version: 2 });
    expect(of('alert.raised').at(-1)).toMatchObject({ trial: true });
  });

  it('tells the keeper once of a lost signal, however many monitors miss it', () => {
    const { tell, of } = room();
    tell('detect.signal-lost', { ...SIGNAL, sinceMs: 100 });
    tell('detect.signal-lost', { ...SIGNAL, monitorId: 'p1.other', sinceMs: 200 });
    tell('detect.signal-back', { ...SIGNAL, atMs: 300 });
    tell('detect.signal-back', { ...SIGNAL, monitorId: 'p1.other', atMs: 300 });
    expect(of('alert.health-raised')).toMatchObject([{ alertId: 'p1.A-0001', sinceMs: 100, keeper: 'kim' }]);
    expect(of('alert.health-cleared')).toMatchObject([{ alertId: 'p1.A-0001', atMs: 300 }]);
  });

  it('forgets a lost signal when its claim ends or another version takes over', () => {
    const { tell, of } = room();
    tell('detect.signal-lost', { ...SIGNAL, sinceMs: 100 });
    tell('monitor.activated', M);
    expect(of('alert.health-cleared')).toEqual([]);
    tell('monitor.activated', { ...M, version: 2 });
    expect(of('alert.health-cleared')).toHaveLength(1);
    tell('detect.signal-lost', { ...SIGNAL, version: 2, sinceMs: 400 });
    tell('acquire.claim-ended', { signalId: 'p1.s', monitorId: 'p1.m', reason: 'retired' });
    expect(of('alert.health-cleared')).toHaveLength(2);
  });

  it('hears people: seen, and would go or not', () => {
    const { tell, ask, of, state } = room();
    tell('detect.raised', RAISED);
    const alertId = 'p1.A-0001';
    expect(ask('person:kim', 'alert.acknowledge', { alertId })).toBe('alert.acknowledged');
    expect(ask('person:kim', 'alert.acknowledge', { alertId })).toBe('');
    expect(ask('system:clock', 'alert.acknowledge', { alertId })).toBe('E-ALERT-003');
    expect(ask('person:kim', 'alert.acknowledge', { alertId: 'p1.A-0009' })).toBe('E-ALERT-002');
    expect(ask('person:kim', 'alert.answer-trial', { alertId, wouldGo: true })).toBe('E-ALERT-004');
    tell('monitor.sent-back-to-trial', { ...M, reason: 'x', endsAtMs: 1 });
    tell('detect.cleared', { ...M, clearedAtMs: 5_000, extreme: 14 });
    tell('detect.raised', RAISED);
    const trial = of('alert.raised').at(-1)?.alertId as string;
    ask('person:kim', 'alert.answer-trial', { alertId: trial, wouldGo: true });
    ask('person:kim', 'alert.answer-trial', { alertId: trial, wouldGo: false });
    expect(state.alerts.get(trial)?.trialAnswers).toEqual([{ by: 'kim', wouldGo: false }]);
    expect(ask('person:kim', 'alert.nothing', {})).toBe('E-ALERT-001');
  });

  it('charges an alert once to the noise budget', () => {
    const { tell, ask, state } = room();
    tell('detect.raised', RAISED);
    const charge = { alertId: 'p1.A-0001', monitorId: 'p1.m', crewId: 'p1.c', hours: 1.5 };
    expect(ask('rule:charge-noise', 'alert.charge-noise', { ...charge, hours: 0 })).toBe('E-ALERT-005');
    expect(ask('rule:charge-noise', 'alert.charge-noise', charge)).toBe('alert.noise-charged');
    expect(ask('rule:charge-noise', 'alert.charge-noise', charge)).toBe('E-ALERT-006');
    expect(noiseH(state, 'p1.c', 0, 1_000)).toBe(1.5);
    expect(noiseH(state, 'p1.other', 0, 1_000)).toBe(0);
  });
});
