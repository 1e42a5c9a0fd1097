import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { MonitorDefinition } from '#monitor/events.ts';
import type { OrderId } from '#vocabulary/ids.ts';
import type { SiteState } from '../flow.ts';
import { findingView, lookFor } from './case.ts';
import type { CaseAction, FindingView } from './shapes.ts';
import { isAsked, orderActions, unplannedOf } from './decision.ts';
import { stopsForGuest } from './guest.ts';
import { blindSince, type Look, limitOf, readingOf, type Viewer } from './look.ts';
import type { NotificationRow } from './matching.ts';
import { caseStops } from './stops.ts';
import type { CaseRow, LimitView, ReadingView, Stop } from './shapes.ts';

export type OrderState = 'created' | 'released' | 'started' | 'finished';

/** What do I do, with what, and what did I find? Made for a phone and gloves. */
export interface OrderView {
  orderId: string;
  caseId: string;
  stops: Stop[];
  title: string;
  priority: Priority;
  state: OrderState;
  assetId: string;
  assetName: string;
  crewId: string;
  crewName: string;
  craft: string;
  durationH: number;
  people: number;
  dayMs: number;
  latestFinishMs: number;
  finishPrecision: 'date' | 'week';
  stopCostMinor: number | null;
  needsStop: boolean;
  plannedDowntimeH: number;
  /** `costMinor` is null for a guest, who sees no money */
  parts: { number: string; name: string; quantity: number; costMinor: number | null }[];
  steps: string[];
  trueIf: string[];
  falseIf: string[];
  signalId: string;
  reading: ReadingView;
  limit: LimitView | null;
  sinceMs: number;
  findings: FindingView[];
  actions: CaseAction[];
  acceptedBy: PersonId;
  actualH: number | null;
}

/** @returns null when there is no such order */
export function orderView(look: Look, orderId: OrderId, viewer: Viewer): OrderView | null {
  const { state } = look;
  const order = state.work.orders.get(orderId);
  const work = order ? state.work.cases.get(order.caseId) : undefined;
  if (!order || !work) return null;
  const definition = state.work.monitors.get(work.monitorId)?.get(work.monitorVersion) as MonitorDefinition;
  const draft = state.work.drafts.get(order.draftId);
  const job = draft?.jobPlanId ? state.monitor.jobPlans.get(draft.jobPlanId) : undefined;
  const signs = lookFor(state, draft?.jobPlanId ?? null, definition);
  const planned = state.plan.orders.get(orderId);
  return {
    orderId,
    caseId: order.caseId,
    stops: viewer.guest ? stopsForGuest(caseStops(state, order.caseId)) : caseStops(state, order.caseId),
    title: order.name,
    priority: order.priority,
    state: order.status,
    assetId: work.fault.assetId,
    assetName: state.strategy.assets.get(work.fault.assetId)?.name ?? '',
    crewId: order.crewId,
    crewName: state.strategy.crews.get(order.crewId)?.name ?? '',
    craft: order.craft,
    durationH: order.durationH,
    people: order.people,
    dayMs: planned?.dayMs ?? order.dayMs,
    latestFinishMs: order.finishBy.latestFinishMs,
    finishPrecision: order.finishBy.precision,
    stopCostMinor: unplannedOf(state, work),
    needsStop: order.needsStop,
    plannedDowntimeH: order.plannedDowntimeH,
    parts: order.parts.map(({ number, name, quantity, costMinor }) => ({
      number,
      name,
      quantity,
      costMinor: viewer.guest ? null : costMinor,
    })),
    steps: job?.steps ?? [],
    trueIf: signs.trueIf,
    falseIf: signs.falseIf,
    signalId: definition.signalId,
    reading: readingOf(look, definition.signalId, blindSince(look, work.monitorId)),
    limit: limitOf(definition, state.monitor.signals.get(definition.signalId)?.unit ?? ''),
    sinceMs: work.openedAtMs,
    findings: work.findings.filter((given) => given.orderId === orderId).map(findingView),
    actions: orderActions(work, order).filter((action) => isAsked(viewer, action)),
    acceptedBy: order.acceptedBy,
    actualH: order.finished?.actualH ?? null,
  };
}

/** Finished orders listed beside those still open. */
const MAX_FINISHED = 300;

/** Orders, those still open first, then newest first. */
export function orderRows(state: SiteState): OrderRow[] {
  const orders = [...state.work.orders.values()];
  const finished = orders.filter((order) => order.status === 'finished').slice(-MAX_FINISHED);
  const open = orders.filter((order) => order.status !== 'finished');
  const rows = [...open, ...finished].map((order) => ({
    orderId: order.orderId,
    caseId: order.caseId,
    name: order.name,
    assetName: assetNameOf(state, order.caseId),
    priority: order.priority,
    state: order.status,
    crewName: state.strategy.crews.get(order.crewId)?.name ?? '',
    dayMs: state.plan.orders.get(order.orderId)?.dayMs ?? order.dayMs,
    workH: order.durationH * order.people,
  }));
  return rows.sort(
    (a, b) => Number(a.state === 'finished') - Number(b.state === 'finished') || b.dayMs - a.dayMs,
  );
}

function assetNameOf(state: SiteState, caseId: string): string {
  const assetId = state.work.cases.get(caseId)?.fault.assetId ?? '';
  return state.strategy.assets.get(assetId)?.name ?? '';
}

export interface OrderRow {
  orderId: string;
  caseId: string;
  name: string;
  assetName: string;
  priority: Priority;
  state: OrderState;
  crewName: string;
  dayMs: number;
  workH: number;
}

/** Cases and orders of the work list. */
export interface WorkListView {
  cases: CaseRow[];
  orders: OrderRow[];
  /** open notifications that no case has taken */
  notifications: NotificationRow[];
}
