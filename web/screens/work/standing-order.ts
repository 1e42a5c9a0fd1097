import type { CaseAction, Finding, OrderView } from '../../../src/api/contract.ts';
import type { WaitingChange } from '../../data/waiting.ts';

/** An order as this device knows it: what the plant said, and what was entered here and still waits. */
export interface StandingOrder {
  state: OrderView['state'];
  actions: readonly CaseAction[];
  /** titles of what waits here for this order */
  waits: readonly string[];
}

interface FindingBody {
  moment: 'check' | 'as found';
  finding: Finding;
}

/**
 * Lets work go on without a network: a start, a finding and a finish that wait on this device count as done, in
 * the order in which they were entered. A change that the plant refused counts for nothing.
 */
export function standingOrder(
  order: Pick<OrderView, 'orderId' | 'caseId' | 'state' | 'actions'>,
  changes: readonly WaitingChange[],
): StandingOrder {
  let { state } = order;
  let actions: readonly CaseAction[] = order.actions;
  const waits: string[] = [];
  for (const change of changes) {
    if (change.refused) continue;
    if (change.path === startPath(order.orderId)) {
      if (state === 'released') [state, actions] = ['started', ['give-check-finding', 'give-as-found']];
    } else if (change.path === findingPath(order.caseId)) {
      actions = afterFinding(change.body as FindingBody);
    } else if (change.path === finishPath(order.orderId)) {
      [state, actions] = ['finished', []];
    } else continue;
    waits.push(change.title);
  }
  return { state, actions, waits };
}

/** A repair is asked for once more, as found; everything else can be finished. */
function afterFinding({ moment, finding }: FindingBody): CaseAction[] {
  const repairs = finding === 'as stated' || finding === 'other fault';
  return moment === 'check' && repairs ? ['give-as-found', 'finish-order'] : ['finish-order'];
}

export function startPath(orderId: string): string {
  return `/api/v1/work/order/${encodeURIComponent(orderId)}/start`;
}
export function findingPath(caseId: string): string {
  return `/api/v1/work/case/${encodeURIComponent(caseId)}/finding`;
}
export function finishPath(orderId: string): string {
  return `/api/v1/work/order/${encodeURIComponent(orderId)}/finish`;
}
