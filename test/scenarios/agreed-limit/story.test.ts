// Week 48 on what people agree about: valve 23's limit, conveyor CV-08's record, budgets, owners and a long stop.
import { backtestRecord } from '#core/backtest-record.ts';
import { describe, expect, it } from 'vitest';
import { backtest, type History, type KnownEvent } from '#core/backtest.ts';
import { judgedMonitors } from '#monitor/judged.ts';
import type { MonitorDefinition } from '#monitor/events.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { GOOD } from '#vocabulary/quality.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, WEEK_MS } from '#vocabulary/time.ts';
import { monitorRecord } from '#outcome/monitor-record.ts';
import { noiseViews } from '#views/noise.ts';
import { versionViews } from '#views/versions.ts';
import { at, ENGINEER, finding, MECHANIC, Plant, type PlantOptions } from '../alert-to-money/plant.ts';
import { DEFINITION, f, MODE, MONITOR } from '../alert-to-money/pump.ts';

const MARTA: Actor = 'person:marta';
const CREW = 'p1200.MECH-B';

/** The plant of the story with Marta in it, and a crew of three. */
function plantOf(options: PlantOptions = {}): Plant {
  const plant = new Plant(options);
  for (const [personId, role] of [
    ['marta', 'owner'],
    ['marta', 'administrator'],
    ['tomasz', 'crew lead'],
  ]) {
    plant.tell(f('access.person-joined', { personId, crewId: null, simulated: true }));
    plant.tell(f('access.role-granted', { personId, role }));
  }
  plant.tell(
    f('strategy.crew-formed', {
      crewId: CREW,
      name: 'MECH-B',
      craft: 'mechanic',
      technicians: ['tomasz', 'ewa', 'lars'],
      lead: 'tomasz',
      presentHPerWeek: 90,
      cbmShare: 0.1,
      rateMinorPerH: 5_500,
    }),
  );
  return plant;
}

/** A visit at plant time `atMs` that found nothing and took `hours`. */
function needless(plant: Plant, atMs: number, hours: number, answer = 'nothing found'): void {
  if (atMs > plant.nowMs) plant.wait(atMs);
  plant.nowMs = atMs;
  plant.raise();
  plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', answer, { hours }));
  plant.clear();
}

const monitorOf = (plant: Plant) => {
  const monitor = plant.state.monitor.monitors.get(MONITOR);
  if (!monitor) throw new Error('the monitor is gone');
  return monitor;
};

describe('conveyor CV-08', () => {
  it('costs €82.50 on Tuesday, 1.5 of 2.7 h, and goes back to trial at 0 of 4, upper bound .490', () => {
    const plant = plantOf({ definition: { name: 'Conveyor CV-08' } });
    for (const day of [-20, -13, -6]) needless(plant, at(day, 9), 1);
    expect(monitorOf(plant).advice).toMatchObject([
      { what: 'back to trial', because: 'The last 3 visits were not needed.', dueMs: at(1, 9) },
    ]);
    const answer = { monitorId: MONITOR, what: 'back to trial', answer: 'keep', reason: 'one more week' };
    expect(plant.refusal(ENGINEER, 'monitor.answer-advice', answer)).toBe('E-MONITOR-036');
    plant.run(MARTA, 'monitor.answer-advice', answer);

    needless(plant, at(1, 14), 1.5);
    expect(plant.last('outcome.entry-booked')).toMatchObject({ ledger: 'savings', amountMinor: -8_250 });
    const [noise] = noiseViews({ state: plant.state, readings: null, nowMs: plant.nowMs });
    expect(noise?.budgetH).toBeCloseTo(2.7, 10);
    expect(noise?.thisWeekH).toBe(1.5);

    expect(monitorRecord(plant.state.outcome, MONITOR, plant.nowMs)).toMatchObject({ stated: 0, judged: 4 });
    expect(monitorOf(plant).advice[0]?.because).toBe('0 of 4 were right: at best 0.490, below 0.5.');
    plant.wait(at(4, 10));
    expect(monitorOf(plant).lifecycle).toBe('live');
    plant.run(MARTA, 'monitor.answer-advice', { ...answer, answer: 'follow', reason: 'agreed' });
    expect(monitorOf(plant).lifecycle).toBe('trial');
    expect(plant.facts.findLast((fact) => fact.type === 'monitor.sent-back-to-trial')?.actor).toBe(MARTA);
  });

  it('goes back by itself when nobody answers within five working days', () => {
    const plant = plantOf();
    for (const day of [0, 2, 4]) needless(plant, at(day, 9), 0.5);
    expect(plant.wait(at(11, 9)).map((fact) => fact.type)).toContain('monitor.sent-back-to-trial');
    expect(monitorOf(plant).versions.get(1)?.sentBackBecause).toContain('Nobody answered in time.');
  });

  it('waits for its owner when it guards people, however late the answer is', () => {
    const consequence = { ...MODE.consequence, kind: 'safety' as const };
    const plant = plantOf({ mode: { consequence: consequence as typeof MODE.consequence } });
    for (const day of [0, 1, 2]) needless(plant, at(day, 9), 0.5);
    expect(monitorOf(plant).advice).toMatchObject([{ unanswered: 'stays open', dueMs: at(4, 9) }]);
    plant.wait(at(60, 0));
    expect(monitorOf(plant).lifecycle).toBe('live');
  });
});

