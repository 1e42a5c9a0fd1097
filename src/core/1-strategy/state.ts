import type { AssetId, CrewId, FailureModeId, ObjectiveId, PersonId } from '#vocabulary/ids.ts';
import type { CharterResult, CharterWritten } from './charter-events.ts';
import type {
  Asset,
  Crew,
  CrewShifts,
  CriticalityScored,
  FailureModeSheet,
  FrozenBaseline,
  HistoryImport,
  LineState,
  LossEstimate,
  ObjectiveAgreed,
  Plant,
} from './events.ts';

/** An import, with when it came and when it was undone. */
export interface KnownImport extends HistoryImport {
  importedAtMs: number;
  undoneAtMs: number | null;
}

/** A charter with who signed its version, and what came of it. */
export interface CharterRecord {
  charter: CharterWritten['data'];
  writtenAtMs: number;
  signatures: { as: 'owner' | 'finance'; by: PersonId; atMs: number }[];
  checked: { results: CharterResult[]; decision: 'go' | 'no-go'; by: PersonId; atMs: number } | null;
}

/** What the plant wants and what can stop it; later rooms fold the same facts into their own state. */
export interface StrategyState {
  site: string;
  plant: Plant | null;
  objectives: Map<ObjectiveId, ObjectiveAgreed>;
  /** baselines that no longer move by themselves */
  frozen: Map<ObjectiveId, FrozenBaseline & { atMs: number }>;
  /** state of the line by ISO week, `2026-W48` */
  lineStates: Map<string, LineState>;
  assets: Map<AssetId, Asset>;
  /** what machines cost, from memory */
  losses: Map<AssetId, LossEstimate>;
  /** latest assessment of each asset */
  criticality: Map<AssetId, CriticalityScored>;
  failureModes: Map<FailureModeId, FailureModeSheet>;
  /** last vote of each technician; only counts leave this room */
  pilotVotes: Map<FailureModeId, Map<PersonId, boolean>>;
  charters: Map<string, CharterRecord>;
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
    frozen: new Map(),
    lineStates: new Map(),
    assets: new Map(),
    losses: new Map(),
    criticality: new Map(),
    failureModes: new Map(),
    pilotVotes: new Map(),
    charters: new Map(),
    crews: new Map(),
    imports: new Map(),
    shifts: new Map(),
  };
}
