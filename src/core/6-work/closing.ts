import type { Context } from '#vocabulary/command.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { DAY_MS, dayStartMs } from '#vocabulary/time.ts';
import { body } from './body.ts';
import { declineBodies } from './case-bodies.ts';
import type { EscalatedAbout } from './events.ts';
import { lastFinding, type WorkCase, type WorkOrder, type WorkState } from './state.ts';

/** After the planned day a started order has this long for its first finding. */
export const FINDING_WITHIN_MS = DAY_MS;

/** Why a case got a notification of its own when nobody answered in time. */
export const NOBODY_ANSWERED = 'nobody answered';

interface Due {
  atMs: number;
  /** made only when it is due: every settled fact asks for the time */
  facts: () => FactBody[];
}

/**
 * When a case may close: no alert active, no draft, order or question about its notification open (an answered one has
 * its finding), proof held and quiet time over, whichever is last.
 * @returns plant time, ms; Infinity while something is still open
 */
export function closesAtMs(theCase: WorkCase): number {
  const { active, openDraftId, openOrderId, offer, quietUntilMs, proofUntilMs, movedAtMs } = theCase;
  const waits = openDraftId !== null || openOrderId !== null || offer !== null;
  if (active.length > 0 || waits) return Number.POSITIVE_INFINITY;
  return Math.max(quietUntilMs ?? 0, proofUntilMs ?? 0, movedAtMs);
}

export function closeBody(theCase: WorkCase): FactBody {
  const finding = lastFinding(theCase)?.finding ?? 'not checked';
  const reason = theCase.repairedAtMs === null ? `answered: ${finding}` : 'repair proved, no alert since';
  const { caseId } = theCase;
  return body('work.case-closed', { caseId, closedAtMs: closesAtMs(theCase), reason });
}

/** Plant time of the next close or question to an owner; Infinity when no case waits. */
export function nextWorkDueMs(state: WorkState): number {
  let next = Number.POSITIVE_INFINITY;
  for (const caseId of state.open) next = Math.min(next, dueOf(state, caseId).atMs);
  return next;
}

/** The first case with something due, oldest first; one thing at a time. */
export function dueWork(state: WorkState, { nowMs }: Context): FactBody[] {
  for (const caseId of state.open) {
    const due = dueOf(state, caseId);
    if (due.atMs <= nowMs) return due.facts();
  }
  return [];
}

function dueOf(state: WorkState, caseId: string): Due {
  const theCase = state.cases.get(caseId) as WorkCase;
  const waiting = [offerWaits(state, theCase), draftWaits(state, theCase), orderWaits(state, theCase)];
  let first: Due = { atMs: closesAtMs(theCase), facts: () => [closeBody(theCase)] };
  for (const due of waiting) if (due && due.atMs < first.atMs) first = due;
  return first;
}

/** An alert becomes a notification by itself (promise 3), also when nobody says whether one is open already. */
function offerWaits(state: WorkState, theCase: WorkCase): Due | null {
  if (theCase.offer === null) return null;
  const asked = ask(theCase, 'notification', theCase.offer.answerByMs);
  const facts = () => [...declineBodies(state, theCase, null, NOBODY_ANSWERED), ...asked.facts()];
  return { atMs: asked.atMs, facts };
}

function draftWaits(state: WorkState, theCase: WorkCase): Due | null {
  const draft = state.drafts.get(theCase.openDraftId ?? '');
  if (!draft || theCase.escalated.includes(`draft:${draft.draftId}`)) return null;
  return ask(theCase, 'draft', draft.waitsUntilMs);
}

/** A started order without a finding, or one that nobody has started when it should have begun. */
function orderWaits(state: WorkState, theCase: WorkCase): Due | null {
  const order = state.orders.get(theCase.openOrderId ?? '');
  if (!order) return null;
  if (order.startedAtMs === null) {
    if (theCase.escalated.includes('too late')) return null;
    return ask(theCase, 'too late', order.finishBy.latestStartMs);
  }
  if (lastFinding(theCase, order.orderId) || theCase.escalated.includes(`finding:${order.orderId}`))
    return null;
  return ask(theCase, 'finding', findingByMs(order));
}

function findingByMs(order: WorkOrder): number {
  const lastDayMs = Math.max(dayStartMs(order.dayMs), dayStartMs(order.startedAtMs ?? order.dayMs));
  return lastDayMs + DAY_MS + FINDING_WITHIN_MS;
}

function ask({ caseId, owner }: WorkCase, about: EscalatedAbout, atMs: number): Due {
  return { atMs, facts: () => [body('work.escalated', { caseId, about, to: owner, atMs })] };
}
