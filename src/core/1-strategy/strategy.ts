// This room holds why the plant watches anything: objectives, assets, their criticality, failure modes and crews.
import { mayDescribe } from '#vocabulary/actor.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import { refuse } from '#vocabulary/refusal.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import type { Stage } from '../stage.ts';
import { problemsOfAsset, problemsOfCriticality, problemsOfCrew, problemsOfShifts } from './asset-checks.ts';
import type { StrategyCommand } from './commands.ts';
import type { StrategyFact } from './events.ts';
import { importHistory, undoImport } from './import-decisions.ts';
import { problemsOfFailureMode, problemsOfObjective, problemsOfPlant } from './objective-checks.ts';
import { emptyStrategy, type StrategyState } from './state.ts';

/** The same description again adds nothing; another one is a new fact. */
function unlessKnown(known: unknown, body: StrategyFact): FactBody[] {
  return known !== null && known !== undefined && saysTheSame(known, body.data) ? [] : [body];
}

function decide(command: Command, state: StrategyState, context: Context): Decision {
  if (!mayDescribe(context.actor)) {
    return refuse(
      'E-STRATEGY-002',
      `"${context.actor}" may not describe the plant.`,
      'Let a person do it, or put it into the plan file.',
    );
  }
  const known = command as StrategyCommand;
  switch (known.type) {
    case 'strategy.describe-plant':
      return (
        problemsOfPlant(known.data) ??
        unlessKnown(state.plant, { type: 'strategy.plant-described', v: 1, data: known.data })
      );
    case 'strategy.set-objective':
      return (
        problemsOfObjective(state, known.data) ??
        unlessKnown(state.objectives.get(known.data.objectiveId), {
          type: 'strategy.objective-set',
          v: 1,
          data: known.data,
        })
      );
    case 'strategy.register-asset':
      return (
        problemsOfAsset(state, known.data) ??
        unlessKnown(state.assets.get(known.data.assetId), {
          type: 'strategy.asset-registered',
          v: 1,
          data: known.data,
        })
      );
    case 'strategy.assess-criticality':
      return (
        problemsOfCriticality(state, known.data) ??
        unlessKnown(state.criticality.get(known.data.assetId), {
          type: 'strategy.criticality-assessed',
          v: 1,
          data: known.data,
        })
      );
    case 'strategy.describe-failure-mode':
      return (
        problemsOfFailureMode(state, known.data) ??
        unlessKnown(state.failureModes.get(known.data.failureModeId), {
          type: 'strategy.failure-mode-described',
          v: 1,
          data: known.data,
        })
      );
    case 'strategy.form-crew':
      return (
        problemsOfCrew(state, known.data) ??
        unlessKnown(state.crews.get(known.data.crewId), {
          type: 'strategy.crew-formed',
          v: 1,
          data: known.data,
        })
      );
    case 'strategy.import-history':
      return importHistory(state, known.data);
    case 'strategy.undo-import':
      return undoImport(state, known.data.importId, context.nowMs);
    case 'strategy.set-shifts':
      return (
        problemsOfShifts(state, known.data) ??
        unlessKnown(state.shifts.get(known.data.crewId), {
          type: 'strategy.shifts-set',
          v: 1,
          data: known.data,
        })
      );
    default:
      return refuse(
        'E-STRATEGY-001',
        `This room does not know the command "${command.type}".`,
        'Check the command word; the API reference lists them.',
      );
  }
}

function evolve(state: StrategyState, fact: Recorded): void {
  const known = fact as Recorded<StrategyFact>;
  switch (known.type) {
    case 'strategy.plant-described':
      state.plant = known.data;
      return;
    case 'strategy.objective-set':
      state.objectives.set(known.data.objectiveId, known.data);
      return;
    case 'strategy.asset-registered':
      state.assets.set(known.data.assetId, known.data);
      return;
    case 'strategy.criticality-assessed':
      state.criticality.set(known.data.assetId, known.data);
      return;
    case 'strategy.failure-mode-described':
      state.failureModes.set(known.data.failureModeId, known.data);
      return;
    case 'strategy.crew-formed':
      state.crews.set(known.data.crewId, known.data);
      return;
    case 'strategy.history-imported':
      state.imports.set(known.data.importId, { ...known.data, importedAtMs: known.atMs, undoneAtMs: null });
      return;
    case 'strategy.import-undone': {
      const undone = state.imports.get(known.data.importId);
      if (undone) undone.undoneAtMs = known.atMs;
      return;
    }
    case 'strategy.shifts-set':
      state.shifts.set(known.data.crewId, known.data);
      return;
    default:
      return;
  }
}

function upcast(fact: Recorded): Recorded {
  if (fact.v === 1) return fact;
  throw new Error(
    `E-STRATEGY-020 fact ${fact.seq} (${fact.type}) has version ${fact.v}; this program knows 1`,
  );
}

export const strategy: Stage<StrategyState> = {
  word: 'strategy',
  purpose:
    'Holds why the plant watches anything: objectives, assets, criticality, failure modes, crews and imported history.',
  initial: emptyStrategy,
  decide,
  evolve,
  follow: () => [],
  nextDueMs: () => Number.POSITIVE_INFINITY,
  due: () => [],
  upcast,
};
