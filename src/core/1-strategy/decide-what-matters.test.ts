import { describe, expect, it } from 'vitest';
import type { Recorded } from '#vocabulary/fact.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { DAY_MS, HOUR_MS, WEEK_MS } from '#vocabulary/time.ts';
import { isMet } from './charter.ts';
import { criticalityOf, firstCriticality, shareOfA } from './criticality.ts';
import { feasibilityOf, longestLookMs } from './feasibility.ts';
import { type DataAccess, rankPilots } from './pilot.ts';
import type { StrategyState } from './state.ts';
import { strategy } from './strategy.ts';

const NOW_MS = Date.UTC(2026, 10, 23);
let seq = 0;

function say(
  state: StrategyState,
  type: string,
  data: unknown,
  actor: Actor = 'person:ana',
  nowMs = NOW_MS,
): string[] {
  const decision = strategy.decide({ id: 'c', type, actor, data }, state, { site: 'p1', nowMs, actor });
  if (isRefusal(decision)) {
    return decision.items.length > 0 ? decision.items.map((item) => item.code) : [decision.code];
  }
  for (const body of decision) {
    strategy.evolve(state, {
      ...body,
      id: String(++seq),
      seq,
      atMs: nowMs,
      actor,
      causeId: 'c',
      intakeSeq: seq,
    });
  }
  return decision.map((body) => `${body.type} ${body.v}`);
}

const estimated = (value: number) => ({ value, grade: 'estimated' as const, by: 'ana', source: null });
const objective = {
  objectiveId: 'p1.stops',
  name: 'Fewer stops',
  kpi: 'downtime-hours',
  unit: 'h/year',
  baseline: null,
  target: 28,
  dueMs: null,
  valuePerUnitMinor: null,
  accountable: null,
};
const TIMING = {
  lookEveryMs: 7 * DAY_MS,
  confirmMs: DAY_MS,
  verifyMs: DAY_MS,
  workMs: 8 * HOUR_MS,
  leadMs: 10 * DAY_MS,
};
const mode = {
  failureModeId: 'p1.bearing',
  assetId: 'p1.P-1',
  position: 'drive end',
  name: 'bearing wears out',
  group: 'bearing',
  iso14224: 'VIB',
  objectiveId: 'p1.stops',
  pfMinMs: estimated(45 * DAY_MS),
  consequence: null,
  currentControl: null,
  baselineLossMinorPerYear: estimated(1_000_000),
  runToFailure: null,
};

function filled(): StrategyState {
  const state = strategy.initial('p1');
  say(state, 'strategy.set-objective', objective);
  const asset = { assetId: 'p1.P-1', name: 'Pump', parentId: null, equipmentClass: 'centrifugal pump' };
  say(state, 'strategy.register-asset', { ...asset, stopHourMinor: estimated(100_000) });
  say(state, 'strategy.describe-failure-mode', mode);
  const crew = { crewId: 'p1.MECH', name: 'MECH', craft: 'mechanic', technicians: ['tomasz'], lead: null };
  say(state, 'strategy.form-crew', { ...crew, presentHPerWeek: 90, cbmShare: 0.1, rateMinorPerH: 5_500 });
  return state;
}

