import type { Command } from '#vocabulary/command.ts';
import type { Asset, Crew, CrewShifts, Criticality, FailureMode, Objective, Plant } from './events.ts';

/** Each command carries the whole description; the same one again adds nothing. */
export type StrategyCommand =
  | Command<'strategy.describe-plant', Plant>
  | Command<'strategy.set-objective', Objective>
  | Command<'strategy.register-asset', Asset>
  | Command<'strategy.assess-criticality', Criticality>
  | Command<'strategy.describe-failure-mode', FailureMode>
  | Command<'strategy.form-crew', Crew>
  | Command<'strategy.set-shifts', CrewShifts>;