describe('a noise budget exceeded two weeks running', () => {
  const overTwoWeeks = (plant: Plant, answers: string[]) =>
    answers.forEach((answer, i) => needless(plant, at(i * 3, 9), 2.8, answer));

  it('sends the noisiest monitor back to trial, and the facts say which rule did', () => {
    const plant = plantOf();
    needless(plant, at(0, 9), 2.8);
    expect(monitorOf(plant).lifecycle).toBe('live');
    needless(plant, at(8, 9), 2.8);
    const sent = plant.facts.findLast((fact) => fact.type === 'monitor.sent-back-to-trial');
    expect(sent?.actor).toBe('rule:noise-over-budget');
    expect(sent?.data).toMatchObject({
      reason:
        'MECH-B lost more than its noise budget two weeks running (2.8 h, then 2.8 h of 2.7 h), and this is its noisiest monitor, 5.6 h.',
    });
    expect(monitorOf(plant).lifecycle).toBe('trial');
  });

  it('stays calm when one of the weeks was within the budget', () => {
    const plant = plantOf();
    needless(plant, at(0, 9), 2.6);
    needless(plant, at(8, 9), 2.8);
    expect(monitorOf(plant).lifecycle).toBe('live');
  });

  it('asks the owner of an A asset instead', () => {
    const plant = plantOf();
    const scores = { safety: 1, environment: 1, foodSafety: 1, production: 5, cost: 5 };
    plant.tell(
      f('strategy.criticality-assessed', {
        assetId: MODE.assetId,
        class: 'A',
        consequence: scores,
        likelihood: 3,
        assessedBy: ['ana'],
        assessedAtMs: 0,
        reviewDueMs: 0,
      }),
    );
    overTwoWeeks(plant, ['nothing found', 'as stated', 'as stated', 'nothing found']);
    expect(monitorOf(plant).lifecycle).toBe('live');
    expect(monitorOf(plant).advice).toMatchObject([{ what: 'back to trial', unanswered: 'stays open' }]);
  });
});

/** Ninety days of valve 23 every ten minutes: twelve thick batches, of which one high, and two leaks. */
function valve(endMs: number): { history: History; events: KnownEvent[] } {
  const startMs = endMs - 90 * DAY_MS;
  const rows = (90 * DAY_MS) / (10 * MINUTE_MS);
  const timeMs = Float64Array.from({ length: rows }, (_, i) => startMs + i * 10 * MINUTE_MS);
  const value = new Float64Array(rows).fill(3);
  const bump = (day: number, hours: number, level: number) => {
    const first = (day * DAY_MS) / (10 * MINUTE_MS);
    value.fill(level, first, first + hours * 6);
    return startMs + day * DAY_MS;
  };
  for (let batch = 0; batch < 12; batch++) bump(3 + batch * 6, 2, batch === 7 ? 5.4 : 4.6);
  const events = [20, 70].map((day) => {
    const fromMs = bump(day, 8, 6.5);
    return { fromMs, toMs: fromMs + 8 * HOUR_MS, atMs: fromMs + 8 * HOUR_MS };
  });
  return { history: { timeMs, value, quality: new Uint8Array(rows).fill(GOOD) }, events };
}

