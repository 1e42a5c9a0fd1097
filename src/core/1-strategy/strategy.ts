// This room holds why the plant watches anything: objectives, assets, their criticality, failure modes and crews.
import { mayDescribe, personOf } from '#vocabulary/actor.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import { derivedId } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import type { Stage } from '../stage.ts';
import {
  problemsOfAsset,
  problemsOfCrew,
  problemsOfCriticality,
  problemsOfFirstAnswer,
  problemsOfLoss,
  problemsOfShifts,
} from './asset-checks.ts';
import { checkCharter, signCharter, votePilot, writeCharter } from './charter.ts';
import type { BaselineWish, StrategyCommand } from './commands.ts';
import { type FirstAnswer, firstCriticality } from './criticality.ts';
import type { LineState, StrategyFact } from './events.ts';
import { evolve } from './fold.ts';
import { importHistory, undoImport } from './import-decisions.ts';
import {
  problemsOfBaseline,
  problemsOfFailureMode,
  problemsOfLineStates,
  problemsOfObjective,
  problemsOfPlant,
} from './objective-checks.ts';
import { emptyStrategy, type StrategyState } from './state.ts';
import { wholeCriticality, wholeFailureMode, wholeObjective } from './wish.ts';

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
    case 'strategy.set-objective': {
      const data = wholeObjective(known.data);
      return (
        problemsOfObjective(state, data) ??
        unlessKnown(state.objectives.get(data.objectiveId), { type: 'strategy.objective-set', v: 2, data })
      );
    }
    case 'strategy.register-asset':
      return (
        problemsOfAsset(state, known.data) ??
        unlessKnown(state.assets.get(known.data.assetId), {
          type: 'strategy.asset-registered',
          v: 1,
          data: known.data,
        })
      );
    case 'strategy.assess-criticality': {
      const data = wholeCriticality(known.data);
      return (
        problemsOfCriticality(state, data) ??
        unlessKnown(state.criticality.get(data.assetId), {
          type: 'strategy.criticality-assessed',
          v: 2,
          data,
        })
      );
    }
    case 'strategy.describe-failure-mode': {
      const data = wholeFailureMode(known.data);
      return (
        problemsOfFailureMode(state, data) ??
        unlessKnown(state.failureModes.get(data.failureModeId), {
          type: 'strategy.failure-mode-described',
          v: 2,
          data,
        })
      );
    }
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
    case 'strategy.estimate-loss':
      return (
        problemsOfLoss(state, known.data) ??
        unlessKnown(state.losses.get(known.data.assetId), {
          type: 'strategy.loss-estimated',
          v: 1,
          data: known.data,
        })
      );
    case 'strategy.set-line-state':
      return problemsOfLineStates(known.data.weeks) ?? lineStates(state, known.data.weeks);
    default:
      return decideByPerson(known, state, context);
  }
}

/** What only a person in the own name may do. */
function decideByPerson(command: StrategyCommand, state: StrategyState, context: Context): Decision {
  const by = personOf(context.actor);
  if (by === null) return onlyAPerson(context);
  switch (command.type) {
    case 'strategy.freeze-baseline':
      return freeze(state, command.data);
    case 'strategy.answer-criticality':
      return answerFirst(state, command.data, by, context.nowMs);
    case 'strategy.vote-pilot':
      return votePilot(state, command.data, by);
    case 'strategy.write-charter':
      return writeCharter(state, command.data);
    case 'strategy.sign-charter':
      return signCharter(state, command.data, 'owner', by);
    case 'strategy.sign-charter-for-finance':
      return signCharter(state, command.data, 'finance', by);
    case 'strategy.check-charter':
      return checkCharter(state, command.data, by, context);
    default:
      return refuse(
        'E-STRATEGY-001',
        `This room does not know the command "${command.type}".`,
        'Check the command word; the API reference lists them.',
      );
  }
}

function onlyAPerson(context: Context): Refusal {
  return refuse(
    'E-STRATEGY-018',
    `"${context.actor}" may not do this; a person answers for it.`,
    'Sign in and do it in your own name.',
  );
}

function lineStates(state: StrategyState, weeks: { week: string; state: LineState }[]): FactBody[] {
  const changed = weeks.filter((one) => state.lineStates.get(one.week) !== one.state);
  return changed.length === 0 ? [] : [{ type: 'strategy.line-state-set', v: 1, data: { weeks: changed } }];
}

/** The frozen value becomes the objective's own, so that every later room measures against it. */
function freeze(state: StrategyState, wish: BaselineWish): Decision {
  const frozen = state.frozen.get(wish.objectiveId);
  const said = {
    objectiveId: wish.objectiveId,
    baseline: wish.baseline,
    fromMs: wish.fromMs,
    toMs: wish.toMs,
    importIds: wish.importIds,
  };
  if (frozen && frozen.hash === hashOf(state.site, said)) return [];
  const problems = problemsOfBaseline(state, wish);
  if (problems) return problems;
  const objective = state.objectives.get(wish.objectiveId);
  const hash = hashOf(state.site, said);
  return [
    { type: 'strategy.baseline-frozen', v: 1, data: { ...wish, hash } },
    { type: 'strategy.objective-set', v: 2, data: { ...objective, baseline: wish.baseline } },
  ];
}

function hashOf(site: string, said: Omit<BaselineWish, 'reason'>): string {
  return derivedId(site, JSON.stringify(said), 'baseline', 0);
}

function answerFirst(state: StrategyState, answer: FirstAnswer, by: string, nowMs: number): Decision {
  const problems = problemsOfFirstAnswer(state, answer);
  if (problems) return problems;
  const data = firstCriticality(answer, by, nowMs);
  const known = state.criticality.get(answer.assetId);
  if (known && saysTheSame(known.consequence, data.consequence)) return [];
  return [{ type: 'strategy.criticality-assessed', v: 2, data }];
}

/** Facts whose first version said less; the lift says what was true then. */
const LIFTS: Record<string, (data: never) => object> = {
  'strategy.objective-set': wholeObjective,
  'strategy.criticality-assessed': wholeCriticality,
  'strategy.failure-mode-described': wholeFailureMode,
};

function upcast(fact: Recorded): Recorded {
  const lift = Object.hasOwn(LIFTS, fact.type) ? LIFTS[fact.type] : undefined;
  const today = lift ? 2 : 1;
  if (fact.v === today) return fact;
  if (fact.v === 1 && lift) return { ...fact, v: 2, data: lift(fact.data as never) };
  throw new Error(
    `E-STRATEGY-020 fact ${fact.seq} (${fact.type}) has version ${fact.v}; this program knows ${today}`,
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
