import type { Command } from '#vocabulary/command.ts';
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

/** Each command carries the whole description; the same one again adds nothing. */
export type StrategyCommand =
  | Command<'strategy.describe-plant', Plant>
  | Command<'strategy.set-objective', Objective>
  | Command<'strategy.register-asset', Asset>
  | Command<'strategy.assess-criticality', Criticality>
  | Command<'strategy.describe-failure-mode', FailureMode>
  | Command<'strategy.form-crew', Crew>
  | Command<'strategy.set-shifts', CrewShifts>
  | Command<'strategy.import-history', ImportHistory>
  | Command<'strategy.undo-import', { importId: string }>;

export interface ImportHistory {
  imported: HistoryImport;
  /** the last import that was known when the rows were read, so that none is read past another; null = none */
  after: string | null;
}
