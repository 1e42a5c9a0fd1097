// This room turns a state change into one disciplined alert: numbered, with a priority, and only for whom it concerns.
import type { AcquireFact } from '#acquire/events.ts';
import type { DetectFact, DetectRaised } from '#detect/events.ts';
import type { MonitorFact } from '#monitor/events.ts';
import type { StrategyFact } from '#strategy/events.ts';
import { personOf } from '#vocabulary/actor.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import { type AlertId, type MonitorId, numberedId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { refuse } from '#vocabulary/refusal.ts';
import type { Stage } from '../stage.ts';
import type { AlertCommand, AnswerTrial, ChargeNoise } from './commands.ts';
import type { AlertFact, AlertRaised } from './events.ts';
import { type AlertRecord, type AlertState, emptyAlerts, type KnownMonitor } from './state.ts';

type Known = StrategyFact | MonitorFact | AcquireFact | DetectFact | AlertFact;

/** The highest priority that readings of uncertain quality alone can give. */
const UNCERTAIN_AT_MOST: Priority = 3;

export const alert: Stage<AlertState> = {
  word: 'alert',
  purpose: 'Turns a state change into one disciplined alert with a priority, or a trial note without work.',
  initial: emptyAlerts,
  decide: (command, state, context) => decideAlert(command as AlertCommand, state, context),
  evolve: (state, fact) => evolveAlert(state, fact as Recorded<Known>),
  follow: (fact, state, context) => followAlert(fact as Recorded<Known>, state, context),
  nextDueMs: () => Number.POSITIVE_INFINITY,
  due: () => [],
  upcast(fact) {
    if (fact.v === 1) return fact;
    throw new Error(`E-ALERT-009 ${fact.type} version ${fact.v} is newer than this program`);
  },
};

function decideAlert(command: AlertCommand, state: AlertState, context: Context): Decision {
  switch (command.type) {
    case 'alert.acknowledge': {
      const record = state.alerts.get(command.data.alertId);
      if (!record) return unknownAlert(command.data.alertId);
      const by = personOf(context.actor);
      if (by === null) return onlyPeople('acknowledges an alert');
      if (record.acknowledgedBy.includes(by)) return [];
      return [body('alert.acknowledged', { alertId: record.alertId, by })];
    }
    case 'alert.answer-trial':
      return answerTrial(command, state, context);
    case 'alert.charge-noise':
      return charge(command, state);
    default:
      return refuse(
        'E-ALERT-001',
        `There is no command "${(command as Command).type}".`,
        'Use one of the commands of the alert stage.',
      );
  }
}

function answerTrial({ data }: AnswerTrial, state: AlertState, context: Context): Decision {
  const record = state.alerts.get(data.alertId);
  if (!record) return unknownAlert(data.alertId);
  if (!record.trial) {
    return refuse(
      'E-ALERT-004',
      `${data.alertId} is no trial: its monitor was live, so it made work.`,
      'Give the finding on its case instead.',
    );
  }
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('says whether they would go');
  const before = record.trialAnswers.find((answer) => answer.by === by);
  if (before?.wouldGo === data.wouldGo) return [];
  return [body('alert.trial-answered', { alertId: data.alertId, wouldGo: data.wouldGo, by })];
}

function charge({ data }: ChargeNoise, state: AlertState): Decision {
  const record = state.alerts.get(data.alertId);
  if (!record || record.monitorId !== data.monitorId) return unknownAlert(data.alertId);
  if (!(data.hours > 0) || !Number.isFinite(data.hours)) {
    return refuse(
      'E-ALERT-005',
      `${data.hours} hours cannot be charged.`,
      'Charge the hours the visit took, more than 0.',
    );
  }
  if (state.charges.has(data.alertId)) {
    return refuse(
      'E-ALERT-006',
      `${data.alertId} is already charged to a noise budget.`,
      'One alert is charged once; nothing is left to do.',
    );
  }
  return [body('alert.noise-charged', data)];
}

function unknownAlert(alertId: AlertId): Decision {
  return refuse('E-ALERT-002', `There is no alert ${alertId}.`, 'Take the id from the list of alerts.');
}

