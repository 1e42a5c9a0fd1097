import type { FactBody } from '#vocabulary/fact.ts';
import type { Graded } from '#vocabulary/grade.ts';
import type { AssetId, CrewId, FailureModeId, ObjectiveId, PersonId } from '#vocabulary/ids.ts';
import type { Minor } from '#vocabulary/money.ts';
import type { CharterFact } from './charter-events.ts';

export interface Plant {
  name: string;
  line: string;
  timeZone: string;
  /** ISO 4217 */
  currency: string;
  /** true for demo and example plants: every screen and export says SIMULATED */
  simulated: boolean;
}

export interface Objective {
  objectiveId: ObjectiveId;
  name: string;
  /** word of a KPI in 8-outcome/kpi/all.ts, for example `downtime-hours` */
  kpi: string;
  unit: string;
  baseline: Graded | null;
  target: number | null;
  dueMs: number | null;
  /** money one unit is worth, minor units */
  valuePerUnitMinor: Graded | null;
  /** exactly one accountable person */
  accountable: PersonId | null;
}

export interface Asset {
  assetId: AssetId;
  name: string;
  parentId: AssetId | null;
  /** equipment class of the starter library, for example `centrifugal pump` */
  equipmentClass: string;
  /** value of an hour's stop of what this asset holds up, minor units */
  stopHourMinor: Graded | null;
}

/** What an hour of the line is worth follows from its state in that week. */
export type LineState = 'sold out' | 'can be caught up' | 'idle';

/** RACI letters: does the work, answers for it, is asked before, is told after. */
export type Raci = 'R' | 'A' | 'C' | 'I';

export interface Contributor {
  personId: PersonId;
  as: Raci;
}

/** An objective with everybody who stands behind it. */
export interface ObjectiveAgreed extends Objective {
  /** exactly one A where anybody is named; that person is `accountable` */
  contributors: Contributor[];
  /** money one unit is worth in a week of each state; null = `valuePerUnitMinor` in every week */
  valueByState: Record<LineState, Graded | null> | null;
}

export type CriticalityClass = 'A' | 'B' | 'C';

export interface Criticality {
  assetId: AssetId;
  class: CriticalityClass;
  /** consequence 1-5 by kind, domain rule: C = max over safety, environment, food safety and the mean of the rest */
  consequence: { safety: number; environment: number; foodSafety: number; production: number; cost: number };
  /** 1 (< 0.1 a year) to 5 (> 4 a year) */
  likelihood: number;
  assessedBy: PersonId[];
  assessedAtMs: number;
  reviewDueMs: number;
}

/** Share of the consequence for production and cost that stays although a stand-by takes over. */
export type Redundancy = 1 | 0.5 | 0.2;

/** Scores with the way they came about; `class` is the inherent one, as if nobody watched. */
export interface CriticalityScored extends Criticality {
  /** weights of the mean over production and cost */
  weights: { production: number; cost: number };
  redundancy: Redundancy;
  /** what is left once monitors, rounds and stand-by do their part; class computed from these scores */
  mitigated: { consequence: Criticality['consequence']; likelihood: number; class: CriticalityClass } | null;
  /** one question answered by one person, or scored by a team */
  basis: 'first answer' | 'team';
}

export type ConsequenceKind = 'safety' | 'food-safety' | 'environment' | 'production' | 'cost';

export interface FailureMode {
  failureModeId: FailureModeId;
  assetId: AssetId;
  /** place on the asset, for example `drive-end bearing`; one case per asset + position + group */
  position: string;
  name: string;
  /** failure-mode group that shares one case, for example `bearing` */
  group: string;
  /** ISO 14224 failure mode code, for example `VIB` */
  iso14224: string;
  objectiveId: ObjectiveId;
  /** shortest plausible P-F interval for the technique and limit, ms */
  pfMinMs: Graded | null;
  consequence: {
    kind: ConsequenceKind;
    /** hours of unplanned stop when it is let fail */
    stopH: Graded | null;
    repairMinor: Graded | null;
    secondaryMinor: Graded | null;
  } | null;
  /** round or preventive task that already looks at it, or null */
  currentControl: { what: string; intervalMs: number } | null;
  /** yearly loss by this failure mode before monitoring: caps the money booked per asset-year */
  baselineLossMinorPerYear: Graded | null;
  /** run to failure accepted by a named person: the line ends here by decision */
  runToFailure: { acceptedBy: PersonId; reviewDueMs: number } | null;
}

/** What a P-F interval is counted in. */
export type PfClock = 'calendar' | 'run hours' | 'starts';
/** How far the function is lost when it is seen (ISO 14224). */
export type Severity = 'critical' | 'degraded' | 'incipient' | 'unknown';

