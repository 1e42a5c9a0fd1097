import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { body } from './body.ts';
import type { GiveFinding } from './commands.ts';
import { noCase, onlyPeople } from './drafts.ts';
import type { Evidence, Finding, FindingGiven } from './events.ts';
import type { WorkCase, WorkOrder, WorkState } from './state.ts';

export const FINDINGS: readonly Finding[] = [
  'as stated',
  'other fault',
  'too early',
  'process',
  'nothing found',
  'sensor',
  'already known',
  'not checked',
];
export const EVIDENCE: readonly Evidence[] = ['strong', 'moderate', 'weak', 'none'];

/** After these the draft stands: the fault is there, or may yet show itself. */
const KEEPS_DRAFT: Finding[] = ['as stated', 'other fault', 'too early'];

/**
 * One of the eight answers. After a check it may come before an order exists (a walk-by on a standing order) and then
 * either leaves the draft standing or withdraws it; as found it belongs to a started order.
 */
export function giveFinding({ data }: GiveFinding, state: WorkState, context: Context): Decision {
  const theCase = state.cases.get(data.caseId);
  if (!theCase) return noCase(data.caseId);
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('gives a finding');
  const order = state.orders.get(theCase.openOrderId ?? '') ?? null;
  const wrong = outOfPlace(data.moment, theCase, order) ?? incomplete(data, context.nowMs);
  if (wrong) return wrong;
  const given: FindingGiven = {
    caseId: theCase.caseId,
    orderId: order?.orderId ?? null,
    monitorId: theCase.monitorId,
    moment: data.moment,
    finding: data.finding,
    evidence: data.evidence,
    by,
    givenAtMs: context.nowMs,
    lookAgainMs: data.lookAgainMs,
    hours: data.hours,
    noteRef: data.noteRef,
  };
  const fact = body('work.finding-given', given);
  const draftId = theCase.openDraftId;
  if (draftId === null || KEEPS_DRAFT.includes(data.finding)) return [fact];
  const { caseId } = theCase;
  const reason = `check: ${data.finding}`;
  return [fact, body('work.draft-answered', { draftId, caseId, answer: 'withdrawn', by, reason })];
}

function outOfPlace(
  moment: GiveFinding['data']['moment'],
  theCase: WorkCase,
  order: WorkOrder | null,
): Refusal | null {
  if (moment !== 'check' && moment !== 'as found') {
    return refuse(
      'E-WORK-015',
      `"${String(moment)}" is no moment at which a finding is given.`,
      'Use "check" or "as found".',
    );
  }
  if (order && order.status !== 'started') {
    return refuse(
      'E-WORK-016',
      `${order.orderId} is ${order.status}; a finding belongs to the work itself.`,
      'Start the order first, then say what you see.',
    );
  }
  if (!order && moment === 'as found') {
    return refuse(
      'E-WORK-017',
      `${theCase.caseId} has no started order, so nothing was taken apart.`,
      'Give the finding as a check, or start the order first.',
    );
  }
  if (order || theCase.openDraftId !== null) return null;
  return refuse(
    'E-WORK-018',
    `Nothing waits for an answer on ${theCase.caseId}.`,
    'It is answered already; the next alert of this fault asks anew.',
  );
}

function incomplete(data: GiveFinding['data'], nowMs: number): Refusal | null {
  if (!FINDINGS.includes(data.finding) || !EVIDENCE.includes(data.evidence)) {
    return refuse(
      'E-WORK-019',
      `"${data.finding}" with evidence "${data.evidence}" is no finding.`,
      `Answer one of: ${FINDINGS.join(', ')}; evidence: ${EVIDENCE.join(', ')}.`,
    );
  }
  const tooEarly = data.finding === 'too early';
  if (tooEarly && data.moment === 'as found') {
    return refuse(
      'E-WORK-023',
      'Too early to see cannot be said of a machine that was taken apart.',
      'Say what was found, or "nothing found".',
    );
  }
  if (tooEarly !== (data.lookAgainMs !== null) || (data.lookAgainMs ?? nowMs + 1) <= nowMs) {
    return refuse(
      'E-WORK-024',
      tooEarly
        ? 'Too early to see needs a later date to look again.'
        : `"${data.finding}" takes no later date.`,
      tooEarly ? 'Name a date after now.' : 'Leave the date out, or answer "too early".',
    );
  }
  if (Number.isFinite(data.hours) && data.hours >= 0) return null;
  return refuse(
    'E-WORK-025',
    `${data.hours} hours cannot be booked.`,
    'Give the hours of the check, 0 or more.',
  );
}
