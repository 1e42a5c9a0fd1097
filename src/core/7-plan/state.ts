import type { Crew } from '#strategy/events.ts';
import type { CaseId, CrewId, DraftId, OrderId } from '#vocabulary/ids.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { DayProposed } from './events.ts';
import type { CrewLoad } from './planner.ts';

/** Share of present hours kept free for what nobody planned. */
export const RESERVE = 0.2;
export const WORKING_DAYS_PER_WEEK = 5;

export interface PlannedOrder {
  orderId: OrderId;
  caseId: CaseId;
  crewId: CrewId;
  name: string;
  /** UTC day start */
  dayMs: number;
  /** person-hours */
  workH: number;
  finished: boolean;
  /** every day it was moved from, with the reason */
  moves: { fromDayMs: number; toDayMs: number; reason: string; atMs: number }[];
}

export interface PlanState {
  site: string;
  crews: Map<CrewId, Crew>;
  /** proposals of drafts that nobody has answered yet */
  proposals: Map<DraftId, DayProposed>;
  orders: Map<OrderId, PlannedOrder>;
}

export function emptyPlan(site: string): PlanState {
  return { site, crews: new Map(), proposals: new Map(), orders: new Map() };
}

/** Hours a crew may plan a day: a fifth of the week's present hours, less the reserve. */
export function capacityHPerDay(crew: Crew): number {
  return (crew.presentHPerWeek / WORKING_DAYS_PER_WEEK) * (1 - RESERVE);
}

/** What a crew has on its days: orders that are not finished, and proposals of open drafts. */
export function crewLoad(state: PlanState, crewId: CrewId): CrewLoad {
  const crew = state.crews.get(crewId);
  const takenH = new Map<number, number>();
  const take = (dayMs: number, workH: number): void => {
    takenH.set(dayMs, (takenH.get(dayMs) ?? 0) + workH);
  };
  for (const order of state.orders.values()) {
    if (order.crewId === crewId && !order.finished) take(order.dayMs, order.workH);
  }
  for (const proposal of state.proposals.values()) {
    if (proposal.crewId === crewId && proposal.dayMs !== null) take(proposal.dayMs, proposal.workH);
  }
  return { crewId, capacityHPerDay: crew ? capacityHPerDay(crew) : 0, takenH };
}

export interface PlannedDay {
  dayMs: number;
  crewId: CrewId;
  capacityH: number;
  /** person-hours of the orders of this day, finished ones too */
  workH: number;
  orders: PlannedOrder[];
  /** drafts that wait for an answer and are proposed for this day */
  proposals: DayProposed[];
}

/**
 * A week as people plan it: seven days by crew, in this order.
 * @param weekStartMs UTC day start of its Monday
 */
export function weekOf(state: PlanState, weekStartMs: number): PlannedDay[] {
  const days: PlannedDay[] = [];
  for (let day = 0; day < 7; day++) {
    const dayMs = weekStartMs + day * DAY_MS;
    for (const crew of state.crews.values()) {
      const isHere = (held: { crewId: CrewId; dayMs: number | null }): boolean =>
        held.crewId === crew.crewId && held.dayMs === dayMs;
      const orders = [...state.orders.values()].filter(isHere);
      days.push({
        dayMs,
        crewId: crew.crewId,
        capacityH: day < WORKING_DAYS_PER_WEEK ? capacityHPerDay(crew) : 0,
        workH: orders.reduce((sum, order) => sum + order.workH, 0),
        orders,
        proposals: [...state.proposals.values()].filter(isHere),
      });
    }
  }
  return days;
}