describe('criticality', () => {
  const even = { safety: 1, environment: 1, foodSafety: 1, production: 5, cost: 1 };

  it('weighs production and cost, and a stand-by lowers only their mean', () => {
    expect(criticalityOf(even, 4)).toMatchObject({ consequence: 3, score: 12, class: 'B' });
    expect(criticalityOf(even, 4, { production: 3, cost: 1 })).toMatchObject({ consequence: 4, class: 'A' });
    expect(criticalityOf(even, 4, undefined, 0.2)).toMatchObject({ consequence: 1, class: 'C' });
    expect(criticalityOf({ ...even, foodSafety: 5 }, 1, undefined, 0.2).class).toBe('A');
  });

  it('begins with one question, which a team replaces and not the other way round', () => {
    const state = filled();
    const answer = { assetId: 'p1.P-1', stop: 'line stops', atRisk: ['food'] };
    expect(say(state, 'strategy.answer-criticality', answer)).toEqual(['strategy.criticality-assessed 2']);
    expect(state.criticality.get('p1.P-1')).toMatchObject({
      basis: 'first answer',
      assessedBy: ['ana'],
      class: 'B',
    });
    const team = { ...state.criticality.get('p1.P-1'), basis: undefined, assessedBy: ['ana', 'tomasz'] };
    expect(say(state, 'strategy.assess-criticality', team)).toEqual(['strategy.criticality-assessed 2']);
    expect(state.criticality.get('p1.P-1')?.basis).toBe('team');
    expect(say(state, 'strategy.answer-criticality', answer)).toEqual(['E-STRATEGY-054']);
  });

  it('never makes an A of one answer', () => {
    for (const stop of ['line stops', 'line slows', 'nobody notices'] as const) {
      const answer = { assetId: 'a', stop, atRisk: ['people', 'food', 'environment'] as const };
      expect(firstCriticality({ ...answer, atRisk: [...answer.atRisk] }, 'ana', NOW_MS).class).not.toBe('A');
    }
  });

  it('says what is left apart from what would be, and never more', () => {
    const state = filled();
    const first = firstCriticality({ assetId: 'p1.P-1', stop: 'line stops', atRisk: [] }, 'ana', NOW_MS);
    const wish = { ...first, basis: 'team', mitigated: { consequence: first.consequence, likelihood: 1 } };
    expect(say(state, 'strategy.assess-criticality', wish)).toEqual(['strategy.criticality-assessed 2']);
    expect(state.criticality.get('p1.P-1')).toMatchObject({ class: 'B', mitigated: { class: 'C' } });
    const more = { ...wish, mitigated: { consequence: first.consequence, likelihood: 5 } };
    expect(say(state, 'strategy.assess-criticality', more)).toEqual(['E-STRATEGY-053']);
  });

  it('says the share of A only where it says something', () => {
    const classes = (a: number, c: number) => [
      ...Array.from({ length: a }, () => ({ class: 'A' as const })),
      ...Array.from({ length: c }, () => ({ class: 'C' as const })),
    ];
    expect(shareOfA(classes(4, 5))).toBeNull();
    expect(shareOfA(classes(4, 6))).toBe(0.4);
  });
});

describe('an objective', () => {
  it.each([
    [[], []],
    [['R', 'C'], ['E-STRATEGY-041']],
    [['A', 'A'], ['E-STRATEGY-041']],
    [['A', 'R', 'I'], []],
  ])('with contributors %o', (letters, codes) => {
    const contributors = letters.map((as, n) => ({ personId: `p${n}`, as }));
    const accountable = letters[0] === 'A' ? 'p0' : null;
    const found = say(filled(), 'strategy.set-objective', { ...objective, contributors, accountable });
    expect(found.filter((code) => code.startsWith('E-'))).toEqual(codes);
  });

  it('takes its accountable person from the A', () => {
    const state = filled();
    say(state, 'strategy.set-objective', { ...objective, contributors: [{ personId: 'marta', as: 'A' }] });
    expect(state.objectives.get('p1.stops')?.accountable).toBe('marta');
    const other = { ...objective, accountable: 'david', contributors: [{ personId: 'marta', as: 'A' }] };
    expect(say(state, 'strategy.set-objective', other)).toEqual(['E-STRATEGY-042']);
  });

  it('keeps a frozen baseline until another one is frozen with a reason', () => {
    const state = filled();
    const baseline = estimated(41.5);
    const wish = { objectiveId: 'p1.stops', baseline, fromMs: 0, toMs: NOW_MS, importIds: [], reason: null };
    expect(say(state, 'strategy.freeze-baseline', wish)).toEqual([
      'strategy.baseline-frozen 1',
      'strategy.objective-set 2',
    ]);
    expect(state.objectives.get('p1.stops')?.baseline).toEqual(baseline);
    expect(say(state, 'strategy.freeze-baseline', wish)).toEqual([]);
    const moved = { ...objective, baseline: estimated(60) };
    expect(say(state, 'strategy.set-objective', moved)).toEqual(['E-STRATEGY-043']);
    const again = { ...wish, baseline: estimated(60) };
    expect(say(state, 'strategy.freeze-baseline', again)).toEqual(['E-STRATEGY-047']);
    const hash = state.frozen.get('p1.stops')?.hash;
    expect(say(state, 'strategy.freeze-baseline', { ...again, reason: 'another line' })).toHaveLength(2);
    expect(state.frozen.get('p1.stops')?.hash).not.toBe(hash);
  });

  it('is not frozen on an assumption, nor on a measurement from nowhere', () => {
    const wish = { objectiveId: 'p1.stops', fromMs: 0, toMs: NOW_MS, importIds: [], reason: null };
    const assumed = { value: 1, grade: 'assumed', by: null, source: null };
    const measured = { value: 1, grade: 'measured', by: null, source: 'orders' };
    expect(say(filled(), 'strategy.freeze-baseline', { ...wish, baseline: assumed })).toEqual([
      'E-STRATEGY-044',
    ]);
    expect(say(filled(), 'strategy.freeze-baseline', { ...wish, baseline: measured })).toEqual([
      'E-STRATEGY-046',
    ]);
  });

  it('has weeks of the line, and refuses one that is none', () => {
    const weeks = [{ week: '2026-W54', state: 'idle' }];
    expect(say(filled(), 'strategy.set-line-state', { weeks })).toEqual(['E-STRATEGY-048']);
    const state = filled();
    const right = { weeks: [{ week: '2026-W48', state: 'sold out' }] };
    expect(say(state, 'strategy.set-line-state', right)).toHaveLength(1);
    expect(say(state, 'strategy.set-line-state', right)).toEqual([]);
  });
});

