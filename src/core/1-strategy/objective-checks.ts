import {
  demand,
  demandGraded,
  demandId,
  demandKnown,
  demandRange,
  demandText,
  problemsOf,
  refusalOf,
} from '#vocabulary/problems.ts';
import type { Refusal } from '#vocabulary/refusal.ts';
import type { ConsequenceKind, FailureMode, Objective, Plant } from './events.ts';
import type { StrategyState } from './state.ts';

/** A failure mode with one of these consequences never ends in run to failure (domain reference 2.3). */
const NEVER_RUN_TO_FAILURE: readonly ConsequenceKind[] = ['safety', 'food-safety', 'environment'];

export function problemsOfPlant(plant: Plant): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandText(problems, 'The name of the plant', plant.name);
  demandText(problems, 'The time zone', plant.timeZone);
  const currency = /^[A-Z]{3}$/.test(plant.currency);
  demand(
    problems,
    currency,
    15,
    `"${plant.currency}" is no currency.`,
    'Write three capitals of ISO 4217: EUR.',
  );
  return refusalOf(problems);
}

export function problemsOfObjective(state: StrategyState, objective: Objective): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandId(problems, state.site, objective.objectiveId);
  demandText(problems, 'The name of the objective', objective.name);
  demandGraded(problems, 'The baseline', objective.baseline, 0);
  demandGraded(problems, 'The value per unit', objective.valuePerUnitMinor, 0);
  if (objective.target !== null) {
    demandRange(problems, 'The target', objective.target, 0, Number.POSITIVE_INFINITY);
  }
  const accountable = objective.accountable;
  demand(
    problems,
    accountable === null || /^[^\s,;&/]+$/.test(accountable),
    7,
    `"${accountable}" is not exactly one person.`,
    'Name the one person who is accountable; the others may help.',
  );
  return refusalOf(problems);
}

export function problemsOfFailureMode(state: StrategyState, mode: FailureMode): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandId(problems, state.site, mode.failureModeId);
  demandText(problems, 'What fails', mode.name);
  demandText(problems, 'The failure-mode group', mode.group);
  demandKnown(problems, 'asset', mode.assetId, state.assets);
  demandKnown(problems, 'objective', mode.objectiveId, state.objectives);
  const code = /^[A-Z]{3}$/.test(mode.iso14224);
  demand(
    problems,
    code,
    16,
    `"${mode.iso14224}" is no failure mode code.`,
    'Write three capitals, for example VIB.',
  );
  demandGraded(problems, 'The P-F interval', mode.pfMinMs, 1);
  demandGraded(problems, 'The yearly loss', mode.baselineLossMinorPerYear, 0);
  if (mode.consequence) {
    demandGraded(problems, 'The hours of stop', mode.consequence.stopH, 0);
    demandGraded(problems, 'The cost of repair', mode.consequence.repairMinor, 0);
    demandGraded(problems, 'The secondary damage', mode.consequence.secondaryMinor, 0);
  }
  if (mode.currentControl) {
    const forever = Number.POSITIVE_INFINITY;
    demandRange(
      problems,
      'The interval of the current control, ms,',
      mode.currentControl.intervalMs,
      1,
      forever,
    );
  }
  const kind = mode.consequence?.kind;
  demand(
    problems,
    mode.runToFailure === null || !kind || !NEVER_RUN_TO_FAILURE.includes(kind),
    17,
    `"${mode.name}" endangers ${kind}; it cannot be left to fail.`,
    'Watch it, inspect it or redesign it.',
  );
  return refusalOf(problems);
}
