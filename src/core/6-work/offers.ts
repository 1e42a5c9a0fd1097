import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { type PersonId, shortId } from '#vocabulary/ids.ts';
import { isRefusal, refuse } from '#vocabulary/refusal.ts';
import { body } from './body.ts';
import { nearness } from './candidates.ts';
import { declineBodies, longTextFor } from './case-bodies.ts';
import type { AppendToNotification, CreateNotification } from './commands.ts';
import { onlyPeople } from './drafts.ts';
import type { FirstSeenBy } from './matching-events.ts';
import { mergeBodies, openCaseOf } from './merge.ts';
import { openNotification } from './notifications.ts';
import type { WorkCase, WorkNotification, WorkState } from './state.ts';

/**
 * The same fault as an open notification: the case takes it, or joins the case that already has it. A notification the
 * case had of its own ends as a duplicate.
 */
export function appendToNotification(
  { data }: AppendToNotification,
  state: WorkState,
  { actor, nowMs }: Context,
): Decision {
  const theCase = openCaseOf(state, data.caseId);
  if (isRefusal(theCase)) return theCase;
  const by = personOf(actor);
  if (by === null) return onlyPeople('says that two are the same fault');
  const notification = openNotification(state, data.notificationId);
  if (isRefusal(notification)) return notification;
  if (theCase.notificationId === notification.notificationId) return [];
  if (nearness(state, theCase.fault.assetId, notification.assetId) === null) {
    return refuse(
      'E-WORK-034',
      `${notification.notificationId} is on ${notification.assetId}, not on ${theCase.fault.assetId}, its parent or its children.`,
      'Choose a notification of the same object, its parent or a child.',
    );
  }
  const owner = state.cases.get(notification.caseId ?? '');
  if (owner) {
    const reason = `same fault as ${shortId(notification.notificationId)}`;
    return mergeBodies(state, owner, theCase, by, reason, nowMs);
  }
  return [...endAsDuplicate(theCase, notification, by, nowMs), take(state, theCase, notification, by)];
}

/** None of the open ones says this fault: the case gets a notification of its own. */
export function createNotification(
  { data }: CreateNotification,
  state: WorkState,
  { actor }: Context,
): Decision {
  const theCase = openCaseOf(state, data.caseId);
  if (isRefusal(theCase)) return theCase;
  const by = personOf(actor);
  if (by === null) return onlyPeople('says that two are not the same fault');
  if (theCase.offer === null) {
    return refuse(
      'E-WORK-035',
      `${theCase.caseId} already has its notification ${theCase.notificationId}.`,
      'Nothing is left to answer; merge or split cases to correct it.',
    );
  }
  const reason = data.reason.trim();
  if (reason !== '') return declineBodies(state, theCase, by, reason);
  return refuse(
    'E-WORK-036',
    'Another notification beside an open one needs a reason.',
    'Say in a sentence why it is not the same fault.',
  );
}

function take(state: WorkState, theCase: WorkCase, notification: WorkNotification, by: PersonId): FactBody {
  const { notificationId, origin, createdAtMs } = notification;
  const wasFirst = origin !== 'alert' && createdAtMs < theCase.openedAtMs;
  const firstSeenBy: FirstSeenBy = wasFirst ? 'operator' : 'monitor';
  const longText = longTextFor(state, theCase);
  return body('work.notification-appended', {
    caseId: theCase.caseId,
    notificationId,
    by,
    firstSeenBy,
    longText,
  });
}

function endAsDuplicate(
  { notificationId }: WorkCase,
  other: WorkNotification,
  by: PersonId,
  closedAtMs: number,
): FactBody[] {
  if (notificationId === null) return [];
  const duplicateOf = other.notificationId;
  const reason = `duplicate of ${shortId(duplicateOf)}`;
  return [body('work.notification-closed', { notificationId, by, reason, duplicateOf, closedAtMs })];
}