describe('a failure mode', () => {
  it('takes its words from the lists, and names the nearest', () => {
    const wrong = { ...mode, iso14224: 'VIP', mechanism: '9.9', detection: 'luck' };
    expect(say(filled(), 'strategy.describe-failure-mode', wrong)).toEqual([
      'E-STRATEGY-016',
      'E-STRATEGY-049',
      'E-STRATEGY-049',
    ]);
  });

  it('turns run hours into weeks', () => {
    const state = filled();
    const onClock = { ...mode, pfOnClock: { clock: 'run hours', value: 500, perWeek: 100 } };
    say(state, 'strategy.describe-failure-mode', onClock);
    expect(state.failureModes.get('p1.bearing')?.pfMinMs?.value).toBe(5 * WEEK_MS);
    expect(say(state, 'strategy.describe-failure-mode', { ...onClock, pfMinMs: null })).toEqual([
      'E-STRATEGY-050',
    ]);
  });

  it('is feasible while the interval leaves time for work and parts', () => {
    const spare = feasibilityOf({ pfMinMs: estimated(45 * DAY_MS), timing: TIMING });
    expect(spare?.netMs).toBe(36 * DAY_MS);
    expect(spare?.spareMs).toBe(36 * DAY_MS - 10 * DAY_MS - 8 * HOUR_MS);
    expect(feasibilityOf({ pfMinMs: estimated(10 * DAY_MS), timing: TIMING })?.spareMs).toBeLessThan(0);
    expect(feasibilityOf({ pfMinMs: null, timing: TIMING })).toBeNull();
    expect(longestLookMs(45 * DAY_MS, TIMING)).toBe(33 * DAY_MS - 8 * HOUR_MS);
  });
});

describe('the choice of a pilot', () => {
  const access = (word: DataAccess) => ({ access: new Map([['p1.P-1', word]]), timing: new Map() });

  it('ranks what can end in planned work and rejects the rest with the reason', () => {
    const state = filled();
    say(state, 'strategy.describe-failure-mode', { ...mode, timing: TIMING });
    const late = {
      ...mode,
      failureModeId: 'p1.belt',
      group: 'belt',
      pfMinMs: estimated(DAY_MS),
      timing: TIMING,
    };
    say(state, 'strategy.describe-failure-mode', late);
    const [first, second] = rankPilots(state, access('signal'));
    expect(first).toMatchObject({ failureModeId: 'p1.bearing', rejected: [], reachMinorPerYear: 700_000 });
    expect(second?.rejected).toHaveLength(1);
    expect(second?.rejected[0]).toContain('shorter than work and lead time');
  });

  it('takes the timing that a monitor tells where the sheet says none', () => {
    const news = { ...access('watched'), timing: new Map([['p1.bearing', TIMING]]) };
    expect(rankPilots(filled(), news)[0]?.feasibility?.netMs).toBe(36 * DAY_MS);
  });

  it('credits less where a round looks already', () => {
    const state = filled();
    say(state, 'strategy.describe-failure-mode', {
      ...mode,
      currentControl: { what: 'weekly round', intervalMs: WEEK_MS },
    });
    expect(rankPilots(state, access('signal'))[0]).toMatchObject({ caught: 0.7, reachMinorPerYear: 210_000 });
  });

  it('counts the crew and gives more to data that is there', () => {
    const state = filled();
    const without = rankPilots(state, access('none'))[0]?.points ?? 0;
    const vote = { failureModeId: 'p1.bearing', willing: true };
    expect(say(state, 'strategy.vote-pilot', vote, 'person:tomasz')).toHaveLength(1);
    expect(say(state, 'strategy.vote-pilot', vote, 'person:tomasz')).toEqual([]);
    const [after] = rankPilots(state, access('signal'));
    expect(after?.votes).toEqual({ willing: 1, unwilling: 0 });
    expect(after?.points).toBeCloseTo(without + 4 + 2.5, 5);
    say(state, 'strategy.vote-pilot', { ...vote, willing: false }, 'person:tomasz');
    expect(rankPilots(state, access('signal'))[0]?.votes).toEqual({ willing: 0, unwilling: 1 });
  });

  it('says what it would still take', () => {
    const state = filled();
    const takes = rankPilots(state, access('none'))[0]?.takes ?? [];
    expect(takes.join(';')).toMatch(/how often somebody looks.*criticality.*signal.*answers/);
  });
});

