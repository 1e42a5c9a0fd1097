// This room says what may be watched: definitions, the gate, trial and sign-off, the noise budget, the lifecycle.
import { mayDescribe, personOf } from '#vocabulary/actor.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import type { Stage } from '../stage.ts';
import { activate, propose, signOff, startTrial } from './approval.ts';
import type { DataOf, MonitorCommand } from './commands.ts';
import {
  problemsOfBacktest,
  problemsOfDefinition,
  problemsOfJobPlan,
  problemsOfSignal,
} from './definition-checks.ts';
import type { MonitorFact } from './events.ts';
import { evolve } from './fold.ts';
import { markEvent, unmarkEvent } from './known-event.ts';
import { makesWork, TRIAL_MS, versionInWork } from './lifecycle.ts';
import { priorityOfDefinition } from './priority.ts';
import { emptyMonitors, latestVersion, type MonitorRecord, type MonitorState } from './state.ts';

function onlyAPerson(context: Context): Refusal {
  return refuse(
    'E-MONITOR-002',
    `"${context.actor}" may not do this; a person answers for what is watched.`,
    'Sign in and do it in your own name.',
  );
}

function noMonitor(monitorId: string): Refusal {
  return refuse('E-MONITOR-003', `There is no monitor "${monitorId}".`, 'Draft it first, or check the id.');
}

function unlessKnown(known: unknown, body: MonitorFact): FactBody[] {
  return known !== undefined && saysTheSame(known, body.data) ? [] : [body];
}

function decide(command: Command, state: MonitorState, context: Context): Decision {
  const known = command as MonitorCommand;
  switch (known.type) {
    case 'monitor.declare-signal':
      if (!mayDescribe(context.actor)) return onlyAPerson(context);
      return (
        problemsOfSignal(state, known.data) ??
        unlessKnown(state.signals.get(known.data.signalId), {
          type: 'monitor.signal-declared',
          v: 1,
          data: known.data,
        })
      );
    case 'monitor.write-job-plan':
      if (!mayDescribe(context.actor)) return onlyAPerson(context);
      return (
        problemsOfJobPlan(state, known.data) ??
        unlessKnown(state.jobPlans.get(known.data.jobPlanId), {
          type: 'monitor.job-plan-written',
          v: 1,
          data: known.data,
        })
      );
    case 'monitor.draft':
      return draft(state, known.data, context);
    case 'monitor.mark-event':
      return markEvent(state, known.data, context);
    case 'monitor.unmark-event':
      return unmarkEvent(state, known.data, context);
    case 'monitor.record-backtest':
      return recordBacktest(state, known);
    default:
      return decideExisting(known, state, context);
  }
}

/** Commands about a monitor that exists. */
function decideExisting(command: MonitorCommand, state: MonitorState, context: Context): Decision {
  const monitorId = (command.data as { monitorId?: string } | null)?.monitorId ?? '';
  const monitor = state.monitors.get(monitorId);
  const by = personOf(context.actor);
  switch (command.type) {
    case 'monitor.send-back-to-trial':
      if (by === null && !context.actor.startsWith('rule:')) return onlyAPerson(context);
      return monitor ? sendBack(monitor, command.data.reason, context) : noMonitor(monitorId);
    case 'monitor.change':
    case 'monitor.start-trial':
    case 'monitor.propose':
    case 'monitor.sign-off':
    case 'monitor.activate':
    case 'monitor.retire':
      if (by === null) return onlyAPerson(context);
      return monitor ? decideByPerson(command, state, monitor, by, context) : noMonitor(monitorId);
    default:
      return refuse(
        'E-MONITOR-001',
        `This room does not know the command "${command.type}".`,
        'Check the command word; the API reference lists them.',
      );
  }
}

function decideByPerson(
  command: MonitorCommand,
  state: MonitorState,
  monitor: MonitorRecord,
  by: string,
  context: Context,
): Decision {
  switch (command.type) {
    case 'monitor.change':
      return change(state, monitor, command.data, by);
    case 'monitor.start-trial':
      return startTrial(state, monitor, context);
    case 'monitor.propose':
      return propose(monitor, command.data, by);
    case 'monitor.sign-off':
      return signOff(state, monitor, command.data, by);
    case 'monitor.activate':
      return activate(state, monitor, command.data, context);
    case 'monitor.retire':
      return retire(monitor, command.data.reason);
    default:
      return [];
  }
}

