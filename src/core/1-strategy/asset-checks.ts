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
import { criticalityOf } from './criticality.ts';
import type { Asset, Crew, CrewShifts, Criticality } from './events.ts';
import type { StrategyState } from './state.ts';

/** Deepest chain of parents; longer ones are a mistake. */
const MAX_ASSET_DEPTH = 12;
const WEEK_H = 168;
const MAX_CREW = 200;

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

export function problemsOfCriticality(state: StrategyState, assessed: Criticality): Refusal | null {
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
  if (problems.items.length === 0) {
    const computed = criticalityOf(assessed.consequence, assessed.likelihood);
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

function demandScore(problems: ReturnType<typeof problemsOf>, what: string, score: number): void {
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
