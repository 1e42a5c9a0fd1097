import { shortId } from '#vocabulary/ids.ts';
import { labourMinor } from '#vocabulary/money.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { lastFinding, type WorkCase, type WorkDraft, type WorkOrder } from '#work/state.ts';
import type { SiteState } from '../flow.ts';
import type { CaseAction, DecisionView } from './shapes.ts';
import type { Look, Viewer } from './look.ts';
import { sameFaultQuestion } from './matching.ts';
import { partsWarning } from './parts.ts';
import { failureModeOf } from './rows.ts';

/** What an unplanned failure of this case would cost, minor units; null when a factor is not known. */
export function unplannedOf(state: SiteState, work: WorkCase): number | null {
  const consequence = failureModeOf(state, work.monitorId)?.consequence;
  const hour = state.strategy.assets.get(work.fault.assetId)?.stopHourMinor?.value ?? null;
  if (!consequence) return null;
  const stop = consequence.stopH && hour !== null ? Math.round(consequence.stopH.value * hour) : 0;
  const total = stop + (consequence.repairMinor?.value ?? 0) + (consequence.secondaryMinor?.value ?? 0);
  return total > 0 ? total : null;
}

function plannedOf(state: SiteState, job: WorkDraft | WorkOrder, work: WorkCase): number {
  const rate = state.strategy.crews.get(job.crewId)?.rateMinorPerH ?? 0;
  const hour = state.strategy.assets.get(work.fault.assetId)?.stopHourMinor?.value ?? 0;
  const parts = job.parts.reduce((sum, part) => sum + part.quantity * part.costMinor, 0);
  return labourMinor(job.durationH * job.people, rate) + parts + Math.round(job.plannedDowntimeH * hour);
}

/** Commands that an order allows in its state; the API asks the policy whether this person may run them. */
export function orderActions(work: WorkCase, order: WorkOrder): CaseAction[] {
  if (order.status === 'created') return ['release-order', 'change-day'];
  if (order.status === 'released') return ['start-order', 'change-day'];
  if (order.status === 'finished') return [];
  const finding = lastFinding(work, order.orderId);
  if (!finding) return ['give-check-finding', 'give-as-found'];
  const repairs = finding.finding === 'as stated' || finding.finding === 'other fault';
  return finding.moment === 'check' && repairs ? ['give-as-found', 'finish-order'] : ['finish-order'];
}

const MATCHING = new Set<CaseAction>(['append-to-notification', 'create-notification']);
const PLANNER = new Set<CaseAction>(['accept-draft', 'reject-draft', 'change-day', 'release-order']);
const CREW = new Set<CaseAction>([
  'release-order',
  'start-order',
  'give-check-finding',
  'give-as-found',
  'finish-order',
]);
const GUEST = new Set<CaseAction>(['start-order', 'give-check-finding', 'give-as-found']);
const LABELS: Record<CaseAction, string> = {
  'append-to-notification': 'Same fault',
  'create-notification': 'Not the same',
  'accept-draft': 'Accept',
  'change-day': 'Change day',
  'reject-draft': 'Not real',
  'release-order': 'Release',
  'start-order': 'Start work',
  'give-check-finding': 'Say what the check showed',
  'give-as-found': 'Say what was found',
  'finish-order': 'Finish',
};

/** True when a person of these roles may be asked for the action; the command's policy has the last word. */
export function isAsked(viewer: Viewer, action: CaseAction): boolean {
  if (MATCHING.has(action)) return isMatcher(viewer);
  if (viewer.roles.includes('planner') && PLANNER.has(action)) return true;
  if (viewer.roles.includes('crew lead') && CREW.has(action)) return true;
  if (viewer.guest) return GUEST.has(action);
  return viewer.roles.includes('technician') && CREW.has(action) && action !== 'release-order';
}

/** Who says whether two are the same fault. */
export function isMatcher({ roles }: Viewer): boolean {
  return roles.includes('planner') || roles.includes('crew lead') || roles.includes('reliability engineer');
}

/** The one question of a case now; null when it waits for nobody. */
export function decisionOf(look: Look, work: WorkCase, viewer: Viewer): DecisionView | null {
  const { state } = look;
  const draft = state.work.drafts.get(work.openDraftId ?? '');
  if (work.offer) return offerDecision(look, work, draft ?? null, work.offer.answerByMs, viewer);
  if (draft) return draftDecision(look, work, draft, viewer);
  const order = state.work.orders.get(work.openOrderId ?? '');
  return order ? orderDecision(state, work, order, viewer) : null;
}