function onlyPeople(what: string): Decision {
  return refuse('E-ALERT-003', `Only a person ${what}.`, 'Sign in as a person and do it again.');
}

function followAlert(fact: Recorded<Known>, state: AlertState, { nowMs }: Context): FactBody[] {
  switch (fact.type) {
    case 'detect.raised':
      return raise(state, fact.data);
    case 'detect.cleared': {
      const record = activeOf(state, fact.data.monitorId);
      return record ? [clear(record, fact.data.clearedAtMs, fact.data.extreme)] : [];
    }
    case 'detect.signal-lost':
      return loseSignal(state, fact.data);
    case 'detect.signal-back':
      return regainSignal(state, fact.data.signalId, fact.data.atMs);
    case 'monitor.activated':
      return takeOver(state, fact.data.monitorId, fact.data.version, nowMs);
    case 'monitor.retired': {
      const record = activeOf(state, fact.data.monitorId);
      return record ? [clear(record, nowMs, record.extreme)] : [];
    }
    case 'acquire.claim-ended': {
      const { monitorId, signalId } = fact.data;
      const ended = state.health.get(signalId)?.monitorId === monitorId;
      const bodies = ended ? regainSignal(state, signalId, nowMs) : [];
      const record = state.monitors.get(monitorId)?.retired ? null : activeOf(state, monitorId);
      return record ? [...bodies, clear(record, nowMs, record.extreme)] : bodies;
    }
    default:
      return [];
  }
}

function raise(state: AlertState, detected: DetectRaised): FactBody[] {
  const monitor = knownMonitor(state, detected.monitorId);
  const version = monitor.versions.get(detected.version);
  const fault = version && state.faults.get(version.failureModeId);
  if (!version || !fault) {
    throw new Error(
      `E-ALERT-007 version ${detected.version} of ${detected.monitorId} was judged but never described`,
    );
  }
  const before = activeOf(state, detected.monitorId);
  const trial = monitor.liveVersion !== detected.version;
  if (before && before.version === detected.version && before.trial === trial) return [];
  const atMost = detected.uncertainOnly ? UNCERTAIN_AT_MOST : 1;
  const raised: AlertRaised = {
    alertId: nextAlertId(state),
    monitorId: detected.monitorId,
    version: detected.version,
    fault,
    priority: Math.max(version.priority, atMost) as Priority,
    raisedAtMs: detected.raisedAtMs,
    conditionSinceMs: detected.conditionSinceMs,
    value: detected.value,
    extreme: detected.extreme,
    lastInsideMs: detected.lastInsideMs,
    uncertainOnly: detected.uncertainOnly,
    trial,
  };
  const bodies = before ? [clear(before, detected.raisedAtMs, before.extreme)] : [];
  return [...bodies, body('alert.raised', raised)];
}

/**
 * A trial that goes live while its condition holds becomes an alert that makes work. An alert of an older version ends
 * here: the data plane starts the new version afresh and raises again when the condition holds.
 */
function takeOver(state: AlertState, monitorId: MonitorId, version: number, nowMs: number): FactBody[] {
  const record = activeOf(state, monitorId);
  if (!record) return [];
  const ended = clear(record, nowMs, record.extreme);
  if (record.version !== version) return [ended];
  if (!record.trial) return [];
  const { clearedAtMs: _, acknowledgedBy: __, trialAnswers: ___, ...raised } = record;
  return [ended, body('alert.raised', { ...raised, alertId: nextAlertId(state), trial: false })];
}

function loseSignal(
  state: AlertState,
  { monitorId, signalId, sinceMs }: { monitorId: MonitorId; signalId: string; sinceMs: number },
): FactBody[] {
  if (state.health.has(signalId)) return [];
  const keeper = state.keepers.get(signalId) ?? null;
  return [body('alert.health-raised', { alertId: nextAlertId(state), monitorId, signalId, sinceMs, keeper })];
}

function regainSignal(state: AlertState, signalId: string, atMs: number): FactBody[] {
  const record = state.health.get(signalId);
  if (!record) return [];
  const { alertId, monitorId } = record;
  return [body('alert.health-cleared', { alertId, monitorId, signalId, atMs })];
}

