import { describe, expect, it } from 'vitest';
import type { Context } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { LONGEST_SPAN_MS } from '#vocabulary/time.ts';
import type { StrategyCommand } from './commands.ts';
import { criticalityOf } from './criticality.ts';
import type { Asset, Criticality, FailureMode, Objective } from './events.ts';
import type { StrategyState } from './state.ts';
import { strategy } from './strategy.ts';

const NOW_MS = Date.UTC(2026, 10, 23);
const context: Context = { site: 'p1', nowMs: NOW_MS, actor: 'person:ana' };

function fold(state: StrategyState, command: StrategyCommand): number {
  const decision = strategy.decide(command, state, context);
  if (isRefusal(decision)) throw new Error(`${decision.code} ${decision.message}`);
  for (const body of decision) strategy.evolve(state, body as Recorded);
  return decision.length;
}

function codes(state: StrategyState, type: string, data: unknown, actor: Actor = 'person:ana'): string[] {
  const decision = strategy.decide({ id: 'c', type, actor, data }, state, { ...context, actor });
  if (!isRefusal(decision)) return [];
  return decision.items.length > 0 ? decision.items.map((item) => item.code) : [decision.code];
}

const objective: Objective = {
  objectiveId: 'p1.stops',
  name: 'Fewer unplanned stops',
  kpi: 'downtime-hours',
  unit: 'h a year',
  baseline: { value: 41.5, grade: 'measured', by: null, source: 'breakdown orders 2025' },
  target: 28,
  dueMs: NOW_MS,
  valuePerUnitMinor: { value: 135_000, grade: 'estimated', by: 'david', source: null },
  accountable: 'marta',
};
const asset: Asset = {
  assetId: 'p1.P-201',
  name: 'Homogeniser',
  parentId: null,
  equipmentClass: 'centrifugal pump',
  stopHourMinor: null,
};
const criticality: Criticality = {
  assetId: 'p1.P-201',
  class: 'B',
  consequence: { safety: 1, environment: 1, foodSafety: 2, production: 4, cost: 2 },
  likelihood: 3,
  assessedBy: ['ana', 'tomasz'],
  assessedAtMs: NOW_MS,
  reviewDueMs: NOW_MS + 1,
};
const mode: FailureMode = {
  failureModeId: 'p1.P-201-bearing',
  assetId: 'p1.P-201',
  position: 'drive-end bearing',
  name: 'bearing wears out',
  group: 'bearing',
  iso14224: 'VIB',
  objectiveId: 'p1.stops',
  pfMinMs: null,
  consequence: { kind: 'production', stopH: null, repairMinor: null, secondaryMinor: null },
  currentControl: null,
  baselineLossMinorPerYear: null,
  runToFailure: null,
};
const crew = {
  crewId: 'p1.MECH-B',
  name: 'MECH-B',
  craft: 'mechanic',
  technicians: ['tomasz'],
  lead: 'tomasz',
  presentHPerWeek: 90,
  cbmShare: 0.1,
  rateMinorPerH: 5_500,
};

function filled(): StrategyState {
  const state = strategy.initial('p1');
  fold(state, { id: '1', type: 'strategy.set-objective', actor: 'person:ana', data: objective });
  fold(state, { id: '2', type: 'strategy.register-asset', actor: 'person:ana', data: asset });
  return state;
}

describe('criticality class', () => {
  it.each([
    // the mean of production 5 and cost 1 is 3; 3 x 4 = 12
    [{ safety: 1, environment: 1, foodSafety: 1, production: 5, cost: 1 }, 4, 'B', 12],
    [{ safety: 5, environment: 1, foodSafety: 1, production: 1, cost: 1 }, 1, 'A', 5],
    [{ safety: 1, environment: 3, foodSafety: 1, production: 1, cost: 1 }, 5, 'A', 15],
    [{ safety: 1, environment: 1, foodSafety: 4, production: 1, cost: 1 }, 2, 'B', 8],
    [{ safety: 1, environment: 1, foodSafety: 1, production: 4, cost: 3 }, 2, 'C', 7],
  ])('of %o and likelihood %i is %s', (consequence, likelihood, expected, score) => {
    expect(criticalityOf(consequence, likelihood)).toMatchObject({ class: expected, score });
  });
});

