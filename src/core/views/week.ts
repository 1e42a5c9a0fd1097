import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { OrderState } from './order.ts';

export interface PlannedJob {
  orderId: string | null;
  draftId: string | null;
  caseId: string;
  name: string;
  assetName: string;
  workH: number;
  people: number;
  priority: Priority;
  /** proposed: a draft that nobody accepted yet */
  state: OrderState | 'proposed';
  atRiskMinor: number | null;
  latestFinishMs: number;
}

export interface CrewDay {
  dayMs: number;
  jobs: PlannedJob[];
  plannedH: number;
  capacityH: number;
  reserveH: number;
}

/** Who does what this week? */
export interface WeekView {
  nowMs: number;
  weekStartMs: number;
  /** ISO 8601 week number */
  week: number;
  crews: { crewId: string; name: string; craft: string; technicians: PersonId[]; days: CrewDay[] }[];
  plannedH: number;
  capacityH: number;
  finishDates: { kept: number; of: number };
  atRiskBeforeMinor: number;
  atRiskAfterMinor: number;
  notThisWeek: { job: PlannedJob; because: string; dayMs: number | null }[];
}