describe('valve 23', () => {
  const condition = {
    kind: 'limit' as const,
    direction: 'high' as const,
    limit: 4,
    deadband: 0.8,
    onDelayMs: 10 * MINUTE_MS,
    offDelayMs: 0,
  };
  const definition: Partial<MonitorDefinition> = {
    name: 'Filler valve 23',
    condition,
    limitSource: { text: 'history', grade: 'measured' },
  };

  function judged(endMs: number, version: number, limit: number) {
    const { history, events } = valve(endMs);
    const spec = { condition: { ...condition, limit }, staleAfterMs: DEFINITION.staleAfterMs };
    const result = backtest(history, spec, { quietMs: DEFINITION.quietMs, events });
    const about = { monitorId: MONITOR, version, inHindsight: true, dataHash: 'ninety days' };
    return backtestRecord(result, about);
  }

  it('moves by two people on Wednesday: 14 alerts become 3 over 90 days, both known events kept', () => {
    const plant = plantOf({ definition });
    plant.tell(
      f('strategy.criticality-assessed', {
        assetId: MODE.assetId,
        class: 'B',
        consequence: { safety: 1, environment: 1, foodSafety: 1, production: 4, cost: 4 },
        likelihood: 3,
        assessedBy: ['ana'],
        assessedAtMs: 0,
        reviewDueMs: 0,
      }),
    );
    const signal = plant.state.monitor.signals.get(DEFINITION.signalId);
    plant.tell(f('monitor.signal-declared', { ...signal, gatewayKeeper: 'ana' }));

    plant.wait(at(1, 10));
    plant.raise();
    plant.run(MECHANIC, 'work.give-finding', finding(plant, 'check', 'process'));
    expect(monitorOf(plant).advice).toMatchObject([{ what: 'tune', unanswered: 'expires' }]);

    plant.wait(at(2, 15));
    const { nowMs } = plant;
    const before = judged(nowMs, 1, 4);
    const after = judged(nowMs, 2, 5);
    expect([before.alerts, before.caught, after.alerts, after.caught]).toEqual([14, 2, 3, 2]);
    const version = monitorOf(plant).versions.get(1);
    plant.run(MECHANIC, 'monitor.counter-propose', {
      monitorId: MONITOR,
      definition: { ...version?.definition, condition: { ...condition, limit: 5 } },
      reason: 'not on soup 4',
      dataFromMs: nowMs - 90 * DAY_MS,
      dataToMs: nowMs,
    });
    expect(monitorOf(plant).advice).toEqual([]);
    const about = { monitorId: MONITOR, version: 2 };
    const yes = { ...about, effectiveMs: nowMs };
    expect(plant.refusal(ENGINEER, 'monitor.approve-change', yes)).toBe('E-GATE-200');
    plant.run(ENGINEER, 'monitor.compare-versions', { ...about, before, after });
    expect(plant.refusal(MECHANIC, 'monitor.approve-change', yes)).toBe('E-MONITOR-034');
    plant.run(ENGINEER, 'monitor.approve-change', yes);

    expect(judgedMonitors(plant.state.monitor)).toMatchObject([{ version: 2, trial: false }]);
    const people = plant.facts.filter((fact) => fact.type === 'monitor.signed-off').map((fact) => fact.actor);
    expect(people).toEqual([ENGINEER]);
    expect(versionViews(plant.state, MONITOR)[0]?.differences).toEqual([
      { field: 'Condition', before: 'is above 4 gE for 10 min', after: 'is above 5 gE for 10 min' },
    ]);
  });
});