function evolveAlert(state: AlertState, fact: Recorded<Known>): void {
  switch (fact.type) {
    case 'alert.raised':
      state.numbered++;
      state.alerts.set(fact.data.alertId, {
        ...fact.data,
        clearedAtMs: null,
        acknowledgedBy: [],
        trialAnswers: [],
      });
      state.active.set(fact.data.monitorId, fact.data.alertId);
      return;
    case 'alert.cleared': {
      const record = state.alerts.get(fact.data.alertId) as AlertRecord;
      record.clearedAtMs = fact.data.clearedAtMs;
      record.extreme = fact.data.extreme;
      if (state.active.get(record.monitorId) === record.alertId) state.active.delete(record.monitorId);
      return;
    }
    case 'alert.acknowledged':
      (state.alerts.get(fact.data.alertId) as AlertRecord).acknowledgedBy.push(fact.data.by);
      return;
    case 'alert.trial-answered': {
      const { alertId, by, wouldGo } = fact.data;
      const record = state.alerts.get(alertId) as AlertRecord;
      record.trialAnswers = [...record.trialAnswers.filter((answer) => answer.by !== by), { by, wouldGo }];
      return;
    }
    case 'alert.health-raised':
      state.numbered++;
      state.health.set(fact.data.signalId, fact.data);
      return;
    case 'alert.health-cleared':
      state.health.delete(fact.data.signalId);
      return;
    case 'alert.noise-charged':
      state.charges.set(fact.data.alertId, { ...fact.data, atMs: fact.atMs });
      return;
    default:
      learn(state, fact);
  }
}

/** What earlier stages say about monitors, faults and keepers. */
function learn(state: AlertState, fact: Recorded<Known>): void {
  switch (fact.type) {
    case 'strategy.failure-mode-described': {
      const { failureModeId, assetId, position, group } = fact.data;
      state.faults.set(failureModeId, { assetId, position, group });
      return;
    }
    case 'monitor.signal-declared':
      state.keepers.set(fact.data.signalId, fact.data.sensorKeeper);
      return;
    case 'monitor.drafted':
    case 'monitor.changed': {
      const { monitorId, version, definition, priority } = fact.data;
      const monitor = state.monitors.get(monitorId) ?? newMonitor();
      monitor.versions.set(version, { failureModeId: definition.failureModeId, priority });
      state.monitors.set(monitorId, monitor);
      return;
    }
    case 'monitor.activated':
      knownMonitor(state, fact.data.monitorId).liveVersion = fact.data.version;
      return;
    case 'monitor.sent-back-to-trial':
      knownMonitor(state, fact.data.monitorId).liveVersion = null;
      return;
    case 'monitor.retired': {
      const monitor = knownMonitor(state, fact.data.monitorId);
      monitor.liveVersion = null;
      monitor.retired = true;
      return;
    }
    default:
      return;
  }
}

function newMonitor(): KnownMonitor {
  return { liveVersion: null, retired: false, versions: new Map() };
}

function knownMonitor(state: AlertState, monitorId: MonitorId): KnownMonitor {
  const monitor = state.monitors.get(monitorId);
  if (!monitor) throw new Error(`E-ALERT-008 nothing is known about the monitor ${monitorId}`);
  return monitor;
}

function activeOf(state: AlertState, monitorId: MonitorId): AlertRecord | null {
  const alertId = state.active.get(monitorId);
  return alertId === undefined ? null : (state.alerts.get(alertId) ?? null);
}

function nextAlertId(state: AlertState): AlertId {
  return numberedId(state.site, 'A', state.numbered + 1);
}

function clear(record: AlertRecord, clearedAtMs: number, extreme: number): FactBody {
  const { alertId, monitorId } = record;
  return body('alert.cleared', { alertId, monitorId, clearedAtMs, extreme });
}

function body<T extends AlertFact['type']>(type: T, data: Extract<AlertFact, { type: T }>['data']): FactBody {
  return { type, v: 1, data };
}
