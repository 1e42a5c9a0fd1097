import { describe, expect, it } from 'vitest';
import type { Recorded } from '#vocabulary/fact.ts';
import { evolveOutcome, type OutcomeKnown } from './fold.ts';
import { outcome } from './outcome.ts';
import { emptyOutcome, type OutcomeState } from './state.ts';

function told(type: string, data: object): Recorded<OutcomeKnown> {
  const fact = { type, v: 1, data, id: '', seq: 0, atMs: 1, actor: 'person:jo', causeId: '', intakeSeq: 0 };
  return fact as unknown as Recorded<OutcomeKnown>;
}

function tell(state: OutcomeState, type: string, data: object): void {
  evolveOutcome(state, told(type, data));
}

function open(state: OutcomeState, caseId: string, monitorId: string): void {
  tell(state, 'work.case-opened', { caseId, monitorId, monitorVersion: 1 });
}

function check(state: OutcomeState, caseId: string, finding: string, hours: number): void {
  const given = { caseId, orderId: null, finding, hours, by: 'tom', givenAtMs: 1 };
  tell(state, 'work.finding-given', given);
}

const MERGE = { intoCaseId: 'c1', caseId: 'c2' };

describe('a merge', () => {
  it('of two monitors counts one case and one verdict for each', () => {
    const state = emptyOutcome('s');
    open(state, 'c1', 'm1');
    open(state, 'c2', 'm2');
    tell(state, 'work.cases-merged', MERGE);
    check(state, 'c1', 'nothing found', 1);
    for (const monitorId of ['m1', 'm2']) {
      expect(state.tallies.get(monitorId)).toMatchObject({
        cases: 1,
        verdicts: [{ caseId: 'c1', finding: 'nothing found' }],
      });
    }
    expect(state.tallies.get('m1')?.visitH).toBe(1);
    expect(state.tallies.get('m2')?.visitH).toBe(0);
  });

  it('of one monitor counts one case and one verdict', () => {
    const state = emptyOutcome('s');
    open(state, 'c1', 'm1');
    open(state, 'c2', 'm1');
    tell(state, 'work.cases-merged', MERGE);
    check(state, 'c1', 'sensor', 0);
    expect(state.tallies.get('m1')).toMatchObject({ cases: 1, verdicts: [{ finding: 'sensor' }] });
  });

  it('brings what the second cost, and takes a credit only once', () => {
    const state = emptyOutcome('s');
    open(state, 'c1', 'm1');
    open(state, 'c2', 'm2');
    check(state, 'c2', 'too early', 2);
    tell(state, 'outcome.entry-booked', { entryId: 'e1', caseId: 'c2', ledger: 'avoidance' });
    check(state, 'c2', 'too early', 3);
    tell(state, 'work.cases-merged', MERGE);
    expect(state.cases.get('c1')).toMatchObject({ cost: { hours: 3 }, credited: true, workers: ['tom'] });
    expect(state.cases.get('c2')).toMatchObject({ cost: { hours: 0 }, findings: [] });
  });

  it.each([
    ['estimated', 'estimated', 'outcome.entry-rejected', 'e2'],
    ['accepted', 'verified', 'outcome.entry-rejected', 'e2'],
    ['verified', 'accepted', 'outcome.entry-rejected', 'e1'],
    ['accepted', 'accepted', 'outcome.entry-booked', 's.E-0003'],
  ])('of two credits, %s and %s, leaves one: %s of %s', (first, second, type, entryId) => {
    const state = emptyOutcome('s');
    for (const [n, status] of [first, second].entries()) {
      const credit = { entryId: `e${n + 1}`, caseId: `c${n + 1}`, ledger: 'avoidance', amountMinor: 100 };
      open(state, credit.caseId, 'm1');
      tell(state, 'outcome.entry-booked', credit);
      if (status !== 'estimated')
        tell(state, 'outcome.entry-verified', { entryId: credit.entryId, by: 'eva' });
      if (status === 'accepted')
        tell(state, 'outcome.entry-accepted', { entryId: credit.entryId, by: 'finn' });
    }
    tell(state, 'work.cases-merged', MERGE);
    const merged = { ...told('work.cases-merged', { ...MERGE, by: 'jo' }) };
    const followed = outcome.follow(merged, state, { site: 's', nowMs: 2, actor: 'person:jo' });
    expect(followed).toMatchObject([{ type, data: { entryId } }]);
    for (const one of followed) tell(state, one.type, one.data as object);
    const standing = [...state.entries.values()].filter((one) => one.status !== 'rejected');
    expect(standing.reduce((sum, one) => sum + one.amountMinor, 0)).toBe(100);
    expect(outcome.follow(merged, emptyOutcome('s'), { site: 's', nowMs: 2, actor: 'person:jo' })).toEqual(
      [],
    );
  });

  /** Three cases, each with one credit of 100. */
  function threeCredits(credited: readonly number[], accepted: readonly number[]): OutcomeState {
    const state = emptyOutcome('s');
    for (const n of [1, 2, 3]) open(state, `c${n}`, 'm1');
    for (const n of credited) {
      const credit = { entryId: `e${n}`, caseId: `c${n}`, orderId: `o${n}`, ledger: 'avoidance' };
      tell(state, 'outcome.entry-booked', { ...credit, amountMinor: 100 });
      if (accepted.includes(n)) tell(state, 'outcome.entry-accepted', { entryId: `e${n}`, by: 'finn' });
    }
    return state;
  }

  function mergeAndFollow(state: OutcomeState, intoCaseId: string, caseId: string): string[] {
    const data = { intoCaseId, caseId, by: 'jo' };
    tell(state, 'work.cases-merged', data);
    const context = { site: 's', nowMs: 2, actor: 'person:jo' } as const;
    const followed = outcome.follow(told('work.cases-merged', data), state, context);
    for (const one of followed) tell(state, one.type, one.data as object);
    return followed.map((one) => (one.data as { entryId: string }).entryId);
  }

  it.each([
    ['of whose middle case had none', [1, 3], [], [[], ['e3']]],
    ['of whose last case was accepted', [1, 2, 3], [3], [['e2'], ['e1']]],
    ['of all accepted', [1, 2, 3], [1, 2, 3], [['s.E-0004'], ['s.E-0005']]],
  ])('after a merge leaves one credit of a chain, %s', (_name, credited, accepted, gone) => {
    const state = threeCredits(credited, accepted);
    expect([mergeAndFollow(state, 'c2', 'c3'), mergeAndFollow(state, 'c1', 'c2')]).toEqual(gone);
    const standing = [...state.entries.values()].filter((one) => one.status !== 'rejected');
    expect(standing.reduce((sum, one) => sum + one.amountMinor, 0)).toBe(100);
  });

  it('that a split undoes leaves each monitor with its one case', () => {
    const state = emptyOutcome('s');
    open(state, 'c1', 'm1');
    open(state, 'c2', 'm2');
    tell(state, 'work.cases-merged', MERGE);
    open(state, 'c3', 'm2');
    tell(state, 'work.case-split', { caseId: 'c1', splitCaseId: 'c3', leaving: ['m2'] });
    expect([...state.tallies.values()].map(({ cases }) => cases)).toEqual([1, 1]);
    check(state, 'c3', 'process', 0);
    expect(state.tallies.get('m1')?.verdicts).toEqual([]);
  });

  it('leaves the credit to people who saw the fault first', () => {
    const state = emptyOutcome('s');
    open(state, 'c1', 'm1');
    open(state, 'c2', 'm2');
    tell(state, 'work.notification-appended', { caseId: 'c2', firstSeenBy: 'operator' });
    tell(state, 'work.cases-merged', MERGE);
    expect(state.cases.get('c1')?.firstSeenBy).toBe('operator');
  });
});
