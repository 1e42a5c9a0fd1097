import type { FaultKey } from '#alert/events.ts';
import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import { type CaseId, shortId } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal, refuse } from '#vocabulary/refusal.ts';
import { body } from './body.ts';
import { firstDraft, notificationFor, openedFor } from './case-bodies.ts';
import type { SplitCase } from './commands.ts';
import { onlyPeople } from './drafts.ts';
import { openCaseOf } from './merge.ts';
import { faultWord, type WorkAlert, type WorkCase, type WorkState } from './state.ts';

/** Alerts that one split moves; a case with more of them is a matter for the limit. */
export const MAX_SPLIT_ALERTS = 500;

/** Named alerts turn out to be another fault: they leave for a case with a notification and a draft of its own. */
export function splitCase({ data }: SplitCase, state: WorkState, { actor, nowMs }: Context): Decision {
  const theCase = openCaseOf(state, data.caseId);
  if (isRefusal(theCase)) return theCase;
  const by = personOf(actor);
  if (by === null) return onlyPeople('splits a case');
  const reason = data.reason.trim();
  if (reason === '') {
    return refuse('E-WORK-042', 'A split needs a reason.', 'Say in a sentence why it is another fault.');
  }
  const wrong = cannotLeave(theCase, data.alertIds);
  if (wrong) return wrong;
  const alertIds = theCase.alerts.filter((alertId) => data.alertIds.includes(alertId));
  const leave = alertIds.map((alertId) => state.alerts.get(alertId) as WorkAlert);
  const stay = theCase.alerts
    .filter((alertId) => !alertIds.includes(alertId))
    .map((alertId) => state.alerts.get(alertId) as WorkAlert);
  const staying = new Set(stay.map((alert) => alert.monitorId));
  const monitors = new Set(leave.map((alert) => alert.monitorId));
  const leaving = [...monitors].filter((monitorId) => !staying.has(monitorId));
  const first = leave[0] as WorkAlert;
  const opened = openedFor(state, first, (caseId) => faultOfPart(state, theCase, leave, stay, caseId), nowMs);
  const created = notificationFor(state, opened, first);
  const parted = { caseId: theCase.caseId, splitCaseId: opened.caseId, alertIds, leaving, by, reason };
  return [
    body('work.case-opened', opened),
    body('work.case-split', parted),
    body('work.notification-created', created),
    ...firstDraft(state, opened, created.notificationId, first, nowMs),
  ];
}

function cannotLeave(theCase: WorkCase, alertIds: readonly string[]): Refusal | null {
  const foreign = alertIds.find((alertId) => !theCase.alerts.includes(alertId));
  if (foreign !== undefined) {
    return refuse('E-WORK-043', `${foreign} is no alert of ${theCase.caseId}.`, 'Name alerts of this case.');
  }
  if (alertIds.length === 0 || alertIds.length > MAX_SPLIT_ALERTS) {
    return refuse(
      'E-WORK-044',
      `${alertIds.length} alerts cannot leave ${theCase.caseId}.`,
      `Name 1 to ${MAX_SPLIT_ALERTS} of its alerts.`,
    );
  }
  if (!alertIds.includes(theCase.alertId)) return null;
  return refuse(
    'E-WORK-045',
    `${theCase.alertId} opened ${theCase.caseId} and stays with it.`,
    'Let the other alerts leave instead; findings and orders stay with the first.',
  );
}

/**
 * A fault that came in by a merge leaves with its own key. Otherwise both parts are of one key, and the position says
 * which case the part is: one open case per key holds, and the alerts of its monitors follow it while it is open.
 */
function faultOfPart(
  state: WorkState,
  theCase: WorkCase,
  leave: readonly WorkAlert[],
  stay: readonly WorkAlert[],
  caseId: CaseId,
): FaultKey {
  const { fault } = leave[0] as WorkAlert;
  const word = faultWord(fault);
  const isWhole = leave.every((alert) => faultWord(alert.fault) === word);
  const isKept = stay.some((alert) => faultWord(alert.fault) === word) || faultWord(theCase.fault) === word;
  if (isWhole && !isKept && state.caseOfFault.get(word) === theCase.caseId) return fault;
  return { ...fault, position: `${fault.position} (${shortId(caseId)})`.trim() };
}
