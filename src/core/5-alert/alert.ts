// This room turns a state change into one disciplined alert: numbered, with a priority, and only for whom it concerns.
import type { AcquireFact } from '#acquire/events.ts';
import type { DetectFact, DetectRaised } from '#detect/events.ts';
import type { MonitorFact } from '#monitor/events.ts';
import type { StrategyFact } from '#strategy/events.ts';
import type { Context } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import { type AlertId, type MonitorId, numberedId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { Stage } from '../stage.ts';
import { decideAlert } from './answers.ts';
import { body } from './body.ts';
import type { AlertCommand } from './commands.ts';
import type { AlertFact, AlertRaised } from './events.ts';
import { firstOutOf, noteFirstOut } from './first-out.ts';
import { holdBack, nextAlertDueMs, sleeps, wakes } from './long-stop.ts';
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
  nextDueMs: nextAlertDueMs,
  due: dueAlerts,
  upcast(fact) {
    if (fact.v === 1) return fact;
    throw new Error(`E-ALERT-009 ${fact.type} version ${fact.v} is newer than this program`);
  },
};

function followAlert(fact: Recorded<Known>, state: AlertState, { nowMs }: Context): FactBody[] {
  switch (fact.type) {
    case 'detect.raised':
      return raise(state, fact.data, nowMs);
    case 'detect.cleared': {
      const record = activeOf(state, fact.data.monitorId);
      return record ? [clear(record, fact.data.clearedAtMs, fact.data.extreme)] : [];
    }
    case 'detect.signal-lost':
      return loseSignal(state, fact.data);
    case 'detect.signal-back':
      return regainSignal(state, fact.data.signalId, fact.data.atMs);
    case 'monitor.activated':
      return takeOver(state, fact.data.monitorId, fact.data.version, true, nowMs);
    case 'monitor.trial-started':
      return takeOver(state, fact.data.monitorId, fact.data.version, false, nowMs);
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

/** What a long stop leaves to do, one monitor at a time. */
function dueAlerts(state: AlertState, { nowMs }: Context): FactBody[] {
  for (const [monitorId, sinceMs] of state.toEnd) {
    const blind = [...state.health.values()].filter((health) => health.monitorId === monitorId);
    const back = blind.flatMap((health) => regainSignal(state, health.signalId, sinceMs));
    const record = activeOf(state, monitorId);
    return record ? [...back, clear(record, sinceMs, record.extreme)] : back;
  }
  for (const [monitorId, detected] of state.held) {
    if ((state.holdUntil.get(monitorId) ?? Number.POSITIVE_INFINITY) <= nowMs)
      return raise(state, detected, nowMs);
  }
  return [];
}

function raise(state: AlertState, detected: DetectRaised, nowMs: number): FactBody[] {
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
  const priority = Math.max(version.priority, atMost) as Priority;
  const waits = trial ? null : holdBack(state, detected, priority, nowMs);
  if (waits) return [waits];
  const raised: AlertRaised = {
    alertId: nextAlertId(state),
    monitorId: detected.monitorId,
    version: detected.version,
    fault,
    priority,
    raisedAtMs: detected.raisedAtMs,
    conditionSinceMs: detected.conditionSinceMs,
    value: detected.value,
    extreme: detected.extreme,
    lastInsideMs: detected.lastInsideMs,
    uncertainOnly: detected.uncertainOnly,
    trial,
  };
  const firstOut = firstOutOf(state, version, raised);
  if (firstOut) raised.firstOut = firstOut;
  const bodies = before ? [clear(before, detected.raisedAtMs, before.extreme)] : [];
  return [...bodies, body('alert.raised', raised)];
}

/**
 * A trial that goes live while its condition holds becomes an alert that makes work. What an older version raised ends
 * here: the data plane starts the new version afresh and raises again when the condition holds.
 */
function takeOver(
  state: AlertState,
  monitorId: MonitorId,
  version: number,
  live: boolean,
  nowMs: number,
): FactBody[] {
  const bodies: FactBody[] = [];
  for (const health of state.health.values()) {
    const isOlder = health.monitorId === monitorId && state.blindVersion.get(health.signalId) !== version;
    if (isOlder) bodies.push(...regainSignal(state, health.signalId, nowMs));
  }
  const record = activeOf(state, monitorId);
  if (!record) return bodies;
  const ended = clear(record, nowMs, record.extreme);
  if (record.version !== version) return [...bodies, ended];
  if (!record.trial || !live) return bodies;
  const { clearedAtMs: _, acknowledgedBy: __, trialAnswers: ___, ...raised } = record;
  const again = { ...raised, alertId: nextAlertId(state), trial: false };
  return [...bodies, ended, body('alert.raised', again)];
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
      state.held.delete(fact.data.monitorId);
      if (fact.data.firstOut) noteFirstOut(state, fact.data, fact.data.firstOut);
      return;
    case 'alert.cleared': {
      const record = state.alerts.get(fact.data.alertId) as AlertRecord;
      record.clearedAtMs = fact.data.clearedAtMs;
      record.extreme = fact.data.extreme;
      if (state.active.get(record.monitorId) === record.alertId) state.active.delete(record.monitorId);
      nothingLeft(state, record.monitorId);
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
      nothingLeft(state, fact.data.monitorId);
      return;
    case 'alert.held':
      state.held.set(fact.data.monitorId, fact.data.detected);
      return;
    case 'alert.noise-charged':
      state.charges.set(fact.data.alertId, { ...fact.data, atMs: fact.atMs });
      return;
    default:
      learn(state, fact);
  }
}

/** Nothing is left to end for a monitor that sleeps. */
function nothingLeft(state: AlertState, monitorId: MonitorId): void {
  const blind = [...state.health.values()].some((health) => health.monitorId === monitorId);
  if (!blind && !state.active.has(monitorId)) state.toEnd.delete(monitorId);
}

/** What earlier stages say about monitors, faults, keepers and blind signals. */
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
      const { failureModeId, firstOut = null } = definition;
      monitor.versions.set(version, { failureModeId, priority, firstOut });
      state.monitors.set(monitorId, monitor);
      return;
    }
    case 'detect.cleared':
      state.held.delete(fact.data.monitorId);
      return;
    case 'monitor.put-to-sleep':
      sleeps(state, fact.data.monitorIds, fact.atMs);
      return;
    case 'monitor.woken':
      wakes(state, fact.data.monitorIds, fact.data.heldUntilMs);
      return;
    case 'detect.signal-lost':
      if (!state.health.has(fact.data.signalId))
        state.blindVersion.set(fact.data.signalId, fact.data.version);
      return;
    case 'monitor.activated':
      state.held.delete(fact.data.monitorId);
      knownMonitor(state, fact.data.monitorId).liveVersion = fact.data.version;
      return;
    case 'monitor.trial-started':
    case 'monitor.sent-back-to-trial':
      state.held.delete(fact.data.monitorId);
      knownMonitor(state, fact.data.monitorId).liveVersion = null;
      return;
    case 'monitor.retired': {
      const monitor = knownMonitor(state, fact.data.monitorId);
      monitor.liveVersion = null;
      monitor.retired = true;
      state.held.delete(fact.data.monitorId);
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
