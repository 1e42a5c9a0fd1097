import type { CrewId, DraftId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';

/** What a crew already has on its days. */
export interface CrewLoad {
  crewId: CrewId;
  /** person-hours that may be planned on one working day */
  capacityHPerDay: number;
  /** person-hours taken, by UTC day start */
  takenH: ReadonlyMap<number, number>;
}

/** What a planner has to know of a draft. */
export interface DraftToPlan {
  draftId: DraftId;
  workH: number;
  priority: Priority;
  latestFinishMs: number;
  notBeforeMs: number | null;
  /** longest lead time of its parts, ms */
  partsLeadMs: number;
}

export interface Proposal {
  /** UTC day start; null when no day fits before the latest finish */
  dayMs: number | null;
  /** the sentence people read beside the day */
  because: string;
}

/** Proposes a day for one draft. Pure: the same load, draft and time give the same day. */
export type Planner = (load: CrewLoad, draft: DraftToPlan, nowMs: number) => Proposal;
