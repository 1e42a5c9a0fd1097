import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { type CaseId, type PersonId, shortId } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal, refuse } from '#vocabulary/refusal.ts';
import { body } from './body.ts';
import { nearness } from './candidates.ts';
import { draftFor, longTextFor, newestAlert } from './case-bodies.ts';
import type { MergeCases } from './commands.ts';
import { noCase, onlyPeople } from './drafts.ts';
import type { WorkCase, WorkState } from './state.ts';

/** Two cases turn out to be one fault: the second closes, and all that hung on it hangs on the first. */
export function mergeCases({ data }: MergeCases, state: WorkState, { actor, nowMs }: Context): Decision {
  const into = openCaseOf(state, data.intoCaseId);
  if (isRefusal(into)) return into;
  const second = openCaseOf(state, data.caseId);
  if (isRefusal(second)) return second;
  const by = personOf(actor);
  if (by === null) return onlyPeople('merges cases');
  const reason = data.reason.trim();
  if (reason === '') {
    return refuse('E-WORK-038', 'A merge needs a reason.', 'Say in a sentence why it is one fault.');
  }
  return mergeBodies(state, into, second, by, reason, nowMs);
}

/** The facts of a merge, or why it cannot be: at most one open order per case, and objects next to each other. */
export function mergeBodies(
  state: WorkState,
  into: WorkCase,
  second: WorkCase,
  by: PersonId,
  reason: string,
  nowMs: number,
): Decision {
  if (into === second) {
    return refuse(
      'E-WORK-039',
      `${into.caseId} is one case already.`,
      'Choose another case to merge with it.',
    );
  }
  if (nearness(state, into.fault.assetId, second.fault.assetId) === null) {
    return refuse(
      'E-WORK-040',
      `${second.caseId} is on ${second.fault.assetId}, not on ${into.fault.assetId}, its parent or its children.`,
      'Merge cases of the same object, or of a parent and its child.',
    );
  }
  if (into.openOrderId !== null && second.openOrderId !== null) {
    return refuse(
      'E-WORK-041',
      `Both cases have an open order: ${into.openOrderId} and ${second.openOrderId}.`,
      'Finish one of the two orders first; a case has at most one open.',
    );
  }
  const { caseId } = second;
  const intoCaseId = into.caseId;
  const merged = `merged into ${shortId(intoCaseId)}`;
  return [
    ...withdraw(second, by, merged),
    ...(second.openOrderId === null
      ? []
      : withdraw(into, by, `order ${shortId(second.openOrderId)} is on it`)),
    body('work.cases-merged', { intoCaseId, caseId, by, reason }),
    body('work.case-closed', { caseId, closedAtMs: nowMs, reason: merged }),
    ...oneNotification(state, into, second, by, nowMs),
    ...stillToDo(state, into, second, nowMs),
  ];
}

/** @returns the case when it is open */
export function openCaseOf(state: WorkState, caseId: CaseId): WorkCase | Refusal {
  const theCase = state.cases.get(caseId);
  if (!theCase) {
    return noCase(caseId);
  }
  if (theCase.closedAtMs === null) return theCase;
  return refuse(
    'E-WORK-037',
    `${caseId} is closed: ${theCase.closedBecause}.`,
    'Only open cases are matched; the next alert of the fault opens or reopens one.',
  );
}

function withdraw({ openDraftId, caseId }: WorkCase, by: PersonId, reason: string): FactBody[] {
  if (openDraftId === null) return [];
  const draft = { draftId: openDraftId, caseId, by, reason };
  return [body('work.draft-answered', { ...draft, answer: 'withdrawn' })];
}

/** The first keeps its notification and the other ends as its duplicate; a first that has none takes the other. */
function oneNotification(
  state: WorkState,
  into: WorkCase,
  second: WorkCase,
  by: PersonId,
  closedAtMs: number,
): FactBody[] {
  const { notificationId } = second;
  if (notificationId === null) return [];
  const { caseId, notificationId: duplicateOf } = into;
  if (duplicateOf === null) {
    const { firstSeenBy } = second;
    const longText = longTextFor(state, into);
    return [body('work.notification-appended', { caseId, notificationId, by, firstSeenBy, longText })];
  }
  const reason = `duplicate of ${shortId(duplicateOf)}`;
  return [body('work.notification-closed', { notificationId, by, reason, duplicateOf, closedAtMs })];
}

/** Work that only the second had planned is planned on the first. */
function stillToDo(state: WorkState, into: WorkCase, second: WorkCase, nowMs: number): FactBody[] {
  const isOn = into.openDraftId ?? into.openOrderId ?? second.openOrderId;
  if (isOn !== null || second.openDraftId === null) return [];
  const notificationId = into.notificationId ?? second.notificationId;
  return draftFor(state, { ...into, notificationId }, newestAlert(state, second), nowMs, null);
}