describe('strategy', () => {
  it('adds nothing when the same is said again, in any order of keys', () => {
    const state = filled();
    const again = Object.fromEntries(Object.entries(objective).toReversed()) as unknown as Objective;
    expect(fold(state, { id: '9', type: 'strategy.set-objective', actor: 'person:ana', data: again })).toBe(
      0,
    );
    const moved = { ...objective, target: 30 };
    expect(fold(state, { id: '10', type: 'strategy.set-objective', actor: 'person:ana', data: moved })).toBe(
      1,
    );
    expect(state.objectives.get('p1.stops')?.target).toBe(30);
  });

  it('refuses a class that its scores do not give', () => {
    const state = filled();
    expect(codes(state, 'strategy.assess-criticality', criticality)).toEqual([]);
    expect(codes(state, 'strategy.assess-criticality', { ...criticality, class: 'A' })).toEqual([
      'E-STRATEGY-008',
    ]);
  });

  it('refuses scores outside 1 to 5, an assessment by nobody, and a review before it', () => {
    const wrong = { ...criticality, likelihood: 6, assessedBy: [], reviewDueMs: NOW_MS - 1 };
    const expected = ['E-STRATEGY-005', 'E-STRATEGY-011', 'E-STRATEGY-012'];
    expect(codes(filled(), 'strategy.assess-criticality', wrong)).toEqual(expected);
  });

  it('refuses two accountable people, an estimate of nobody, and a measurement from nowhere', () => {
    const state = filled();
    const wrong = {
      ...objective,
      accountable: 'marta, david',
      baseline: { value: 1, grade: 'estimated', by: null, source: null },
      valuePerUnitMinor: { value: 1, grade: 'measured', by: 'david', source: null },
    };
    const expected = ['E-STRATEGY-006', 'E-STRATEGY-006', 'E-STRATEGY-007'];
    expect(codes(state, 'strategy.set-objective', wrong)).toEqual(expected);
  });

  it('refuses a failure mode of an unknown asset and objective', () => {
    const wrong = { ...mode, assetId: 'p1.nothing', objectiveId: 'p1.nothing' };
    expect(codes(filled(), 'strategy.describe-failure-mode', wrong)).toEqual([
      'E-STRATEGY-004',
      'E-STRATEGY-004',
    ]);
  });

  it('refuses to let run to failure what endangers people', () => {
    const consequence = { kind: 'safety', stopH: null, repairMinor: null, secondaryMinor: null };
    const runToFailure = { acceptedBy: 'marta', reviewDueMs: NOW_MS };
    const wrong = { ...mode, consequence, runToFailure };
    expect(codes(filled(), 'strategy.describe-failure-mode', wrong)).toEqual(['E-STRATEGY-017']);
    expect(codes(filled(), 'strategy.describe-failure-mode', { ...mode, runToFailure })).toEqual([]);
  });

  it('refuses an asset that becomes its own ancestor', () => {
    const state = filled();
    const child = { ...asset, assetId: 'p1.M-1', parentId: 'p1.P-201' };
    fold(state, { id: '3', type: 'strategy.register-asset', actor: 'person:ana', data: child });
    expect(codes(state, 'strategy.register-asset', { ...asset, parentId: 'p1.M-1' })).toEqual([
      'E-STRATEGY-010',
    ]);
  });

  it('refuses a P-F interval that no date can be reckoned from', () => {
    const pfMinMs = { value: LONGEST_SPAN_MS + 1, grade: 'assumed', by: null, source: null };
    expect(codes(filled(), 'strategy.describe-failure-mode', { ...mode, pfMinMs })).toEqual([
      'E-STRATEGY-005',
    ]);
  });

  it('refuses ids of another site, a crew of nobody and a share above one', () => {
    const wrong = { ...crew, crewId: 'p2.MECH-B', technicians: [], cbmShare: 10 };
    const expected = ['E-STRATEGY-003', 'E-STRATEGY-013', 'E-STRATEGY-005'];
    expect(codes(filled(), 'strategy.form-crew', wrong)).toEqual(expected);
  });

  it('listens to people and set-up only', () => {
    expect(codes(filled(), 'strategy.form-crew', crew, 'source:edge-1')).toEqual(['E-STRATEGY-002']);
    expect(codes(filled(), 'strategy.form-crew', crew, 'system:setup')).toEqual([]);
  });

  it('throws on a fact from a newer program', () => {
    expect(() => strategy.upcast({ type: 'strategy.crew-formed', v: 2 } as Recorded)).toThrow(
      'E-STRATEGY-020',
    );
  });
});
