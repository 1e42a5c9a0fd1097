import type { FactBody } from '#vocabulary/fact.ts';
import type { Graded } from '#vocabulary/grade.ts';
import type { CrewId, FailureModeId, PersonId } from '#vocabulary/ids.ts';

/** What the numbers of a charter are read from; later stages know them. */
export type CharterMeasure =
  | 'confirmed findings'
  | 'verified precision'
  | 'wasted hours a week'
  | 'accepted money';

/** One go/no-go number: the result must be at least, or at most, this. Money in minor units, precision 0..1. */
export interface GoNumber {
  measure: CharterMeasure;
  bound: 'at least' | 'at most';
  value: number;
}

/** One page about one pilot, agreed before anything is bought. */
export interface Charter {
  charterId: string;
  failureModeId: FailureModeId;
  owner: PersonId;
  /** yearly loss that the pilot is about, with its range; minor units */
  lossMinorPerYear: { low: number; likely: number; high: number; grade: Graded['grade'] };
  crews: { crewId: CrewId; hPerWeek: number }[];
  /** bought once, and paid every year; minor units */
  sensorMinor: number;
  upkeepMinorPerYear: number;
  costCentre: string;
  goNumbers: GoNumber[];
  decideOnMs: number;
  /** reference of the sentence that says what is switched off on a no */
  switchedOffOnNo: string;
}

export interface CharterResult extends GoNumber {
  /** null when nothing can be said yet */
  result: number | null;
  met: boolean;
}

export type PilotVoted = FactBody<'strategy.pilot-voted', { failureModeId: FailureModeId; willing: boolean }>;
/** Written anew it is another version, and what was signed before no longer counts. */
export type CharterWritten = FactBody<'strategy.charter-written', Charter & { version: number }>;
export type CharterSigned = FactBody<
  'strategy.charter-signed',
  { charterId: string; version: number; as: 'owner' | 'finance'; by: PersonId }
>;
export type CharterChecked = FactBody<
  'strategy.charter-checked',
  { charterId: string; version: number; results: CharterResult[]; decision: 'go' | 'no-go'; by: PersonId }
>;

export type CharterFact = PilotVoted | CharterWritten | CharterSigned | CharterChecked;