function offered(actions: CaseAction[], viewer: Viewer, name: string): DecisionView['actions'] {
  return actions
    .filter((action) => isAsked(viewer, action))
    .map((action) => ({ action, label: action === 'accept-draft' ? `Accept ${name}` : LABELS[action] }));
}

/** The draft stands beside the question, so that whoever answers sees what is meant to be done. */
function offerDecision(
  look: Look,
  work: WorkCase,
  draft: WorkDraft | null,
  answerByMs: number,
  viewer: Viewer,
): DecisionView {
  const { state } = look;
  const planned = draft ? draftDecision(look, work, draft, viewer) : null;
  return {
    question: sameFaultQuestion(state, work),
    byMs: answerByMs,
    explanation: 'An open notification lies on this object or next to it. One fault gets one notification.',
    facts: planned?.facts ?? [],
    ifItFailsMinor: unplannedOf(state, work),
    plannedMinor: planned?.plannedMinor ?? null,
    actions: offered(['append-to-notification', 'create-notification'], viewer, ''),
    without: 'Without an answer it gets a notification of its own, and the owner is told.',
    warning: planned?.warning ?? null,
  };
}

function draftDecision(look: Look, work: WorkCase, draft: WorkDraft, viewer: Viewer): DecisionView {
  const { state } = look;
  const proposal = state.plan.proposals.get(draft.draftId);
  const crew = state.strategy.crews.get(draft.crewId);
  const parts = draft.parts.map((part) => `${part.name}, ${part.quantity}`).join('; ');
  return {
    question: 'Accept the work?',
    byMs: draft.waitsUntilMs,
    explanation: proposal?.because ?? 'No day is proposed.',
    facts: [
      { label: 'Work', value: draft.name },
      { label: 'Day', value: proposal?.dayMs ? isoUtc(proposal.dayMs).slice(0, 10) : 'none fits' },
      { label: 'Crew', value: `${crew?.name ?? draft.craft}, ${draft.durationH * draft.people} h` },
      { label: 'Parts', value: parts === '' ? 'none' : parts },
      { label: 'Line stop', value: draft.needsStop ? `${draft.plannedDowntimeH} h` : 'none' },
    ],
    ifItFailsMinor: unplannedOf(state, work),
    plannedMinor: viewer.guest ? null : plannedOf(state, draft, work),
    actions: offered(['accept-draft', 'change-day', 'reject-draft'], viewer, shortId(draft.draftId)),
    without: 'Without an answer the owner is asked.',
    warning: partsWarning(draft.parts, look.nowMs, proposal?.dayMs ?? null),
  };
}

function orderDecision(state: SiteState, work: WorkCase, order: WorkOrder, viewer: Viewer): DecisionView {
  const questions: Record<WorkOrder['status'], string> = {
    created: 'Release the order?',
    released: 'Start the work?',
    started: 'What did you find?',
    finished: 'Done',
  };
  const crew = state.strategy.crews.get(order.crewId);
  return {
    question: questions[order.status],
    byMs: order.finishBy.latestStartMs,
    explanation: `${order.name}.`,
    facts: [
      { label: 'Order', value: shortId(order.orderId) },
      { label: 'Day', value: isoUtc(dayOf(state, order)).slice(0, 10) },
      { label: 'Crew', value: `${crew?.name ?? order.craft}, ${order.durationH * order.people} h` },
      { label: 'Line stop', value: order.needsStop ? `${order.plannedDowntimeH} h` : 'none' },
    ],
    ifItFailsMinor: unplannedOf(state, work),
    plannedMinor: viewer.guest ? null : plannedOf(state, order, work),
    actions: offered(orderActions(work, order), viewer, ''),
    without: 'Without an answer the owner is asked.',
    warning: orderWarning(state, order),
  };
}

/** Day an order is planned for now, whatever it was created with. */
function dayOf(state: SiteState, order: WorkOrder): number {
  return state.plan.orders.get(order.orderId)?.dayMs ?? order.dayMs;
}

/** Parts that come after the planned day; work that has begun has what it needs. */
export function orderWarning(state: SiteState, order: WorkOrder): string | null {
  if (order.status === 'started' || order.status === 'finished') return null;
  return partsWarning(order.parts, order.createdAtMs, dayOf(state, order));
}
