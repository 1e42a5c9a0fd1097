import type { CriticalityClass } from '#strategy/events.ts';
import type { Grade } from '#vocabulary/grade.ts';
import type { PersonId } from '#vocabulary/ids.ts';

export interface ObjectiveView {
  objectiveId: string;
  name: string;
  kpi: string;
  unit: string;
  baseline: number | null;
  baselineGrade: Grade | null;
  target: number | null;
  dueMs: number | null;
  valuePerUnitMinor: number | null;
  accountable: PersonId | null;
  failureModes: number;
  gaps: string[];
}

export interface AssetView {
  assetId: string;
  name: string;
  parentId: string | null;
  equipmentClass: string;
  criticality: CriticalityClass | null;
  reviewDueMs: number | null;
  stopHourMinor: number | null;
  failureModes: {
    failureModeId: string;
    name: string;
    position: string;
    iso14224: string;
    pfMinMs: number | null;
    pfGrade: Grade | null;
    objectiveId: string;
    monitors: string[];
    endsByDecision: string | null;
  }[];
}

/** What loses us money, which asset, how does it fail, and who answers? */
export interface StrategyView {
  plant: { name: string; line: string; timeZone: string; currency: string; simulated: boolean } | null;
  objectives: ObjectiveView[];
  assets: AssetView[];
}
