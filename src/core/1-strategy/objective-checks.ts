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
import { nearest } from '#vocabulary/nearest.ts';
import type { Refusal } from '#vocabulary/refusal.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import { DAY_MS, LONGEST_SPAN_MS } from '#vocabulary/time.ts';
import type { BaselineWish } from './commands.ts';
import type { ConsequenceKind, FailureModeSheet, LineState, ObjectiveAgreed, Plant } from './events.ts';
import { CAUSES, DETECTIONS, FAILURE_MODES, MECHANISMS } from './iso14224.ts';
import type { StrategyState } from './state.ts';

/** A failure mode with one of these consequences never ends in run to failure (RCM, SAE JA1011). */
const NEVER_RUN_TO_FAILURE: readonly ConsequenceKind[] = ['safety', 'food-safety', 'environment'];

const MAX_CONTRIBUTORS = 50;
const MAX_IMPORTS = 100;
/** Two years ahead. */
const MAX_WEEKS = 106;
/** Run hours or starts in a lifetime. */
const MAX_COUNT = 1_000_000;
const MAX_SPAN_MS = 3_650 * DAY_MS;

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

export function problemsOfObjective(state: StrategyState, objective: ObjectiveAgreed): Refusal | null {
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
  demandContributors(problems, objective);
  demandFrozen(problems, state, objective);
  for (const [lineState, value] of Object.entries(objective.valueByState ?? {})) {
    demandGraded(problems, `The value per unit while ${lineState}`, value, 0);
  }
  return refusalOf(problems);
}

function demandContributors(problems: Problems, { contributors, accountable }: ObjectiveAgreed): void {
  if (contributors.length === 0) return;
  const answering = contributors.filter((one) => one.as === 'A');
  demand(
    problems,
    answering.length === 1,
    41,
    `${answering.length} of ${contributors.length} contributors are marked A.`,
    'Mark exactly one A: the one person who answers for the result.',
  );
  demand(
    problems,
    answering.length !== 1 || answering[0]?.personId === accountable,
    42,
    'The person marked A is not the accountable one.',
    'Mark the accountable person A.',
  );
  demandRange(problems, 'The number of contributors', contributors.length, 0, MAX_CONTRIBUTORS);
}

/** A frozen baseline is moved by freezing another one, with a reason, and in no other way. */
function demandFrozen(problems: Problems, state: StrategyState, objective: ObjectiveAgreed): void {
  const frozen = state.frozen.get(objective.objectiveId);
  demand(
    problems,
    !frozen || saysTheSame(frozen.baseline, objective.baseline),
    43,
    'The baseline is frozen; a result measured against a moved one means nothing.',
    'Keep it, or freeze another one and say why.',
  );
}

export function problemsOfBaseline(state: StrategyState, wish: BaselineWish): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandKnown(problems, 'objective', wish.objectiveId, state.objectives);
  demandGraded(problems, 'The baseline', wish.baseline, 0);
  demand(
    problems,
    wish.baseline.grade !== 'assumed',
    44,
    'An assumed baseline cannot be frozen: no result could be accepted against it.',
    'Take it from history, or have a named person estimate it.',
  );
  demand(problems, wish.toMs > wish.fromMs, 45, 'The period ends before it begins.', 'Correct the period.');
  demand(
    problems,
    wish.baseline.grade !== 'measured' || wish.importIds.length > 0,
    46,
    'A measured baseline names no import that it was computed from.',
    'Choose the imports, or grade it estimated by a named person.',
  );
  demandRange(problems, 'The number of imports', wish.importIds.length, 0, MAX_IMPORTS);
  const frozen = state.frozen.has(wish.objectiveId);
  demand(
    problems,
    !frozen || (wish.reason ?? '').trim() !== '',
    47,
    'There is a frozen baseline, and no reason is given to move it.',
    'Say why it is given up: another product, tariff or line.',
  );
  return refusalOf(problems);
}

export function problemsOfLineStates(weeks: { week: string; state: LineState }[]): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandRange(problems, 'The number of weeks', weeks.length, 1, MAX_WEEKS);
  for (const { week } of weeks) {
    const known = /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/.test(week);
    demand(problems, known, 48, `"${week}" is no week.`, 'Write year and ISO week: 2026-W48.');
  }
  return refusalOf(problems);
}

export function problemsOfFailureMode(state: StrategyState, mode: FailureModeSheet): Refusal | null {
  const problems = problemsOf('STRATEGY');
  demandId(problems, state.site, mode.failureModeId);
  demandText(problems, 'What fails', mode.name);
  demandText(problems, 'The failure-mode group', mode.group);
  demandKnown(problems, 'asset', mode.assetId, state.assets);
  demandKnown(problems, 'objective', mode.objectiveId, state.objectives);
  const near = nearest(mode.iso14224, Object.keys(FAILURE_MODES));
  demand(
    problems,
    Object.hasOwn(FAILURE_MODES, mode.iso14224),
    16,
    `"${mode.iso14224}" is no failure mode code.`,
    near
      ? `Write ${near} (${FAILURE_MODES[near]}), or another code of the list.`
      : 'Write VIB or another code of the list.',
  );
  demandFields(problems, mode);
  demandGraded(problems, 'The P-F interval', mode.pfMinMs, 1);
  demandRange(problems, 'The P-F interval, ms,', Math.max(1, mode.pfMinMs?.value ?? 1), 1, LONGEST_SPAN_MS);
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

/** Mechanism, cause and detection are words of their own lists; the interval and its timing are spans of time. */
function demandFields(problems: Problems, mode: FailureModeSheet): void {
  const { mechanism, cause, detection, pfOnClock, timing } = mode;
  const listed: [string, string | null, readonly string[]][] = [
    ['mechanism', mechanism, Object.keys(MECHANISMS)],
    ['cause', cause, CAUSES],
    ['detection method', detection, DETECTIONS],
  ];
  for (const [what, word, words] of listed) {
    const holds = word === null || words.includes(word);
    demand(problems, holds, 49, `"${word}" is no ${what} of the list.`, `Use one of: ${words.join(', ')}.`);
  }
  if (pfOnClock) {
    demandRange(problems, `The P-F interval in ${pfOnClock.clock}`, pfOnClock.value, 1, MAX_COUNT);
    demandRange(problems, `${pfOnClock.clock} a week`, pfOnClock.perWeek, 0.1, MAX_COUNT);
    demand(
      problems,
      mode.pfMinMs !== null,
      50,
      `The P-F interval is counted in ${pfOnClock.clock} but nobody graded it.`,
      'Say whether it was measured, estimated by a named person, or assumed.',
    );
  }
  for (const [what, spanMs] of Object.entries(timing ?? {})) {
    demandRange(problems, `The time "${what.slice(0, -2)}", ms,`, spanMs, 0, MAX_SPAN_MS);
  }
}
