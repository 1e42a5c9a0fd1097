// Definitions and what becomes of them at once: drafting, changing, recorded backtests, back to trial, retirement.
import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { requestChange } from './change.ts';
import type { DataOf, MonitorCommand } from './commands.ts';
import { problemsOfBacktest, problemsOfDefinition } from './definition-checks.ts';
import type { MonitorFact } from './events.ts';
import { signingTechnicians } from './gate-evidence.ts';
import { makesWork, TRIAL_MS, versionInWork } from './lifecycle.ts';
import { priorityOfDefinition } from './priority.ts';
import { noReason, notLive, notOfTheCrew, otherSignal } from './refusals.ts';
import { latestVersion, type MonitorRecord, type MonitorState } from './state.ts';

/** History that a change is judged on unless somebody names another stretch. */
const USUAL_WINDOW_MS = 90 * DAY_MS;

export function onlyAPerson(context: Context): Refusal {
  return refuse(
    'E-MONITOR-002',
    `"${context.actor}" may not do this; a person answers for what is watched.`,
    'Sign in and do it in your own name.',
  );
}

export function noMonitor(monitorId: string): Refusal {
  return refuse('E-MONITOR-003', `There is no monitor "${monitorId}".`, 'Draft it first, or check the id.');
}

export function unlessKnown(known: unknown, body: MonitorFact): FactBody[] {
  return known !== undefined && saysTheSame(known, body.data) ? [] : [body];
}

export function draft(state: MonitorState, data: DataOf<'monitor.draft'>, context: Context): Decision {
  const bySetup = context.actor === 'system:setup';
  const by = bySetup ? (data.proposedBy ?? null) : personOf(context.actor);
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

export function change(
  state: MonitorState,
  monitor: MonitorRecord,
  data: DataOf<'monitor.change'>,
  by: string,
  context: Context,
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
    return otherSignal();
  }
  if (makesWork(monitor)) {
    const window = { dataFromMs: context.nowMs - USUAL_WINDOW_MS, dataToMs: context.nowMs };
    return requestChange(state, monitor, { ...data, ...window, emergency: false }, by, context);
  }
  const version = latestVersion(monitor) + 1;
  const priority = priorityOfDefinition(state, data.definition);
  return [{ type: 'monitor.changed', v: 1, data: { ...data, version, priority, proposedBy: by } }];
}

/** A technician's own limit: a change of a live monitor, or another version of one that is not live yet. */
export function counterPropose(
  state: MonitorState,
  monitor: MonitorRecord,
  data: DataOf<'monitor.counter-propose'>,
  by: string,
  context: Context,
): Decision {
  const crewId = versionInWork(monitor)?.definition.response?.crewId ?? '';
  if (!signingTechnicians(state, crewId).has(by)) {
    return notOfTheCrew(by, 'Comment on the version, or ask one of the people who will go there.');
  }
  const { monitorId, definition, reason, dataFromMs, dataToMs } = data;
  if (!makesWork(monitor)) return change(state, monitor, { monitorId, definition, reason }, by, context);
  const asked = { monitorId, definition, reason, dataFromMs, dataToMs, emergency: false };
  return requestChange(state, monitor, asked, by, context);
}

export function recordBacktest(
  state: MonitorState,
  command: Extract<MonitorCommand, { type: 'monitor.record-backtest' }>,
): Decision {
  const problems = problemsOfBacktest(state, command);
  if (problems) return problems;
  const version = state.monitors.get(command.data.monitorId)?.versions.get(command.data.version);
  const known = version?.backtest ?? undefined;
  return unlessKnown(known, { type: 'monitor.backtest-recorded', v: 1, data: command.data });
}

export function sendBack(monitor: MonitorRecord, reason: string, context: Context): Decision {
  if (!makesWork(monitor) || monitor.inEffect === null) {
    if (monitor.lifecycle === 'trial') return [];
    return notLive(monitor, 'Only a live monitor goes back to trial.');
  }
  if (reason.trim() === '') return noReason();
  const { monitorId, inEffect: version } = monitor;
  const data = { monitorId, version, reason, endsAtMs: context.nowMs + TRIAL_MS };
  return [{ type: 'monitor.sent-back-to-trial', v: 1, data }];
}

export function retire(monitor: MonitorRecord, reason: string): Decision {
  if (monitor.lifecycle === 'retired') return [];
  if (reason.trim() === '') return noReason();
  return [{ type: 'monitor.retired', v: 1, data: { monitorId: monitor.monitorId, reason } }];
}
