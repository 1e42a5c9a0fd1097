// A merge may show that one failure was credited twice: it was avoided once, so one of the two credits goes.
import { type CaseId, numberedId, type PersonId, shortId } from '#vocabulary/ids.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import type { EntryBooked } from './events.ts';
import type { Entry, OutcomeState } from './state.ts';

/**
 * Credits of a merged case, and of all that was merged into it before, beside one of the case it went into: one stays,
 * an accepted one first, else the first's. The others go: nobody accepted them yet, and they are rejected in the name of
 * who merged; or somebody did, and they are booked back, for people to verify and accept like any other entry.
 */
export function creditedTwice(
  state: OutcomeState,
  intoCaseId: CaseId,
  caseId: CaseId,
  by: PersonId,
  nowMs: number,
): FactBody[] {
  const into = state.cases.get(intoCaseId);
  const credits = creditsOf(state, new Set([intoCaseId, caseId, ...(into?.absorbed ?? [])]));
  const stays = credits.find(({ status }) => status === 'accepted') ?? credits[0];
  const reason = `duplicate: ${shortId(caseId)} was merged into ${shortId(intoCaseId)}, one failure is credited once`;
  let booked = state.entries.size;
  return credits
    .filter((credit) => credit !== stays)
    .map(({ entryId, status }) => {
      if (status !== 'accepted')
        return { type: 'outcome.entry-rejected', v: 1, data: { entryId, by, reason } };
      const data = reversed(state, entryId, ++booked, nowMs);
      return { type: 'outcome.entry-booked', v: 1, data };
    });
}

/** Credits that stand, those of the first case first; one that was booked back stands no more. */
function creditsOf(state: OutcomeState, caseIds: ReadonlySet<CaseId>): Entry[] {
  const place = [...caseIds];
  const standing: Entry[] = [];
  for (const entry of state.entries.values()) {
    if (!caseIds.has(entry.caseId) || entry.ledger !== 'avoidance' || entry.status === 'rejected') continue;
    const at = standing.findIndex((credit) => booksBack(entry, credit));
    if (at >= 0) standing.splice(at, 1);
    else standing.push(entry);
  }
  return standing.sort((a, b) => place.indexOf(a.caseId) - place.indexOf(b.caseId));
}

function booksBack(entry: Entry, { caseId, orderId, amountMinor }: Entry): boolean {
  return entry.caseId === caseId && entry.orderId === orderId && entry.amountMinor === 0 - amountMinor;
}

function reversed(state: OutcomeState, creditId: string, number: number, bookedAtMs: number): EntryBooked {
  const { caseId, orderId, monitorId, ledger, amountMinor, calculation, finding, evidence, grade } =
    state.entries.get(creditId) as Entry;
  const entryId = numberedId(state.site, 'E', number);
  const figures = { ledger, amountMinor: 0 - amountMinor, calculation, grade };
  return { entryId, caseId, orderId, monitorId, finding, evidence, bookedAtMs, ...figures };
}
