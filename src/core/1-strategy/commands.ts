import type { Command } from '#vocabulary/command.ts';
import type { Graded } from '#vocabulary/grade.ts';
import type { Charter, CharterResult } from './charter-events.ts';
import type { FirstAnswer } from './criticality.ts';
import type {
  Asset,
  Crew,
  CrewShifts,
  Criticality,
  CriticalityScored,
  FailureMode,
  FailureModeSheet,
  HistoryImport,
  LineState,
  LossEstimate,
  Objective,
  ObjectiveAgreed,
  Plant,
} from './events.ts';

/** What a wish may leave out; the room fills in what was true before the field existed. */
type With<Base, Full extends Base> = Base & Partial<Omit<Full, keyof Base>>;

export type ObjectiveWish = With<Objective, ObjectiveAgreed>;
export type CriticalityWish = With<Criticality, CriticalityScored>;
export type FailureModeWish = With<FailureMode, FailureModeSheet>;

export interface BaselineWish {
  objectiveId: string;
  baseline: Graded;
  fromMs: number;
  toMs: number;
  importIds: string[];
  /** needed when a frozen baseline is given up */
  reason: string | null;
}

/** Each command carries the whole description; the same one again adds nothing. */
export type StrategyCommand =
  | Command<'strategy.describe-plant', Plant>
  | Command<'strategy.set-objective', ObjectiveWish>
  | Command<'strategy.freeze-baseline', BaselineWish>
  | Command<'strategy.set-line-state', { weeks: { week: string; state: LineState }[] }>
  | Command<'strategy.register-asset', Asset>
  | Command<'strategy.estimate-loss', LossEstimate>
  | Command<'strategy.answer-criticality', FirstAnswer>
  | Command<'strategy.assess-criticality', CriticalityWish>
  | Command<'strategy.describe-failure-mode', FailureModeWish>
  | Command<'strategy.form-crew', Crew>
  | Command<'strategy.vote-pilot', { failureModeId: string; willing: boolean }>
  | Command<'strategy.write-charter', Charter>
  | Command<'strategy.sign-charter', { charterId: string; version: number }>
  | Command<'strategy.sign-charter-for-finance', { charterId: string; version: number }>
  | Command<
      'strategy.check-charter',
      { charterId: string; version: number; results: CharterResult[]; decision: 'go' | 'no-go' }
    >
  | Command<'strategy.set-shifts', CrewShifts>
  | Command<'strategy.import-history', ImportHistory>
  | Command<'strategy.undo-import', { importId: string }>;

export interface ImportHistory {
  imported: HistoryImport;
  /** the last import that was known when the rows were read, so that none is read past another; null = none */
  after: string | null;
}
