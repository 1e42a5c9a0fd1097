// This room says what it brought: two ledgers that are never added up, and each monitor's record.
import { personOf } from '#vocabulary/actor.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import type { Stage } from '../stage.ts';
import { entryFor } from './booking.ts';
import type { OutcomeCommand } from './commands.ts';
import type { EntryBooked, OutcomeFact } from './events.ts';
import { evolveOutcome, type OutcomeKnown } from './fold.ts';
import { type Entry, emptyOutcome, type OutcomeCase, type OutcomeState } from './state.ts';
import { creditedTwice } from './twice.ts';

export const outcome: Stage<OutcomeState> = {
  word: 'outcome',
  purpose: "Books what the work brought or cost, in two ledgers, and keeps each monitor's record.",
  initial: emptyOutcome,
  decide: (command, state, context) => decideOutcome(command as OutcomeCommand, state, context),
  evolve: (state, fact) => evolveOutcome(state, fact as Recorded<OutcomeKnown>),
  follow: (fact, state, context) => followOutcome(fact as Recorded<OutcomeKnown>, state, context),
  nextDueMs: () => Number.POSITIVE_INFINITY,
  due: () => [],
  upcast(fact) {
    if (fact.v === 1) return withOrder(fact);
    throw new Error(`E-OUTCOME-092 ${fact.type} version ${fact.v} is newer than this program`);
  },
};

/** The first entries ever booked did not say which order they stand for. */
function withOrder(fact: Recorded): Recorded {
  const data = fact.data as object;
  if (fact.type !== 'outcome.entry-booked' || 'orderId' in data) return fact;
  return { ...fact, data: { ...data, orderId: null } };
}

function followOutcome(fact: Recorded<OutcomeKnown>, state: OutcomeState, { nowMs }: Context): FactBody[] {
  if (fact.type === 'work.cases-merged') {
    const { intoCaseId, caseId, by } = fact.data;
    return creditedTwice(state, intoCaseId, caseId, by, nowMs);
  }
  let booked: EntryBooked | null = null;
  if (fact.type === 'work.order-finished') {
    const { caseId, orderId, repaired } = fact.data;
    const theCase = state.cases.get(caseId) as OutcomeCase;
    const finding = theCase.findings.findLast((given) => given.orderId === orderId);
    if (finding) booked = entryFor(state, theCase, finding, { orderId, repaired }, nowMs);
  } else if (fact.type === 'work.finding-given' && fact.data.orderId === null) {
    const theCase = state.cases.get(fact.data.caseId) as OutcomeCase;
    booked = entryFor(state, theCase, fact.data, null, nowMs);
  }
  return booked ? [body('outcome.entry-booked', booked)] : [];
}

function decideOutcome(command: OutcomeCommand, state: OutcomeState, context: Context): Decision {
  const entry = state.entries.get((command.data as { entryId?: string } | null)?.entryId ?? '');
  const by = personOf(context.actor);
  switch (command.type) {
    case 'outcome.verify-entry':
    case 'outcome.accept-entry':
    case 'outcome.reject-entry':
      break;
    default:
      return refuse(
        'E-OUTCOME-001',
        `There is no command "${(command as Command).type}".`,
        'Use one of the commands of the outcome stage.',
      );
  }
  if (by === null) {
    return refuse(
      'E-OUTCOME-002',
      'Only a person answers for money.',
      'Sign in as a person and do it again.',
    );
  }
  if (!entry) {
    const { entryId } = command.data;
    return refuse('E-OUTCOME-003', `There is no entry ${entryId}.`, 'Take the id from the outcome page.');
  }
  const { entryId } = entry;
  if (command.type === 'outcome.verify-entry') {
    return notIn(entry, ['estimated']) ?? [body('outcome.entry-verified', { entryId, by })];
  }
  if (command.type === 'outcome.accept-entry') {
    return cannotAccept(entry, by) ?? [body('outcome.entry-accepted', { entryId, by })];
  }
  const reason = command.data.reason.trim();
  if (reason === '') {
    return refuse(
      'E-OUTCOME-007',
      'A rejection needs a reason.',
      'Say in a sentence what is wrong with the figure.',
    );
  }
  return notIn(entry, ['estimated', 'verified']) ?? [body('outcome.entry-rejected', { entryId, by, reason })];
}

function notIn(entry: Entry, statuses: Entry['status'][]): Refusal | null {
  if (statuses.includes(entry.status)) return null;
  return refuse(
    'E-OUTCOME-004',
    `${entry.entryId} is ${entry.status}.`,
    `This can be done with an entry that is ${statuses.join(' or ')}.`,
  );
}

/** Estimated, verified, accepted: in this order, by different people, and never on an assumption (promises 2 and 6). */
function cannotAccept(entry: Entry, by: PersonId): Refusal | null {
  const early = notIn(entry, ['verified']);
  if (early) return early;
  if (entry.grade === 'assumed') {
    return refuse(
      'E-OUTCOME-005',
      `${entry.entryId} rests on an assumed figure; such money is never accepted.`,
      'Have the figure measured or estimated by a named person; the next case is booked on it.',
    );
  }
  if (entry.verifiedBy !== by && !entry.workers.includes(by)) return null;
  return refuse(
    'E-OUTCOME-006',
    `You verified ${entry.entryId} or did its work, so you cannot accept it.`,
    'Ask another person of finance.',
  );
}

function body<T extends OutcomeFact['type']>(
  type: T,
  data: Extract<OutcomeFact, { type: T }>['data'],
): FactBody {
  return { type, v: 1, data };
}
