import type { AssetId, CrewId, FailureModeId, ObjectiveId } from '#vocabulary/ids.ts';
import type {
  Asset,
  Crew,
  CrewShifts,
  Criticality,
  FailureMode,
  HistoryImport,
  Objective,
  Plant,
} from './events.ts';

/** An import, with when it came and when it was undone. */
export interface KnownImport extends HistoryImport {
  importedAtMs: number;
  undoneAtMs: number | null;
}

/** What the plant wants and what can stop it; later rooms fold the same facts into their own state. */
export interface StrategyState {
  site: string;
  plant: Plant | null;
  objectives: Map<ObjectiveId, Objective>;
  assets: Map<AssetId, Asset>;
  /** latest assessment of each asset */
  criticality: Map<AssetId, Criticality>;
  failureModes: Map<FailureModeId, FailureMode>;
  crews: Map<CrewId, Crew>;
  /** in the order they came */
  imports: Map<string, KnownImport>;
  shifts: Map<CrewId, CrewShifts>;
}

export function emptyStrategy(site: string): StrategyState {
  return {
    site,
    plant: null,
    objectives: new Map(),
    assets: new Map(),
    criticality: new Map(),
    failureModes: new Map(),
    crews: new Map(),
    imports: new Map(),
    shifts: new Map(),
  };
}
