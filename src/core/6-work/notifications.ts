import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import { type AssetId, numberedId } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal, refuse } from '#vocabulary/refusal.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { body } from './body.ts';
import type { CloseNotification, RecordNotification, RecordNotificationNumber, Report } from './commands.ts';
import { onlyPeople } from './drafts.ts';
import type { WorkNotification, WorkState } from './state.ts';

/** Longest number a CMMS gives a notification. */
export const MAX_CMMS_NUMBER_LENGTH = 40;

/** A person saw a fault: a notification without a monitor, open until a case takes it or somebody closes it. */
export function report({ data }: Report, state: WorkState, { actor, nowMs }: Context): Decision {
  const by = personOf(actor);
  if (by === null) return onlyPeople('reports what they saw');
  const wrong =
    unknownAsset(state, data.assetId) ?? unknownPlace(state, data) ?? wrongTime(data.seenAtMs, nowMs);
  if (wrong) return wrong;
  if (data.textRef.trim() === '') return wordless();
  const { assetId, position, group, textRef, seenAtMs } = data;
  const notificationId = numberedId(state.site, 'N', state.notifications.size + 1);
  const said = { notificationId, assetId, position, group, textRef, by, seenAtMs, reportedAtMs: nowMs };
  return [body('work.notification-reported', said)];
}

/** An open notification of the CMMS, copied so that it stands beside the next alert. */
export function recordNotification(
  { data }: RecordNotification,
  state: WorkState,
  { actor, nowMs }: Context,
): Decision {
  const by = personOf(actor);
  if (by === null) return onlyPeople('copies a notification');
  const wrong = unknownAsset(state, data.assetId) ?? wrongTime(data.reportedAtMs, nowMs);
  if (wrong) return wrong;
  if (data.textRef.trim() === '') return wordless();
  const cmmsNumber = freeNumber(state, data.cmmsNumber);
  if (isRefusal(cmmsNumber)) return cmmsNumber;
  const { assetId, textRef, reportedAtMs } = data;
  const notificationId = numberedId(state.site, 'N', state.notifications.size + 1);
  const said = { notificationId, assetId, cmmsNumber, textRef, by, reportedAtMs };
  return [body('work.notification-recorded', said)];
}

/** Ends a notification that no case has taken; one of a case ends with the case. */
export function closeNotification(
  { data }: CloseNotification,
  state: WorkState,
  { actor, nowMs }: Context,
): Decision {
  const by = personOf(actor);
  if (by === null) return onlyPeople('closes a notification');
  const notification = openNotification(state, data.notificationId);
  if (isRefusal(notification)) return notification;
  const { notificationId, caseId } = notification;
  if (caseId !== null) {
    return refuse(
      'E-WORK-027',
      `${notificationId} belongs to ${caseId} and ends with it.`,
      'Give the finding of the case, or merge it into the case of the same fault.',
    );
  }
  const reason = data.reason.trim();
  if (reason === '') {
    return refuse('E-WORK-028', 'Closing a notification needs a reason.', 'Say in a sentence why it ends.');
  }
  const closed = { notificationId, by, reason, duplicateOf: null, closedAtMs: nowMs };
  return [body('work.notification-closed', closed)];
}

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
  if (notification.cmmsNumber !== null && notification.cmmsNumber === data.cmmsNumber.trim()) return [];
  const cmmsNumber = freeNumber(state, data.cmmsNumber);
  if (isRefusal(cmmsNumber)) return cmmsNumber;
  const { notificationId, caseId } = notification;
  return [body('work.notification-number-recorded', { notificationId, caseId, cmmsNumber, by })];
}

/** @returns the notification when it is open */
export function openNotification(state: WorkState, notificationId: string): WorkNotification | Refusal {
  const notification = state.notifications.get(notificationId);
  if (!notification) {
    return refuse(
      'E-WORK-003',
      `There is no notification ${notificationId}.`,
      'Take the id from the case page.',
    );
  }
  if (state.openNotifications.has(notificationId)) return notification;
  return refuse(
    'E-WORK-029',
    `${notificationId} is closed.`,
    'Choose one that is open, or create a notification of its own.',
  );
}

function freeNumber(state: WorkState, typed: string): string | Refusal {
  const cmmsNumber = typed.trim();
  if (cmmsNumber === '' || cmmsNumber.length > MAX_CMMS_NUMBER_LENGTH) {
    return refuse(
      'E-WORK-004',
      `"${typed}" is no number of a notification.`,
      `Type the number the CMMS shows, 1 to ${MAX_CMMS_NUMBER_LENGTH} characters.`,
    );
  }
  for (const other of state.notifications.values()) {
    if (other.cmmsNumber !== cmmsNumber) continue;
    return refuse(
      'E-WORK-005',
      `The number ${cmmsNumber} already belongs to ${other.notificationId}.`,
      'Check both notifications in the CMMS: each case has exactly one.',
    );
  }
  return cmmsNumber;
}

function unknownAsset(state: WorkState, assetId: AssetId): Refusal | null {
  if (state.assets.has(assetId)) return null;
  return refuse('E-WORK-030', `There is no asset ${assetId}.`, 'Choose one from the list of assets.');
}

/** Position and failure mode are words of the plan; anything else belongs into the text, where it can be erased. */
function unknownPlace(state: WorkState, { assetId, position, group }: Report['data']): Refusal | null {
  const modes = [...state.failureModes.values()].filter((mode) => mode.assetId === assetId);
  const places = modes.filter((mode) => position === null || mode.position === position);
  if (places.length > 0 && (group === null || places.some((mode) => mode.group === group))) return null;
  if (position === null && group === null) return null;
  const known = modes.map((mode) => `${mode.position}, ${mode.group}`).join('; ');
  return refuse(
    'E-WORK-031',
    `${assetId} has no failure mode "${group ?? 'any'}" at "${position ?? 'any position'}".`,
    known === '' ? 'Leave both out and say it in words.' : `Leave them out, or choose one of: ${known}.`,
  );
}

function wrongTime(atMs: number, nowMs: number): Refusal | null {
  if (Number.isFinite(atMs) && atMs >= 0 && atMs <= nowMs) return null;
  const when = Number.isFinite(atMs) ? isoUtc(atMs) : String(atMs);
  return refuse('E-WORK-032', `${when} has not come yet or is no time.`, 'Say when it was, now or earlier.');
}

function wordless(): Refusal {
  return refuse(
    'E-WORK-033',
    'A notification without words helps nobody.',
    'Say in a sentence what is wrong.',
  );
}
