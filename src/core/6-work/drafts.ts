import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import { numberedId } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal, refuse } from '#vocabulary/refusal.ts';
import { dayStartMs, isoUtc } from '#vocabulary/time.ts';
import { body } from './body.ts';
import type { AcceptDraft, RejectDraft } from './commands.ts';
import type { Finding, FindingGiven, OrderCreated } from './events.ts';
import type { WorkCase, WorkDraft, WorkState } from './state.ts';

/** What a planner can know without a look at the machine. */
const SCREENING: Finding[] = ['process', 'nothing found', 'sensor', 'already known', 'not checked'];

/** A planner's one yes: the draft becomes an order on its day. The order is not released by it. */
export function acceptDraft({ data }: AcceptDraft, state: WorkState, context: Context): Decision {
  const draft = openDraft(state, data.draftId);
  if (isRefusal(draft)) return draft;
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('accepts a draft');
  const asked = stillAsked(state, draft);
  if (asked) return asked;
  if (data.dayMs === null || !Number.isFinite(data.dayMs)) {
    return refuse(
      'E-WORK-008',
      `No day is given for ${draft.draftId}, and none was proposed.`,
      'Choose a day for the order.',
    );
  }
  const dayMs = dayStartMs(data.dayMs);
  if (dayMs < dayStartMs(context.nowMs)) {
    return refuse(
      'E-WORK-009',
      `${isoUtc(dayMs).slice(0, 10)} is over; ${draft.draftId} cannot be planned for it.`,
      'Choose today or a later day.',
    );
  }
  const { draftId, caseId, name, craft, crewId, durationH, people, parts } = draft;
  const { needsStop, plannedDowntimeH, finishBy, priority } = draft;
  const order: OrderCreated = {
    orderId: numberedId(state.site, 'WO', state.orders.size + 1),
    draftId,
    caseId,
    acceptedBy: by,
    name,
    craft,
    crewId,
    durationH,
    people,
    parts,
    needsStop,
    plannedDowntimeH,
    finishBy,
    priority,
    dayMs,
  };
  return [
    body('work.draft-answered', { draftId, caseId, answer: 'accepted', by, reason: null }),
    body('work.order-created', order),
  ];
}

/** A planner's no is a finding too: it counts in the monitor's record (promise 5). */
export function rejectDraft({ data }: RejectDraft, state: WorkState, context: Context): Decision {
  const draft = openDraft(state, data.draftId);
  if (isRefusal(draft)) return draft;
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('rejects a draft');
  const asked = stillAsked(state, draft);
  if (asked) return asked;
  if (!SCREENING.includes(data.finding)) {
    return refuse(
      'E-WORK-010',
      `"${data.finding}" cannot be said without a look at the machine.`,
      `Accept the draft, or reject it with one of: ${SCREENING.join(', ')}.`,
    );
  }
  const reason = data.reason.trim();
  if (reason === '') {
    return refuse('E-WORK-011', 'A rejection needs a reason.', 'Say in a sentence why nobody should go.');
  }
  const { draftId, caseId } = draft;
  const finding: FindingGiven = {
    caseId,
    orderId: null,
    monitorId: (state.cases.get(caseId) as WorkCase).monitorId,
    moment: 'screening',
    finding: data.finding,
    evidence: 'none',
    by,
    givenAtMs: context.nowMs,
    lookAgainMs: null,
    hours: 0,
    noteRef: null,
  };
  return [
    body('work.draft-answered', { draftId, caseId, answer: 'rejected', by, reason }),
    body('work.finding-given', finding),
  ];
}

function openDraft(state: WorkState, draftId: string): WorkDraft | Refusal {
  const draft = state.drafts.get(draftId);
  if (!draft)
    return refuse('E-WORK-006', `There is no draft ${draftId}.`, 'Take the id from the list of drafts.');
  if (draft.answer === null) return draft;
  return refuse(
    'E-WORK-007',
    `${draftId} is already ${draft.answer}.`,
    'A draft is answered once; open its case to see what followed.',
  );
}

/** Work hangs on a notification: first the case has one. */
function stillAsked(state: WorkState, { draftId, caseId }: WorkDraft): Refusal | null {
  if ((state.cases.get(caseId) as WorkCase).offer === null) return null;
  return refuse(
    'E-WORK-026',
    `${draftId} has no notification yet: it is still asked whether an open one says the same fault.`,
    `Answer that on ${caseId} first: the same fault, or why not.`,
  );
}

export function noCase(caseId: string): Refusal {
  return refuse('E-WORK-014', `There is no case ${caseId}.`, 'Take the id from the list of cases.');
}

export function onlyPeople(what: string): Refusal {
  return refuse('E-WORK-002', `Only a person ${what}.`, 'Sign in as a person and do it again.');
}
