import { describe, expect, it } from 'vitest';
import type { Recorded } from '#vocabulary/fact.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { evolveOutcome, type OutcomeKnown } from './fold.ts';
import { monitorRecord, poolsOf } from './monitor-record.ts';
import { judgeRecord, noiseOverBudget } from './rules.ts';
import { emptyOutcome, type OutcomeState } from './state.ts';

const CREW = { crewId: 'c', name: 'MECH-B', presentHPerWeek: 90, cbmShare: 0.1 };

function tell(state: OutcomeState, type: string, data: object, atMs = 1): Recorded<OutcomeKnown> {
  const fact = { type, v: 1, data, id: 'f', seq: 0, atMs, actor: 'person:jo', causeId: '', intakeSeq: 0 };
  evolveOutcome(state, fact as unknown as Recorded<OutcomeKnown>);
  return fact as unknown as Recorded<OutcomeKnown>;
}

function defined(mode: string, rung = 'walk-by') {
  return { failureModeId: mode, condition: { kind: 'limit' }, response: { rung } };
}

function live(state: OutcomeState, monitorId: string, mode: string): void {
  tell(state, 'monitor.drafted', { monitorId, version: 1, definition: defined(mode) });
  tell(state, 'monitor.activated', { monitorId, version: 1, crewId: 'c', wastedHPerWeek: 0 });
}

function plant(): OutcomeState {
  const state = emptyOutcome('s');
  tell(state, 'strategy.crew-formed', CREW);
  for (const kind of ['safety', 'production']) {
    tell(state, 'strategy.failure-mode-described', {
      failureModeId: kind,
      assetId: 'a',
      group: kind,
      consequence: { kind },
    });
  }
  return state;
}

function lose(state: OutcomeState, monitorId: string, hours: number, day: number): Recorded<OutcomeKnown> {
  return tell(state, 'alert.noise-charged', { monitorId, crewId: 'c', hours }, day * DAY_MS);
}

const asked = (state: OutcomeState, fact: Recorded<OutcomeKnown>) =>
  noiseOverBudget.on(fact, state).map((one) => [one.type, (one.data as { monitorId: string }).monitorId]);

describe('a crew over its noise budget', () => {
  it('loses the worst monitor that may be moved, and the owner of a guarded one is asked', () => {
    const state = plant();
    live(state, 'guarded', 'safety');
    live(state, 'other', 'production');
    lose(state, 'guarded', 3, 3);
    lose(state, 'other', 1, 4);
    const last = lose(state, 'guarded', 3, 12);
    expect(asked(state, last)).toEqual([
      ['monitor.advise', 'guarded'],
      ['monitor.send-back-to-trial', 'other'],
    ]);
  });

  it('asks only, when all it has is guarded', () => {
    const state = plant();
    live(state, 'guarded', 'safety');
    lose(state, 'guarded', 3, 3);
    expect(asked(state, lose(state, 'guarded', 3, 12))).toEqual([['monitor.advise', 'guarded']]);
  });

  it('spares a guarded monitor that is better than another', () => {
    const state = plant();
    live(state, 'guarded', 'safety');
    live(state, 'other', 'production');
    lose(state, 'guarded', 1, 3);
    lose(state, 'other', 3, 4);
    expect(asked(state, lose(state, 'other', 3, 12))).toEqual([['monitor.send-back-to-trial', 'other']]);
  });

  it('judges by the version in effect, not by a draft that would take the guard away', () => {
    const state = plant();
    live(state, 'guarded', 'safety');
    tell(state, 'monitor.changed', { monitorId: 'guarded', version: 2, definition: defined('production') });
    lose(state, 'guarded', 3, 3);
    expect(asked(state, lose(state, 'guarded', 3, 12))).toEqual([['monitor.advise', 'guarded']]);
  });
});

describe('the record', () => {
  it('owes what the activated version owes, and is pooled with its kind', () => {
    const state = plant();
    live(state, 'm', 'production');
    const kinds = [...poolsOf(state).keys()];
    const repair = defined('production', 'repair');
    tell(state, 'monitor.changed', { monitorId: 'm', version: 2, definition: repair });
    expect(monitorRecord(state, 'm', 1)?.target).toBe(0.5);
    expect([...poolsOf(state).keys()]).toEqual(kinds);
    tell(state, 'monitor.activated', { monitorId: 'm', version: 2, crewId: 'c', wastedHPerWeek: 0 });
    expect(monitorRecord(state, 'm', 1)?.target).toBe(0.8);
  });

  it('is judged for each monitor of a merged case', () => {
    const state = plant();
    live(state, 'm1', 'production');
    live(state, 'm2', 'safety');
    const open = (caseId: string, monitorId: string) =>
      tell(state, 'work.case-opened', { caseId, monitorId, monitorVersion: 1 });
    const wrong = (caseId: string) =>
      tell(state, 'work.finding-given', {
        caseId,
        orderId: null,
        finding: 'nothing found',
        hours: 1,
        by: 'tom',
        givenAtMs: 1,
      });
    for (const caseId of ['x1', 'x2']) {
      open(caseId, 'm2');
      wrong(caseId);
    }
    open('c1', 'm1');
    open('c2', 'm2');
    tell(state, 'work.cases-merged', { intoCaseId: 'c1', caseId: 'c2' });
    const commands = judgeRecord.on(wrong('c1'), state);
    expect(commands.map((one) => (one.data as { monitorId: string }).monitorId)).toEqual(['m2']);
  });
});
