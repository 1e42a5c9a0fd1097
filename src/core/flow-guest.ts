// What belongs to a guest contractor: the orders and cases of the crew that the role names, and nothing beside them.
import { type AccessState, guestCrewOf } from '#access/state.ts';
import { personOf } from '#vocabulary/actor.ts';
import type { Command } from '#vocabulary/command.ts';
import type { CrewId } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import type { WorkCase, WorkState } from '#work/state.ts';

/** True when a draft or an order of the case went to the crew. */
export function caseIsOf(work: WorkState, theCase: WorkCase, crewId: CrewId): boolean {
  return (
    theCase.orders.some((id) => work.orders.get(id)?.crewId === crewId) ||
    theCase.drafts.some((id) => work.drafts.get(id)?.crewId === crewId)
  );
}

/**
 * Refuses a guest's command about the work of another crew. What does not exist and what is not theirs get the same
 * answer.
 */
export function outsideOfGuest(access: AccessState, work: WorkState, command: Command): Refusal | null {
  const personId = personOf(command.actor);
  const crewId = personId === null ? null : guestCrewOf(access, personId);
  if (crewId === null) return null;
  if (command.type === 'work.report') {
    const { assetId } = (command.data ?? {}) as { assetId?: string };
    const known = [...work.cases.values()].some(
      (one) => one.fault.assetId === assetId && caseIsOf(work, one, crewId),
    );
    return known ? null : notTheirs();
  }
  const { orderId, caseId } = (command.data ?? {}) as { orderId?: string; caseId?: string };
  if (orderId === undefined && caseId === undefined) return null;
  const order = orderId === undefined ? null : work.orders.get(orderId);
  const theCase = caseId === undefined ? null : work.cases.get(caseId);
  const mine =
    (order === null || order?.crewId === crewId) &&
    (theCase === null || (theCase !== undefined && answers(work, theCase, crewId)));
  return mine ? null : notTheirs();
}

function notTheirs(): Refusal {
  return refuse(
    'E-ACCESS-019',
    'This is not work of the crew that your role names.',
    'Open the work from your own list, or ask the planner to assign it to your crew.',
  );
}

/** A guest answers the order that is open; without one, the case as far as it was theirs. */
function answers(work: WorkState, theCase: WorkCase, crewId: CrewId): boolean {
  const open = theCase.openOrderId === null ? null : work.orders.get(theCase.openOrderId);
  return open ? open.crewId === crewId : caseIsOf(work, theCase, crewId);
}