describe('an owner who leaves', () => {
  it('leaves an orphan, which goes to who is accountable after fourteen days', () => {
    const plant = plantOf({ definition: { owner: 'ana' } });
    plant.tell(f('access.person-left', { personId: 'ana' }));
    expect(monitorOf(plant).orphanedAtMs).toBe(at(0, 0));
    plant.wait(at(14, 0) - 1);
    expect(monitorOf(plant).versions.get(1)?.definition.owner).toBe('ana');
    plant.wait(at(14, 0));
    expect(monitorOf(plant)).toMatchObject({ orphanedAtMs: null });
    expect(monitorOf(plant).versions.get(1)?.definition.owner).toBe('marta');
    plant.raise();
    expect(plant.last('work.case-opened').owner).toBe('marta');
  });
});

describe('a long stop', () => {
  const asset = { assetId: MODE.assetId };

  it('ends what rings, judges nothing, and rings again only after the first hours', () => {
    const plant = plantOf();
    plant.raise();
    expect(plant.refusal(MECHANIC, 'monitor.put-to-sleep', { ...asset, reason: '' })).toBe('E-MONITOR-009');
    plant.run(MECHANIC, 'monitor.put-to-sleep', { ...asset, reason: 'plant holidays' });
    expect(judgedMonitors(plant.state.monitor)).toEqual([]);
    plant.wait(plant.nowMs);
    expect(plant.count('alert.cleared')).toBe(1);
    expect(plant.state.detect.active.size).toBe(0);

    plant.wait(at(20, 6));
    plant.run(MECHANIC, 'monitor.wake', { ...asset, holdMs: 4 * HOUR_MS });
    expect(judgedMonitors(plant.state.monitor)).toMatchObject([{ monitorId: MONITOR }]);
    plant.wait(at(20, 7));
    expect(plant.raise().map((fact) => fact.type)).toEqual(['detect.raised', 'alert.held']);
    plant.wait(at(20, 10));
    expect(plant.count('alert.raised')).toBe(2);
  });

  it('holds nothing of the highest priority, and forgets what cleared in time', () => {
    for (const [priority, type] of [
      [1, 'alert.raised'],
      [2, 'alert.held'],
    ] as const) {
      const plant = plantOf();
      plant.tell(
        f('monitor.changed', {
          monitorId: MONITOR,
          version: 2,
          definition: DEFINITION,
          priority,
          proposedBy: 'ana',
          reason: 'x',
        }),
      );
      plant.tell(f('monitor.activated', { monitorId: MONITOR, version: 2, wastedHPerWeek: 0, crewId: CREW }));
      plant.run(MECHANIC, 'monitor.put-to-sleep', { ...asset, reason: 'holidays' });
      plant.run(MECHANIC, 'monitor.wake', { ...asset, holdMs: 4 * HOUR_MS });
      plant.nowMs += HOUR_MS;
      expect(plant.raise({ version: 2 })[1]?.type).toBe(type);
      plant.clear();
      plant.wait(plant.nowMs + DAY_MS);
      expect(plant.count('alert.raised')).toBe(priority === 1 ? 1 : 0);
    }
  });
});

describe('a claim', () => {
  it('is renewed once, with a reason', () => {
    const plant = plantOf({ live: false });
    const renew = (reason: string) =>
      plant.refusal(ENGINEER, 'monitor.renew-claim', { monitorId: MONITOR, reason });
    expect(renew(' ')).toBe('E-MONITOR-009');
    expect(renew('the campaign has not started yet')).toBe('done');
    const [held] = plant.state.acquire.claims.values();
    expect(held?.endsAtMs).toBe(at(-30, 0) + 180 * DAY_MS);
    expect(renew('again')).toBe('E-MONITOR-083');
  });
});

it('asks for a look after 90 days without one', () => {
  const plant = plantOf();
  expect(monitorOf(plant).reviewDueMs).toBe(at(-30, 0) + 90 * DAY_MS);
  plant.wait(at(10 * 7, 0) - WEEK_MS);
  plant.run(MARTA, 'monitor.confirm', { monitorId: MONITOR, reason: 'walked by with Tomasz' });
  expect(monitorOf(plant).reviewDueMs).toBe(plant.nowMs + 90 * DAY_MS);
});
