import {
  demand,
  demandGraded,
  demandId,
  demandKnown,
  demandRange,
  demandText,
  type Problems,
  problemsOf,
  refusalOf,
} from '#vocabulary/problems.ts';
import type { Refusal } from '#vocabulary/refusal.ts';
import { criticalityOf, type FirstAnswer } from './criticality.ts';
import type { Asset, Crew, CrewShifts, CriticalityScored, LossEstimate } from './events.ts';
import type { StrategyState } from './state.ts';

/** Deepest chain of parents; longer ones are a mistake. */
const MAX_ASSET_DEPTH = 12;
const WEEK_H = 168;
const MAX_CREW = 200;
const MAX_WEIGHT = 10;
const YEAR_H = 8_784;

export function problemsOfAsset(state: StrategyState, asset: Asset): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandId(problems, state.site, asset.assetId);
  demandText(problems, 'The name of the asset', asset.name);
  demandKnown(problems, 'asset', asset.parentId, state.assets);
  demand(
    problems,
    !isOwnAncestor(state, asset),
    10,
    `"${asset.assetId}" would be its own parent, or stand more than ${MAX_ASSET_DEPTH} levels deep.`,
    'Choose another parent.',
  );
  demandGraded(problems, "The value of an hour's stop", asset.stopHourMinor, 0);
  return refusalOf(problems);
}

function isOwnAncestor(state: StrategyState, asset: Asset): boolean {
  let parentId = asset.parentId;
  for (let depth = 0; parentId !== null; depth++) {
    if (parentId === asset.assetId || depth >= MAX_ASSET_DEPTH) return true;
    parentId = state.assets.get(parentId)?.parentId ?? null;
  }
  return false;
}

export function problemsOfCriticality(state: StrategyState, assessed: CriticalityScored): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandKnown(problems, 'asset', assessed.assetId, state.assets);
  for (const [kind, score] of Object.entries(assessed.consequence)) {
    demandScore(problems, `The consequence for ${kind}`, score);
  }
  demandScore(problems, 'The likelihood', assessed.likelihood);
  demand(
    problems,
    assessed.assessedBy.length > 0,
    11,
    'The assessment names nobody who made it.',
    'Name the people who assessed the asset.',
  );
  demand(
    problems,
    assessed.reviewDueMs > assessed.assessedAtMs,
    12,
    'The review is due before the assessment was made.',
    'Set the review after the assessment; A assets are reviewed every 12 months.',
  );
  demandWeights(problems, assessed);
  if (problems.items.length === 0) {
    const { consequence, likelihood, weights, redundancy } = assessed;
    const computed = criticalityOf(consequence, likelihood, weights, redundancy);
    demand(
      problems,
      computed.class === assessed.class,
      8,
      `The scores give class ${computed.class} (consequence ${computed.consequence}, score ${computed.score}), not ${assessed.class}.`,
      `Write class ${computed.class}, or correct the scores.`,
    );
  }
  return refusalOf(problems);
}

/** What watching and stand-by leave can only be less than what would be without them. */
function demandWeights(
  problems: Problems,
  { weights, redundancy, mitigated, likelihood }: CriticalityScored,
): void {
  demandRange(problems, 'The weight of production', weights.production, 0, MAX_WEIGHT);
  demandRange(problems, 'The weight of cost', weights.cost, 0, MAX_WEIGHT);
  demand(
    problems,
    weights.production + weights.cost > 0,
    51,
    'Production and cost both weigh nothing.',
    'Give one of them a weight.',
  );
  demand(
    problems,
    redundancy === 1 || redundancy === 0.5 || redundancy === 0.2,
    52,
    `The redundancy is ${redundancy}.`,
    'Write 1 (none), 0.5 (a stand-by carries part) or 0.2 (a full stand-by).',
  );
  if (!mitigated) return;
  for (const [kind, score] of Object.entries(mitigated.consequence)) {
    demandScore(problems, `The mitigated consequence for ${kind}`, score);
  }
  demandScore(problems, 'The mitigated likelihood', mitigated.likelihood);
  demand(
    problems,
    mitigated.likelihood <= likelihood,
    53,
    'It is said to fail more often with monitoring than without.',
    'Score the likelihood without monitoring first, then what is left.',
  );
}

export function problemsOfFirstAnswer(state: StrategyState, answer: FirstAnswer): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandKnown(problems, 'asset', answer.assetId, state.assets);
  demand(
    problems,
    state.criticality.get(answer.assetId)?.basis !== 'team',
    54,
    'A team has scored this asset; one answer does not replace it.',
    'Have the team score it again.',
  );
  return refusalOf(problems);
}

export function problemsOfLoss(state: StrategyState, loss: LossEstimate): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandKnown(problems, 'asset', loss.assetId, state.assets);
  demandText(problems, 'What stops', loss.whatStops);
  demandGraded(problems, 'The hours a year', loss.hoursPerYear, 0);
  demandGraded(problems, 'The cost a year', loss.costMinorPerYear, 0);
  demandRange(problems, 'The hours a year', loss.hoursPerYear?.value ?? 0, 0, YEAR_H);
  return refusalOf(problems);
}

function demandScore(problems: Problems, what: string, score: number): void {
  demandRange(problems, what, score, 1, 5);
  const whole = !Number.isFinite(score) || Number.isInteger(score);
  demand(problems, whole, 5, `${what} is ${score}; scores are whole numbers.`, 'Write 1, 2, 3, 4 or 5.');
}

export function problemsOfCrew(state: StrategyState, crew: Crew): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandId(problems, state.site, crew.crewId);
  demandText(problems, 'The name of the crew', crew.name);
  demand(
    problems,
    crew.technicians.length > 0,
    13,
    `Crew "${crew.name}" has no technician.`,
    'Name at least one technician; a crew of one is signed for by a neighbouring crew.',
  );
  demand(
    problems,
    new Set(crew.technicians).size === crew.technicians.length,
    14,
    `Crew "${crew.name}" names a technician twice.`,
    'Name each person once.',
  );
  demandRange(problems, 'Hours present a week', crew.presentHPerWeek, 0, WEEK_H * MAX_CREW);
  demandRange(problems, 'The share for condition-based walks', crew.cbmShare, 0, 1);
  demandRange(problems, 'The rate per hour', crew.rateMinorPerH, 0, Number.MAX_SAFE_INTEGER);
  return refusalOf(problems);
}

const DAY_MIN = 24 * 60;
const WEEK_MIN = 7 * DAY_MIN;
/** Three crews of a day could share the name; more shifts than this is a mistake. */
const MAX_SHIFTS = 21;

export function problemsOfShifts(
  state: StrategyState,
  { crewId, shifts, triageMinPerWeek }: CrewShifts,
): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandKnown(problems, 'crew', crewId, state.crews);
  demandRange(problems, 'The number of shifts a week', shifts.length, 0, MAX_SHIFTS);
  for (const { day, startMin, endMin } of shifts) {
    demandRange(problems, 'The day of a shift', day, 1, 7);
    demandRange(problems, 'The start of a shift, minutes of the day,', startMin, 0, DAY_MIN - 1);
    demandRange(problems, 'The end of a shift, minutes of the day,', endMin, 0, DAY_MIN);
  }
  if (triageMinPerWeek !== null) {
    demandRange(problems, 'The minutes a week for desk looks', triageMinPerWeek, 0, WEEK_MIN);
  }
  return refusalOf(problems);
}