/** A failure mode with everything that says how it comes, how it is seen and whether there is time to act. */
export interface FailureModeSheet extends FailureMode {
  /** ISO 14224 group and digit, for example `2.4`; null while nobody knows */
  mechanism: string | null;
  /** ISO 14224 cause group, for example `wear and tear` */
  cause: string | null;
  /** ISO 14224 detection method, for example `continuous condition monitoring` */
  detection: string | null;
  severity: Severity;
  /** the interval as counted; `pfMinMs` is then `value / perWeek` weeks. null = calendar */
  pfOnClock: { clock: Exclude<PfClock, 'calendar'>; value: number; perWeek: number } | null;
  timing: Timing | null;
}

/** How soon a look would believe it, and how long planned work takes from then; all ms. */
export interface Timing {
  lookEveryMs: number;
  /** on-delay, or the second reading */
  confirmMs: number;
  /** until a person has verified it */
  verifyMs: number;
  workMs: number;
  /** longest of parts, permit and planning */
  leadMs: number;
}

/** What a machine costs, from memory: enough to begin with. */
export interface LossEstimate {
  assetId: AssetId;
  /** what stands when it stands, in words */
  whatStops: string;
  hoursPerYear: Graded | null;
  costMinorPerYear: Graded | null;
}

/** A baseline that no longer moves by itself. */
export interface FrozenBaseline {
  objectiveId: ObjectiveId;
  baseline: Graded;
  fromMs: number;
  toMs: number;
  /** imports that it was computed from; [] for an estimate by a named person */
  importIds: string[];
  /** over all of the above, so that a later change shows */
  hash: string;
  /** why an earlier one was given up; null for the first */
  reason: string | null;
}

export interface Crew {
  crewId: CrewId;
  name: string;
  craft: string;
  technicians: PersonId[];
  lead: PersonId | null;
  /** person-hours present in a usual week */
  presentHPerWeek: number;
  /** share of present hours for condition-based walks, 0..1 */
  cbmShare: number;
  rateMinorPerH: Minor;
}

/** A table that was brought from another system. Its rows rest beside the journal; this is what the journal keeps. */
export interface HistoryImport {
  importId: string;
  /** word of a kind in imports/all.ts, for example `work-orders` */
  kind: string;
  /** SHA-256 of the file, hex */
  fileHash: string;
  /** SHA-256 of the header in plain words, hex: files of the same layout are read the same way again */
  headerHash: string;
  /** field word to header of the file */
  mapping: Record<string, string>;
  dateOrder: 'dmy' | 'mdy';
  decimal: '.' | ',';
  /** IANA zone in which the file's times were read */
  timeZone: string;
  /** ISO 4217; null when the file has no money or nobody said which */
  currency: string | null;
  /** rows of the file; `accepted` includes `repeats`, `known` rows came with an earlier import */
  counts: {
    rows: number;
    accepted: number;
    repeats: number;
    known: number;
    rejected: number;
    warnings: number;
  };
  /** span of the accepted rows; null when they have no time */
  fromMs: number | null;
  toMs: number | null;
}

/** A shift that the crew works every week, in minutes of the UTC day; one that ends at or before its start ends next day. */
export interface Shift {
  /** 1 Monday .. 7 Sunday */
  day: number;
  startMin: number;
  endMin: number;
}

/** When a crew works, and how long it may look at a screen: what a week can hold of walks and desk looks. */
export interface CrewShifts {
  crewId: CrewId;
  shifts: Shift[];
  /** minutes a week for looking at alerts from the desk; null = not said */
  triageMinPerWeek: number | null;
}

export type PlantDescribed = FactBody<'strategy.plant-described', Plant>;
export type ObjectiveSet = FactBody<'strategy.objective-set', ObjectiveAgreed>;
export type AssetRegistered = FactBody<'strategy.asset-registered', Asset>;
export type CriticalityAssessed = FactBody<'strategy.criticality-assessed', CriticalityScored>;
export type FailureModeDescribed = FactBody<'strategy.failure-mode-described', FailureModeSheet>;
export type CrewFormed = FactBody<'strategy.crew-formed', Crew>;
export type HistoryImported = FactBody<'strategy.history-imported', HistoryImport>;
export type ImportUndone = FactBody<'strategy.import-undone', { importId: string }>;
export type ShiftsSet = FactBody<'strategy.shifts-set', CrewShifts>;

export type BaselineFrozen = FactBody<'strategy.baseline-frozen', FrozenBaseline>;
export type LineStateSet = FactBody<
  'strategy.line-state-set',
  { weeks: { /** ISO week, `2026-W48` */ week: string; state: LineState }[] }
>;
export type LossEstimated = FactBody<'strategy.loss-estimated', LossEstimate>;

export type StrategyFact =
  | PlantDescribed
  | ObjectiveSet
  | AssetRegistered
  | CriticalityAssessed
  | FailureModeDescribed
  | CrewFormed
  | ShiftsSet
  | HistoryImported
  | ImportUndone
  | BaselineFrozen
  | LineStateSet
  | LossEstimated
  | CharterFact;