function draft(state: MonitorState, data: DataOf<'monitor.draft'>, context: Context): Decision {
  const by = personOf(context.actor);
  if (by === null) return onlyAPerson(context);
  const problems = problemsOfDefinition(state, data);
  if (problems) return problems;
  const existing = state.monitors.get(data.monitorId);
  if (existing) {
    const same = [...existing.versions.values()].some((one) => saysTheSame(one.definition, data.definition));
    if (same) return [];
    return refuse(
      'E-MONITOR-038',
      `There is a monitor "${data.monitorId}" already.`,
      'Change it, or draft another one under its own id.',
    );
  }
  const priority = priorityOfDefinition(state, data.definition);
  return [{ type: 'monitor.drafted', v: 1, data: { ...data, version: 1, priority, proposedBy: by } }];
}

function change(
  state: MonitorState,
  monitor: MonitorRecord,
  data: DataOf<'monitor.change'>,
  by: string,
): Decision {
  const problems = problemsOfDefinition(state, data);
  if (problems) return problems;
  const current = versionInWork(monitor);
  if (monitor.lifecycle === 'retired' || !current) {
    return refuse(
      'E-MONITOR-039',
      `"${monitor.monitorId}" is retired.`,
      'Draft a new monitor under its own id.',
    );
  }
  if (saysTheSame(current.definition, data.definition)) return [];
  if (monitor.lifecycle !== 'draft' && current.definition.signalId !== data.definition.signalId) {
    return refuse(
      'E-MONITOR-040',
      'A monitor that is judged keeps its signal, so that its record stays comparable.',
      'Draft another monitor on the other signal, and retire this one.',
    );
  }
  const version = latestVersion(monitor) + 1;
  const priority = priorityOfDefinition(state, data.definition);
  return [{ type: 'monitor.changed', v: 1, data: { ...data, version, priority, proposedBy: by } }];
}

function recordBacktest(
  state: MonitorState,
  command: Extract<MonitorCommand, { type: 'monitor.record-backtest' }>,
): Decision {
  const problems = problemsOfBacktest(state, command);
  if (problems) return problems;
  const version = state.monitors.get(command.data.monitorId)?.versions.get(command.data.version);
  const known = version?.backtest ?? undefined;
  return unlessKnown(known, { type: 'monitor.backtest-recorded', v: 1, data: command.data });
}

function sendBack(monitor: MonitorRecord, reason: string, context: Context): Decision {
  if (!makesWork(monitor) || monitor.inEffect === null) {
    if (monitor.lifecycle === 'trial') return [];
    return refuse(
      'E-MONITOR-041',
      `"${monitor.monitorId}" is ${monitor.lifecycle}, not live.`,
      'Only a live monitor goes back to trial.',
    );
  }
  if (reason.trim() === '') return noReason();
  const { monitorId, inEffect: version } = monitor;
  const data = { monitorId, version, reason, endsAtMs: context.nowMs + TRIAL_MS };
  return [{ type: 'monitor.sent-back-to-trial', v: 1, data }];
}

function retire(monitor: MonitorRecord, reason: string): Decision {
  if (monitor.lifecycle === 'retired') return [];
  if (reason.trim() === '') return noReason();
  return [{ type: 'monitor.retired', v: 1, data: { monitorId: monitor.monitorId, reason } }];
}

function noReason(): Refusal {
  return refuse('E-MONITOR-009', 'The reason is empty.', 'Say why; it is read with the record later.');
}

function upcast(fact: Recorded): Recorded {
  if (fact.v === 1) return fact;
  throw new Error(
    `E-MONITOR-050 fact ${fact.seq} (${fact.type}) has version ${fact.v}; this program knows 1`,
  );
}

export const monitor: Stage<MonitorState> = {
  word: 'monitor',
  purpose:
    'Says what may be watched: definitions, the gate, trial and sign-off, the noise budget, the lifecycle.',
  initial: emptyMonitors,
  decide,
  evolve,
  follow: () => [],
  // The end of a trial changes what the gate answers, not the state; claims end in the next room.
  nextDueMs: () => Number.POSITIVE_INFINITY,
  due: () => [],
  upcast,
};