describe('a charter', () => {
  const charter = {
    charterId: 'p1.pilot-1',
    failureModeId: 'p1.bearing',
    owner: 'marta',
    lossMinorPerYear: { low: 100, likely: 200, high: 400, grade: 'estimated' },
    crews: [{ crewId: 'p1.MECH', hPerWeek: 1 }],
    sensorMinor: 64_000,
    upkeepMinorPerYear: 5_000,
    costCentre: '4711',
    goNumbers: [{ measure: 'confirmed findings', bound: 'at least', value: 2 }],
    decideOnMs: NOW_MS + 90 * DAY_MS,
    switchedOffOnNo: 'text:1',
  };
  const sign = { charterId: 'p1.pilot-1', version: 1 };
  const check = {
    ...sign,
    results: [{ ...charter.goNumbers[0], result: 3, met: true }],
    decision: 'go',
  };

  it('is signed by its owner and by finance, two people', () => {
    const state = filled();
    expect(say(state, 'strategy.write-charter', charter)).toEqual(['strategy.charter-written 1']);
    expect(say(state, 'strategy.sign-charter', sign)).toEqual(['E-STRATEGY-063']);
    expect(say(state, 'strategy.sign-charter', sign, 'person:marta')).toHaveLength(1);
    expect(say(state, 'strategy.sign-charter-for-finance', sign, 'person:marta')).toEqual(['E-STRATEGY-064']);
    expect(say(state, 'strategy.sign-charter-for-finance', sign, 'person:david')).toHaveLength(1);
  });

  it('loses its signatures when it is written anew', () => {
    const state = filled();
    say(state, 'strategy.write-charter', charter);
    say(state, 'strategy.sign-charter', sign, 'person:marta');
    expect(say(state, 'strategy.write-charter', charter)).toEqual([]);
    say(state, 'strategy.write-charter', { ...charter, sensorMinor: 1 });
    expect(state.charters.get('p1.pilot-1')?.signatures).toEqual([]);
    expect(say(state, 'strategy.sign-charter', sign, 'person:marta')).toEqual(['E-STRATEGY-068']);
  });

  it('is checked on its date, against the agreed numbers, once signed, and then stands', () => {
    const state = filled();
    const later = charter.decideOnMs;
    say(state, 'strategy.write-charter', charter);
    expect(say(state, 'strategy.check-charter', check, 'person:marta', later)).toEqual(['E-STRATEGY-065']);
    say(state, 'strategy.sign-charter', sign, 'person:marta');
    say(state, 'strategy.sign-charter-for-finance', sign, 'person:david');
    expect(say(state, 'strategy.check-charter', check, 'person:marta')).toEqual(['E-STRATEGY-066']);
    const other = { ...check, results: [{ ...check.results[0], value: 1 }] };
    expect(say(state, 'strategy.check-charter', other, 'person:marta', later)).toEqual(['E-STRATEGY-067']);
    expect(say(state, 'strategy.check-charter', check, 'person:marta', later)).toHaveLength(1);
    expect(say(state, 'strategy.write-charter', { ...charter, sensorMinor: 9 })).toEqual(['E-STRATEGY-062']);
  });

  it('refuses a range out of order and numbers named twice', () => {
    const wrong = {
      ...charter,
      lossMinorPerYear: { low: 3, likely: 2, high: 1, grade: 'estimated' },
      goNumbers: [charter.goNumbers[0], charter.goNumbers[0]],
    };
    expect(say(filled(), 'strategy.write-charter', wrong)).toEqual(['E-STRATEGY-060', 'E-STRATEGY-061']);
  });

  it('keeps nothing where nothing can be said', () => {
    expect(isMet({ measure: 'wasted hours a week', bound: 'at most', value: 2 }, null)).toBe(false);
    expect(isMet({ measure: 'wasted hours a week', bound: 'at most', value: 2 }, 1)).toBe(true);
    expect(isMet({ measure: 'verified precision', bound: 'at least', value: 0.5 }, 0.4)).toBe(false);
  });
});

describe('the lift', () => {
  it('fills in what an older fact did not say', () => {
    const old = { type: 'strategy.failure-mode-described', v: 1, data: mode } as unknown as Recorded;
    expect(strategy.upcast(old)).toMatchObject({ v: 2, data: { severity: 'unknown', timing: null } });
    const lifted = strategy.upcast({ type: 'strategy.objective-set', v: 1, data: objective } as never);
    expect(lifted).toMatchObject({ v: 2, data: { contributors: [], valueByState: null } });
  });
});
