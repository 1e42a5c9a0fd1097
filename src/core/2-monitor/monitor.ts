// This room says what may be watched: definitions, the gate, trial and sign-off, the noise budget, the lifecycle.
import { mayDescribe, personOf } from '#vocabulary/actor.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import type { Stage } from '../stage.ts';
import { advise, answerAdvice } from './advice.ts';
import { activate, propose, signOff, startTrial } from './approval.ts';
import { approveChange } from './approve-change.ts';
import { comment, compareVersions, requestChange, rollBack } from './change.ts';
import type { MonitorCommand } from './commands.ts';
import { dueMonitor, nextMonitorDueMs } from './deadlines.ts';
import { problemsOfJobPlan, problemsOfSignal } from './definition-checks.ts';
import { consent } from './emergency.ts';
import { evolve } from './fold.ts';
import { markEvent, unmarkEvent } from './known-event.ts';
import { confirm, handOver, renewClaim } from './ownership.ts';
import { openReview, signReview } from './review.ts';
import { putToSleep, wake } from './sleep.ts';
import { emptyMonitors, type MonitorRecord, type MonitorState } from './state.ts';
import {
  change,
  counterPropose,
  draft,
  noMonitor,
  onlyAPerson,
  recordBacktest,
  retire,
  sendBack,
  unlessKnown,
} from './write.ts';

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
    case 'monitor.start-trial':
      // a trial makes no work, so a plan may ask for it; proposing and signing stay a person's
      if (!mayDescribe(context.actor)) return onlyAPerson(context);
      return monitor ? startTrial(state, monitor, context) : noMonitor(monitorId);
    case 'monitor.advise':
      return monitor ? advise(state, monitor, command.data, context) : noMonitor(monitorId);
    case 'monitor.open-review':
      if (!mayDescribe(context.actor)) return onlyAPerson(context);
      return monitor ? openReview(monitor, command.data, context) : noMonitor(monitorId);
    case 'monitor.put-to-sleep':
      return by === null ? onlyAPerson(context) : putToSleep(state, command.data, by);
    case 'monitor.wake':
      return by === null ? onlyAPerson(context) : wake(state, command.data, by, context);
    default:
      if (!PERSONS_WORDS.has(command.type)) return unknownCommand(command);
      if (by === null) return onlyAPerson(context);
      return monitor ? decideByPerson(command, state, monitor, by, context) : noMonitor(monitorId);
  }
}

/** Commands that a person gives about one monitor. */
const PERSONS_WORDS = new Set<string>([
  'monitor.change',
  'monitor.propose',
  'monitor.sign-off',
  'monitor.activate',
  'monitor.retire',
  'monitor.sign-review',
  'monitor.request-change',
  'monitor.counter-propose',
  'monitor.compare-versions',
  'monitor.comment',
  'monitor.approve-change',
  'monitor.consent',
  'monitor.roll-back',
  'monitor.answer-advice',
  'monitor.confirm',
  'monitor.hand-over',
  'monitor.renew-claim',
] satisfies MonitorCommand['type'][]);

function unknownCommand(command: Command): Refusal {
  return refuse(
    'E-MONITOR-001',
    `This room does not know the command "${command.type}".`,
    'Check the command word; the API reference lists them.',
  );
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
      return change(state, monitor, command.data, by, context);
    case 'monitor.propose':
      return propose(monitor, command.data, by);
    case 'monitor.sign-off':
      return signOff(state, monitor, command.data, by);
    case 'monitor.activate':
      return activate(state, monitor, command.data, by, context);
    case 'monitor.retire':
      return retire(monitor, command.data.reason);
    case 'monitor.answer-advice':
      return answerAdvice(state, monitor, command.data, by, context);
    case 'monitor.confirm':
      return confirm(monitor, command.data.reason, by);
    case 'monitor.hand-over':
      return handOver(state, monitor, command.data);
    case 'monitor.renew-claim':
      return renewClaim(monitor, command.data.reason, by, context);
    default:
      return decideAgreement(command, state, monitor, by, context);
  }
}

function decideAgreement(
  command: MonitorCommand,
  state: MonitorState,
  monitor: MonitorRecord,
  by: string,
  context: Context,
): Decision {
  switch (command.type) {
    case 'monitor.sign-review':
      return signReview(state, monitor, command.data, by);
    case 'monitor.request-change':
      return requestChange(state, monitor, command.data, by, context);
    case 'monitor.counter-propose':
      return counterPropose(state, monitor, command.data, by, context);
    case 'monitor.compare-versions':
      return compareVersions(state, monitor, command.data);
    case 'monitor.comment':
      return comment(monitor, command.data, by);
    case 'monitor.approve-change':
      return approveChange(state, monitor, command.data, by, context);
    case 'monitor.consent':
      return consent(state, monitor, command.data, by, context);
    case 'monitor.roll-back':
      return rollBack(state, monitor, command.data.reason, by);
    default:
      return unknownCommand(command);
  }
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
  nextDueMs: nextMonitorDueMs,
  due: dueMonitor,
  upcast,
};
