// A merge may show that one failure was credited twice: it was avoided once, so one of the two credits goes.
import { type CaseId, numberedId, type PersonId, shortId } from '#vocabulary/ids.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import type { EntryBooked } from './events.ts';
import type { Entry, OutcomeState } from './state.ts';

/**
 * Credits of a merged case beside one of the case it went into. Those nobody accepted yet are rejected in the name of
 * who merged, the second's before the first's; where both are accepted, the second's is booked back, for people to
 * verify and accept like any other entry.
 */
export function creditedTwice(
  state: OutcomeState,
  intoCaseId: CaseId,
  caseId: CaseId,
  by: PersonId,
  nowMs: number,
): FactBody[] {
  const first = creditsOf(state, intoCaseId);
  const second = creditsOf(state, caseId);
  if (first.length === 0 || second.length === 0) return [];
  const firstStands = first.some(({ status }) => status === 'accepted');
  const secondStands = second.some(({ status }) => status === 'accepted');
  const going = secondStands && !firstStands ? first : second;
  const reason = `duplicate: ${shortId(caseId)} was merged into ${shortId(intoCaseId)}, one failure is credited once`;
  let booked = state.entries.size;
  return going.map(({ entryId, status }) => {
    if (status !== 'accepted') return { type: 'outcome.entry-rejected', v: 1, data: { entryId, by, reason } };
    const data = reversed(state, entryId, ++booked, nowMs);
    return { type: 'outcome.entry-booked', v: 1, data };
  });
}

function creditsOf(state: OutcomeState, caseId: CaseId): Entry[] {
  return [...state.entries.values()].filter(
    (entry) => entry.caseId === caseId && entry.ledger === 'avoidance' && entry.status !== 'rejected',
  );
}

function reversed(state: OutcomeState, creditId: string, number: number, bookedAtMs: number): EntryBooked {
  const { caseId, orderId, monitorId, ledger, amountMinor, calculation, finding, evidence, grade } =
    state.entries.get(creditId) as Entry;
  const entryId = numberedId(state.site, 'E', number);
  const figures = { ledger, amountMinor: 0 - amountMinor, calculation, grade };
  return { entryId, caseId, orderId, monitorId, finding, evidence, bookedAtMs, ...figures };
}
