// The one-page charter of a pilot and the crew's willingness: agreed before anything is bought, checked on its date.
import type { Decision } from '#vocabulary/command.ts';
import {
  demand,
  demandId,
  demandKnown,
  demandRange,
  demandText,
  type Problems,
  problemsOf,
  refusalOf,
} from '#vocabulary/problems.ts';
import type { Context } from '#vocabulary/command.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { refuse, type Refusal } from '#vocabulary/refusal.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import type { Charter, CharterResult, GoNumber } from './charter-events.ts';
import type { CharterRecord, StrategyState } from './state.ts';

const MAX_GO_NUMBERS = 6;
const MAX_CREWS = 20;
const WEEK_H = 168;

export function votePilot(
  state: StrategyState,
  vote: { failureModeId: string; willing: boolean },
  by: PersonId,
): Decision {
  if (!state.failureModes.has(vote.failureModeId)) return noFailureMode(vote.failureModeId);
  if (state.pilotVotes.get(vote.failureModeId)?.get(by) === vote.willing) return [];
  return [{ type: 'strategy.pilot-voted', v: 1, data: vote }];
}

function noFailureMode(failureModeId: string): Refusal {
  return refuse(
    'E-STRATEGY-004',
    `There is no failure mode "${failureModeId}".`,
    'Describe the failure mode first.',
  );
}

export function writeCharter(state: StrategyState, charter: Charter): Decision {
  const problems = problemsOf('STRATEGY');
  demandId(problems, state.site, charter.charterId);
  demandKnown(problems, 'failure mode', charter.failureModeId, state.failureModes);
  for (const { crewId, hPerWeek } of charter.crews) {
    demandKnown(problems, 'crew', crewId, state.crews);
    demandRange(problems, 'The hours asked of a crew, a week,', hPerWeek, 0, WEEK_H);
  }
  demandRange(problems, 'The number of crews', charter.crews.length, 1, MAX_CREWS);
  const { low, likely, high } = charter.lossMinorPerYear;
  demand(
    problems,
    0 <= low && low <= likely && likely <= high && Number.isFinite(high),
    60,
    'The yearly loss is not in order: low, likely, high.',
    'Give the range that you would bet on, and the likely value inside it.',
  );
  demandRange(problems, 'The cost of sensors', charter.sensorMinor, 0, Number.MAX_SAFE_INTEGER);
  demandRange(problems, 'The upkeep a year', charter.upkeepMinorPerYear, 0, Number.MAX_SAFE_INTEGER);
  demandText(problems, 'The cost centre', charter.costCentre);
  demandText(problems, 'What is switched off on a no', charter.switchedOffOnNo);
  demandGoNumbers(problems, charter.goNumbers);
  const refusal = refusalOf(problems);
  if (refusal) return refusal;
  const known = state.charters.get(charter.charterId);
  if (known?.checked) return alreadyChecked(known);
  const version = (known?.charter.version ?? 0) + 1;
  if (known && saysTheSame({ ...known.charter, version }, { ...charter, version })) return [];
  return [{ type: 'strategy.charter-written', v: 1, data: { ...charter, version } }];
}

function demandGoNumbers(problems: Problems, numbers: readonly GoNumber[]): void {
  demandRange(problems, 'The number of go/no-go numbers', numbers.length, 1, MAX_GO_NUMBERS);
  demand(
    problems,
    new Set(numbers.map((one) => one.measure)).size === numbers.length,
    61,
    'A measure is named twice.',
    'Give each measure one number.',
  );
  for (const { measure, value } of numbers) {
    const most = measure === 'verified precision' ? 1 : Number.MAX_SAFE_INTEGER;
    demandRange(problems, `The number for ${measure}`, value, 0, most);
  }
}

function alreadyChecked({ charter }: CharterRecord): Refusal {
  return refuse(
    'E-STRATEGY-062',
    `"${charter.charterId}" has been decided; what was agreed stays as it was.`,
    'Write another charter for what comes next.',
  );
}

/** A signature belongs to one version; the owner and finance are two different people. */
export function signCharter(
  state: StrategyState,
  wish: { charterId: string; version: number },
  as: 'owner' | 'finance',
  by: PersonId,
): Decision {
  const found = currentCharter(state, wish);
  if ('refused' in found) return found;
  if (as === 'owner' && found.charter.owner !== by) {
    return refuse(
      'E-STRATEGY-063',
      'The charter names another owner.',
      'The owner signs it, or it is written anew with you as the owner.',
    );
  }
  if (found.signatures.some((one) => one.as === as)) return [];
  if (found.signatures.some((one) => one.by === by)) {
    return refuse(
      'E-STRATEGY-064',
      'You have signed it already; owner and finance are two people.',
      'Ask the other one to sign.',
    );
  }
  return [{ type: 'strategy.charter-signed', v: 1, data: { ...wish, as, by } }];
}

/** Results are set beside what was agreed, on the agreed date or later, and the decision is a person's. */
export function checkCharter(
  state: StrategyState,
  wish: { charterId: string; version: number; results: CharterResult[]; decision: 'go' | 'no-go' },
  by: PersonId,
  context: Context,
): Decision {
  const found = currentCharter(state, wish);
  if ('refused' in found) return found;
  if (found.checked) return found.checked.decision === wish.decision ? [] : alreadyChecked(found);
  if (found.signatures.length < 2) {
    return refuse(
      'E-STRATEGY-065',
      'It is not signed by owner and finance.',
      'Have both sign it; numbers agreed afterwards prove nothing.',
    );
  }
  if (context.nowMs < found.charter.decideOnMs) {
    return refuse(
      'E-STRATEGY-066',
      'Its date has not come.',
      'Wait for the agreed date: looking early picks the lucky week.',
    );
  }
  const agreed = found.charter.goNumbers;
  const same = agreed.every((one) =>
    wish.results.some((result) => result.measure === one.measure && result.value === one.value),
  );
  if (!same || wish.results.length !== agreed.length) {
    return refuse(
      'E-STRATEGY-067',
      'The results are not those of the agreed numbers.',
      'Check every agreed number, and no other.',
    );
  }
  return [{ type: 'strategy.charter-checked', v: 1, data: { ...wish, by } }];
}

function currentCharter(
  state: StrategyState,
  { charterId, version }: { charterId: string; version: number },
): CharterRecord | Refusal {
  const found = state.charters.get(charterId);
  if (!found) {
    return refuse('E-STRATEGY-004', `There is no charter "${charterId}".`, 'Write the charter first.');
  }
  if (found.charter.version !== version) {
    return refuse(
      'E-STRATEGY-068',
      `Version ${version} was written anew; today's is ${found.charter.version}.`,
      'Read it again, then sign or check that one.',
    );
  }
  return found;
}

/** Whether a result keeps what was agreed; nothing to say yet keeps nothing. */
export function isMet(number: GoNumber, result: number | null): boolean {
  if (result === null) return false;
  return number.bound === 'at least' ? result >= number.value : result <= number.value;
}
