// A change of a live monitor: request, old against new, a technician's comment, a second person, a date, a way back.
import type { Context, Decision } from '#vocabulary/command.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import { activation } from './activation.ts';
import type { ChangeRequested, HistoryFigures } from './agreement-events.ts';
import type { DataOf } from './commands.ts';
import { problemsOfBacktest, problemsOfDefinition } from './definition-checks.ts';
import { changeDirection } from './direction.ts';
import { emergencyAgain, needsConsent, startEmergency } from './emergency.ts';
import type { BacktestRecord, MonitorFact } from './events.ts';
import { makesWork, standingBefore, versionInWork } from './lifecycle.ts';
import { priorityOfDefinition } from './priority.ts';
import { noReason, otherSignal } from './refusals.ts';
import { latestVersion, type MonitorRecord, type MonitorState, type MonitorVersion } from './state.ts';

export function requestChange(
  state: MonitorState,
  monitor: MonitorRecord,
  data: DataOf<'monitor.request-change'>,
  by: PersonId,
  { nowMs }: Context,
): Decision {
  const { monitorId, definition, reason, dataFromMs, dataToMs, emergency } = data;
  const wrong =
    problemsOfRequest(state, monitor, data) ?? (emergency ? emergencyAgain(monitor, by, nowMs) : null);
  if (wrong) return wrong;
  // an emergency is nothing to build on: nobody else has agreed on it
  const from = monitor.emergency?.backTo ?? (monitor.inEffect as number);
  const current = monitor.versions.get(from) as MonitorVersion;
  const working = versionInWork(monitor) as MonitorVersion;
  if (saysTheSame(working.definition, definition)) return [];
  const direction = changeDirection(current.definition.condition, definition.condition);
  const version = latestVersion(monitor) + 1;
  const priority = priorityOfDefinition(state, definition);
  const requested: ChangeRequested['data'] = {
    monitorId,
    version,
    from: current.version,
    by,
    dataFromMs,
    dataToMs,
    direction,
    emergency,
  };
  const facts: MonitorFact[] = [
    {
      type: 'monitor.changed',
      v: 1,
      data: { monitorId, version, definition, priority, proposedBy: by, reason },
    },
    { type: 'monitor.change-requested', v: 1, data: requested },
  ];
  if (!emergency) return facts;
  if (needsConsent(state, current, direction) && current.definition.owner !== by) return facts;
  return [...facts, ...startEmergency(state, monitor, { ...current, definition }, version, nowMs)];
}

function problemsOfRequest(
  state: MonitorState,
  monitor: MonitorRecord,
  data: DataOf<'monitor.request-change'>,
): Refusal | null {
  const current = monitor.inEffect === null ? undefined : monitor.versions.get(monitor.inEffect);
  if (!makesWork(monitor) || !current) {
    return refuse(
      'E-MONITOR-060',
      `"${monitor.monitorId}" is ${monitor.lifecycle}: nobody relies on its limit yet.`,
      'Change it directly; only a live monitor asks for the way of a change.',
    );
  }
  if (current.definition.signalId !== data.definition.signalId) {
    return otherSignal();
  }
  if (!(data.dataToMs > data.dataFromMs)) {
    return refuse(
      'E-MONITOR-061',
      'The data window of the change ends before it begins.',
      'Name the stretch of history that the change is judged on.',
    );
  }
  if (monitor.emergency && data.emergency) {
    return refuse(
      'E-MONITOR-062',
      `Version ${monitor.emergency.version} is in effect as an emergency change already.`,
      'Let it lapse, roll it back, or make it lasting first.',
    );
  }
  return problemsOfDefinition(state, data);
}

/** Records what both versions would have done on the same history; the newer one's backtest comes with it. */
export function compareVersions(
  state: MonitorState,
  monitor: MonitorRecord,
  { version: number, before, after }: DataOf<'monitor.compare-versions'>,
): Decision {
  const version = monitor.versions.get(number);
  if (!version?.change) return noChange(monitor, number);
  const wrong = problemsOfBacktest(state, { data: before }) ?? problemsOfBacktest(state, { data: after });
  if (wrong) return wrong;
  const alike = before.from === after.from && before.to === after.to && before.dataHash === after.dataHash;
  if (!alike || before.version !== version.change.from || after.version !== number) {
    return refuse(
      'E-MONITOR-064',
      `The figures do not compare version ${version.change.from} with version ${number} on the same history.`,
      'Judge both versions on the same readings, and record both.',
    );
  }
  const { monitorId } = monitor;
  const data = { monitorId, version: number, fromMs: after.from, toMs: after.to };
  const compared = { ...data, before: figures(before), after: figures(after) };
  const facts: MonitorFact[] = [];
  if (!saysTheSame(version.change.comparison, compared))
    facts.push({ type: 'monitor.change-compared', v: 1, data: compared });
  if (!saysTheSame(version.backtest, after))
    facts.push({ type: 'monitor.backtest-recorded', v: 1, data: after });
  return facts;
}

function figures({
  alerts,
  notifications,
  notificationsPerWeek,
  events,
  caught,
}: BacktestRecord): HistoryFigures {
  return { alerts, notifications, notificationsPerWeek, events, caught };
}

export function noChange(monitor: MonitorRecord, version: number): Refusal {
  return refuse(
    'E-MONITOR-065',
    `Version ${version} of "${monitor.monitorId}" does not replace another one.`,
    'Request a change of a live monitor first.',
  );
}

/** Back to the last version before that two people had agreed on: one person and a reason are enough. */
export function rollBack(
  state: MonitorState,
  monitor: MonitorRecord,
  reason: string,
  by: PersonId,
): Decision {
  const version = monitor.inEffect === null ? undefined : monitor.versions.get(monitor.inEffect);
  const to = version && standingBefore(monitor, version.version)?.version;
  if (!makesWork(monitor) || !version || to === undefined) {
    return refuse(
      'E-MONITOR-068',
      `"${monitor.monitorId}" has no earlier version to go back to.`,
      'Request a change instead.',
    );
  }
  if (reason.trim() === '') {
    return noReason('Say why; it is read with the record later.');
  }
  const { monitorId } = monitor;
  const data = { monitorId, version: version.version, to, by, reason };
  return [activation(state, monitor, to), { type: 'monitor.rolled-back', v: 1, data }];
}

/** What is said to one version; more is a talk, not a word to who decides. */
export const MAX_COMMENTS = 100;

/** What a technician says to a version, in words that lie apart from the journal. */
export function comment(
  monitor: MonitorRecord,
  { version: number, textRef }: DataOf<'monitor.comment'>,
  by: PersonId,
): Decision {
  const version = monitor.versions.get(number);
  if (!version) return noChange(monitor, number);
  if (textRef.trim() === '') {
    return noReason('Say in a sentence what you think of the change.');
  }
  if (version.comments.some((one) => one.by === by && one.textRef === textRef)) return [];
  if (version.comments.length >= MAX_COMMENTS) {
    return refuse(
      'E-MONITOR-077',
      `${MAX_COMMENTS} comments stand on version ${number} of "${monitor.monitorId}"; no more are kept.`,
      'Talk it over, then ask for another limit.',
    );
  }
  const data = { monitorId: monitor.monitorId, version: number, by, textRef };
  return [{ type: 'monitor.commented', v: 1, data }];
}
