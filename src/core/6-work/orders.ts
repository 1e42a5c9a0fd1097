import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import { isRefusal, type Refusal, refuse } from '#vocabulary/refusal.ts';
import { body } from './body.ts';
import type { FinishOrder, ReleaseOrder, StartOrder } from './commands.ts';
import { onlyPeople } from './drafts.ts';
import type { FindingGiven } from './events.ts';
import { draftFor, newestAlert } from './case-bodies.ts';
import { definitionOf, lastFinding, type WorkCase, type WorkOrder, type WorkState } from './state.ts';

/** Release is a person's (promise 3). */
export function releaseOrder({ data }: ReleaseOrder, state: WorkState, context: Context): Decision {
  const order = orderIn(
    state,
    data.orderId,
    'created',
    'Only an order that waits for release can be released.',
  );
  if (isRefusal(order)) return order;
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('releases an order');
  return [body('work.order-released', { orderId: order.orderId, caseId: order.caseId, by })];
}

export function startOrder({ data }: StartOrder, state: WorkState, context: Context): Decision {
  const order = orderIn(state, data.orderId, 'released', 'Release the order first; then it can be started.');
  if (isRefusal(order)) return order;
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('starts an order');
  const { orderId, caseId } = order;
  return [body('work.order-started', { orderId, caseId, by, startedAtMs: context.nowMs })];
}

/**
 * Ends an order with its finding, never without (promise 5): as found when something was repaired, else after the check.
 * A repair starts the proof; a fault left unrepaired, or one too early to see, gets another draft.
 */
export function finishOrder({ data }: FinishOrder, state: WorkState, context: Context): Decision {
  const order = orderIn(state, data.orderId, 'started', 'Release and start the order before it is finished.');
  if (isRefusal(order)) return order;
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('finishes an order');
  const theCase = state.cases.get(order.caseId) as WorkCase;
  const finding = lastFinding(theCase, order.orderId);
  const missing = unfinished(data, finding);
  if (missing) return missing;
  const { orderId, caseId } = order;
  const finished = body('work.order-finished', {
    orderId,
    caseId,
    by,
    finishedAtMs: context.nowMs,
    actualH: data.actualH,
    partsMinor: data.partsMinor,
    downtimeH: data.downtimeH,
    repaired: data.repaired,
  });
  if (data.repaired) {
    const { proofMs } = definitionOf(state, theCase.monitorId, theCase.monitorVersion);
    return [finished, body('work.proof-started', { caseId, holdsUntilMs: context.nowMs + proofMs })];
  }
  const { finding: answer, lookAgainMs } = finding as FindingGiven;
  const isLeft = answer === 'as stated' || answer === 'other fault' || answer === 'too early';
  if (!isLeft) return [finished];
  return [finished, ...draftFor(state, theCase, newestAlert(state, theCase), context.nowMs, lookAgainMs)];
}

function unfinished(data: FinishOrder['data'], finding: FindingGiven | null): Refusal | null {
  if (!finding) {
    return refuse(
      'E-WORK-020',
      `${data.orderId} has no finding, and no work ends without one.`,
      'Say what was found: one of the eight answers, with its evidence.',
    );
  }
  if (data.repaired && finding.moment !== 'as found') {
    return refuse(
      'E-WORK-021',
      `${data.orderId} was repaired, but nobody said what was found.`,
      'Give the finding once more, as found; the check alone is provisional.',
    );
  }
  const amounts = [data.actualH, data.partsMinor, data.downtimeH];
  if (amounts.every((amount) => Number.isFinite(amount) && amount >= 0)) return null;
  return refuse(
    'E-WORK-022',
    'Hours, parts and downtime cannot be negative or missing.',
    'Give person-hours, cost of parts and hours of stop, 0 where there was none.',
  );
}

function orderIn(
  state: WorkState,
  orderId: string,
  status: WorkOrder['status'],
  mend: string,
): WorkOrder | Refusal {
  const order = state.orders.get(orderId);
  if (!order)
    return refuse('E-WORK-012', `There is no order ${orderId}.`, 'Take the id from the list of orders.');
  if (order.status === status) return order;
  return refuse('E-WORK-013', `${orderId} is ${order.status}, not ${status}.`, mend);
}
