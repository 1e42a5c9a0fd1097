import type { FactBody } from '#vocabulary/fact.ts';
import type { CaseId, CrewId, DraftId, OrderId, PersonId } from '#vocabulary/ids.ts';

/** A day the planner's rule proposes for a draft, with the sentence why. */
export interface DayProposed {
  draftId: DraftId;
  caseId: CaseId;
  crewId: CrewId;
  /** UTC day start; null when no day fits before the latest finish */
  dayMs: number | null;
  workH: number;
  because: string;
}

export interface OrderScheduled {
  orderId: OrderId;
  caseId: CaseId;
  crewId: CrewId;
  dayMs: number;
  workH: number;
  by: PersonId | null;
}

export type DayProposedFact = FactBody<'plan.day-proposed', DayProposed>;
export type OrderScheduledFact = FactBody<'plan.order-scheduled', OrderScheduled>;
export type OrderRescheduled = FactBody<
  'plan.order-rescheduled',
  OrderScheduled & { fromDayMs: number; reason: string }
>;

export type PlanFact = DayProposedFact | OrderScheduledFact | OrderRescheduled;
