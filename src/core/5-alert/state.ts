import type { DetectRaised } from '#detect/events.ts';
import type { AlertId, CrewId, FailureModeId, MonitorId, PersonId, SignalId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { AlertRaised, FaultKey } from './events.ts';

export interface AlertRecord extends AlertRaised {
  /** null while the condition holds */
  clearedAtMs: number | null;
  acknowledgedBy: PersonId[];
  /** what each person asked would have done; only for trials */
  trialAnswers: { by: PersonId; wouldGo: boolean }[];
}

/** A signal without valid readings; one for all monitors of the signal, answered by the sensor's keeper. */
export interface HealthRecord {
  alertId: AlertId;
  monitorId: MonitorId;
  signalId: SignalId;
  sinceMs: number;
  keeper: PersonId | null;
}

export interface NoiseCharge {
  alertId: AlertId;
  monitorId: MonitorId;
  crewId: CrewId;
  hours: number;
  atMs: number;
}

export interface KnownVersion {
  failureModeId: FailureModeId;
  priority: Priority;
  firstOut: { group: string; withinMs: number } | null;
}

export interface KnownMonitor {
  /** the version that makes work; null while the monitor is in trial, proposed or retired */
  liveVersion: number | null;
  retired: boolean;
  versions: Map<number, KnownVersion>;
}

export interface AlertState {
  site: string;
  /** numbers given so far: alerts and health alerts share them */
  numbered: number;
  faults: Map<FailureModeId, FaultKey>;
  monitors: Map<MonitorId, KnownMonitor>;
  keepers: Map<SignalId, PersonId | null>;
  alerts: Map<AlertId, AlertRecord>;
  /** the alert of each monitor whose condition holds now */
  active: Map<MonitorId, AlertId>;
  /** signals without valid readings now */
  health: Map<SignalId, HealthRecord>;
  /** version of the monitor that lost the signal last, by signal */
  blindVersion: Map<SignalId, number>;
  /** monitors woken after a long stop: only the highest priority rings until then */
  holdUntil: Map<MonitorId, number>;
  /** what waits for that, by monitor */
  held: Map<MonitorId, DetectRaised>;
  /** monitors put to sleep whose alerts are still to be ended, and since when they sleep */
  toEnd: Map<MonitorId, number>;
  /** the alert that came first, by first-out group */
  firstOf: Map<string, AlertId>;
  /** monitors that followed it */
  followersOf: Map<string, Set<MonitorId>>;
  /** hours charged to noise budgets, by the alert they were lost on */
  charges: Map<AlertId, NoiseCharge>;
}

export function emptyAlerts(site: string): AlertState {
  return {
    site,
    numbered: 0,
    faults: new Map(),
    monitors: new Map(),
    keepers: new Map(),
    alerts: new Map(),
    active: new Map(),
    health: new Map(),
    blindVersion: new Map(),
    holdUntil: new Map(),
    held: new Map(),
    toEnd: new Map(),
    firstOf: new Map(),
    followersOf: new Map(),
    charges: new Map(),
  };
}

/**
 * Hours that false alerts cost a crew within [fromMs, toMs), for its noise budget (domain 1.3).
 * @returns person-hours
 */
export function noiseH(state: AlertState, crewId: CrewId, fromMs: number, toMs: number): number {
  let hours = 0;
  for (const charge of state.charges.values()) {
    if (charge.crewId === crewId && charge.atMs >= fromMs && charge.atMs < toMs) hours += charge.hours;
  }
  return hours;
}
