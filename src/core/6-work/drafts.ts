import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import { numberedId } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal, refuse } from '#vocabulary/refusal.ts';
import { dayStartMs, isoUtc } from '#vocabulary/time.ts';
import { body } from './body.ts';
import type { AcceptDraft, RecordNotificationNumber, RejectDraft } from './commands.ts';
import type { Finding, FindingGiven, OrderCreated } from './events.ts';
import type { WorkCase, WorkDraft, WorkState } from './state.ts';

/** Longest number a CMMS gives a notification. */
export const MAX_CMMS_NUMBER_LENGTH = 40;

/** What a planner can know without a look at the machine. */
const SCREENING: Finding[] = ['process', 'nothing found', 'sensor', 'already known', 'not checked'];

/** The number that the plant's CMMS gave a notification; the same number again changes nothing. */
export function recordNumber(
  { data }: RecordNotificationNumber,
  state: WorkState,
  context: Context,
): Decision {
  const notification = state.notifications.get(data.notificationId);
  if (!notification) {
    return refuse(
      'E-WORK-003',
      `There is no notification ${data.notificationId}.`,
      'Take the id from the case page.',
    );
  }
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('types in the number of a notification');
  const cmmsNumber = data.cmmsNumber.trim();
  if (cmmsNumber === '' || cmmsNumber.length > MAX_CMMS_NUMBER_LENGTH) {
    return refuse(
      'E-WORK-004',
      `"${data.cmmsNumber}" is no number of a notification.`,
      `Type the number the CMMS shows, 1 to ${MAX_CMMS_NUMBER_LENGTH} characters.`,
    );
  }
  if (notification.cmmsNumber === cmmsNumber) return [];
  for (const other of state.notifications.values()) {
    if (other.cmmsNumber !== cmmsNumber) continue;
    return refuse(
      'E-WORK-005',
      `The number ${cmmsNumber} already belongs to ${other.notificationId}.`,
      'Check both notifications in the CMMS: each case has exactly one.',
    );
  }
  const { notificationId, caseId } = notification;
  return [body('work.notification-number-recorded', { notificationId, caseId, cmmsNumber, by })];
}

/** A planner's one yes: the draft becomes an order on its day. The order is not released by it. */
export function acceptDraft({ data }: AcceptDraft, state: WorkState, context: Context): Decision {
  const draft = openDraft(state, data.draftId);
  if (isRefusal(draft)) return draft;
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('accepts a draft');
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

export function onlyPeople(what: string): Refusal {
  return refuse('E-WORK-002', `Only a person ${what}.`, 'Sign in as a person and do it again.');
}
