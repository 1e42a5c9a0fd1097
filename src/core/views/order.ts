import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { CaseAction, FindingView } from './case.ts';
import type { LimitView, ReadingView, Stop } from './shapes.ts';

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
  parts: { number: string; name: string; quantity: number }[];
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
