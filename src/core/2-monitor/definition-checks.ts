import type { Command } from '#vocabulary/command.ts';
import { otherSignals } from '#vocabulary/conditions/all.ts';
import { conditionProblems } from '#vocabulary/conditions/check.ts';
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
import { HOUR_MS, LONGEST_SPAN_MS } from '#vocabulary/time.ts';
import { conversion } from '#vocabulary/units.ts';
import type { DataOf } from './commands.ts';
import type { JobPlan, MonitorDefinition, Signal } from './events.ts';
import type { MonitorState } from './state.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const MAX_SPAN_H = LONGEST_SPAN_MS / HOUR_MS;
const MAX_STEPS = 100;
const MAX_PEOPLE = 50;

export function problemsOfSignal(state: MonitorState, signal: Signal): Refusal | null {
  const problems = problemsOf('MONITOR');
  demandId(problems, state.site, signal.signalId);
  demandText(problems, 'The name of the signal', signal.name);
  demandText(problems, 'The unit', signal.unit);
  demandKnown(problems, 'asset', signal.assetId, state.assets);
  demandRange(problems, 'The usual interval, ms,', signal.usualIntervalMs, 1, LONGEST_SPAN_MS);
  demandText(problems, 'The topic or column', signal.address.topic);
  demand(
    problems,
    conversion(signal.sourceUnit, signal.unit) !== null,
    20,
    `"${signal.sourceUnit}" cannot be turned into "${signal.unit}".`,
    'Name two units of the same kind, or judge it in the unit the source sends.',
  );
  return refusalOf(problems);
}

export function problemsOfJobPlan(state: MonitorState, plan: JobPlan): Refusal | null {
  const problems = problemsOf('MONITOR');
  demandId(problems, state.site, plan.jobPlanId);
  demandText(problems, 'The name of the job plan', plan.name);
  demandText(problems, 'The craft', plan.craft);
  demandRange(problems, 'The number of steps', plan.steps.length, 1, MAX_STEPS);
  demandRange(problems, 'The duration, h,', plan.durationH, 0, MAX_SPAN_H);
  demandRange(problems, 'The number of people', plan.people, 1, MAX_PEOPLE);
  demandRange(problems, 'The planned downtime, h,', plan.plannedDowntimeH, 0, MAX_SPAN_H);
  for (const part of plan.parts) {
    demandRange(problems, `The quantity of ${part.number}`, part.quantity, 0, FOREVER);
    demandRange(problems, `The cost of ${part.number}`, part.costMinor, 0, Number.MAX_SAFE_INTEGER);
    demandRange(problems, `The lead time of ${part.number}, ms,`, part.leadTimeMs, 0, LONGEST_SPAN_MS);
  }
  return refusalOf(problems);
}

/** What is wrong with a definition as it stands; what is merely missing is the gate's business. */
export function problemsOfDefinition(
  state: MonitorState,
  { monitorId, definition, reason }: DataOf<'monitor.draft'>,
): Refusal | null {
  const problems = problemsOf('MONITOR');
  demandId(problems, state.site, monitorId);
  demandText(problems, 'The name of the monitor', definition.name);
  demandText(problems, 'The reason', reason);
  demandKnown(problems, 'failure mode', definition.failureModeId, state.failureModes);
  demandKnown(problems, 'signal', definition.signalId, state.signals);
  demandCondition(problems, state, definition);
  demandRange(problems, 'The time until no valid signal, ms,', definition.staleAfterMs, 1, LONGEST_SPAN_MS);
  demandRange(problems, 'The quiet time, ms,', definition.quietMs, 0, LONGEST_SPAN_MS);
  demandRange(problems, 'The proof time, ms,', definition.proofMs, 0, LONGEST_SPAN_MS);
  demandGraded(problems, 'The wrong visits a week', definition.expectedWrongVisitsPerWeek, 0);
  demandResponse(problems, state, definition);
  if (definition.firstOut) {
    demandText(problems, 'The first-out group', definition.firstOut.group);
    demandRange(
      problems,
      'The time of the first-out group, ms,',
      definition.firstOut.withinMs,
      1,
      LONGEST_SPAN_MS,
    );
  }
  const accepted = state.failureModes.get(definition.failureModeId)?.runToFailure;
  demand(
    problems,
    !accepted,
    21,
    `"${accepted?.acceptedBy}" accepted that this fails: the line ends there by decision.`,
    'Withdraw the acceptance first, then watch it.',
  );
  return refusalOf(problems);
}

function demandCondition(problems: Problems, state: MonitorState, definition: MonitorDefinition): void {
  const { condition, signalId } = definition;
  const wrong = conditionProblems(condition);
  for (const message of wrong) demand(problems, false, 23, message, 'Correct the condition.');
  if (wrong.length > 0) return;
  for (const other of otherSignals(condition)) {
    demandKnown(problems, 'signal', other, state.signals);
    const mend = 'Name another signal; the own one is judged anyway.';
    demand(problems, other !== signalId, 24, `"${other}" is the monitor's own signal.`, mend);
  }
}

function demandResponse(problems: Problems, state: MonitorState, { response }: MonitorDefinition): void {
  if (!response) return;
  demandKnown(problems, 'crew', response.crewId, state.crews);
  demandKnown(problems, 'job plan', response.checkJobPlanId, state.jobPlans);
  demandKnown(problems, 'job plan', response.repairJobPlanId, state.jobPlans);
  for (const action of response.productionCan ?? []) {
    demandText(problems, 'What production can do', action);
  }
  demandRange(problems, 'The hours of a visit', response.visitH, 0, MAX_SPAN_H);
  demandRange(problems, 'The time to respond, ms,', response.withinMs, 0, LONGEST_SPAN_MS);
}

export function problemsOfBacktest(
  state: MonitorState,
  { data }: Pick<Command<string, DataOf<'monitor.record-backtest'>>, 'data'>,
): Refusal | null {
  const problems = problemsOf('MONITOR');
  const known = state.monitors.get(data.monitorId)?.versions.has(data.version) ?? false;
  demand(
    problems,
    known,
    4,
    `There is no version ${data.version} of monitor "${data.monitorId}".`,
    'Draft or change the monitor first, then run the backtest of that version.',
  );
  demand(problems, data.to >= data.from, 22, 'The backtest ends before it begins.', 'Correct the span.');
  demandRange(problems, 'The number of samples', data.samples, 0, FOREVER);
  demandRange(problems, 'Alerts a week', data.alertsPerWeek, 0, FOREVER);
  demandRange(problems, 'Notifications a week', data.notificationsPerWeek, 0, FOREVER);
  if (data.precision !== null) demandRange(problems, 'The precision', data.precision, 0, 1);
  if (data.caught !== null) demandRange(problems, 'The events caught', data.caught, 0, data.events ?? 0);
  return refusalOf(problems);
}
