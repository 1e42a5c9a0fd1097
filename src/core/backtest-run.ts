// One run of a monitor over history, in times rather than words: alerts, and the notifications they would have made.
import { joinsOpenCase } from '#work/quiet.ts';
import type { History } from './backtest-history.ts';
import { judgeHistory, type Told } from './backtest-judge.ts';
import { createSense, type SenseMonitor, type StateChange } from './sense.ts';
import { monitorReadings, type SignalReadings, signalReadings } from './sense-readings.ts';

export type BacktestMonitor = Pick<SenseMonitor, 'condition' | 'staleAfterMs'>;

/** A known event: the stretch that counts, and the moment it is counted from. ms since 1970 */
export interface KnownEvent {
  fromMs: number;
  toMs: number;
  atMs: number;
}

export interface BacktestOptions {
  /** a new alert within this time after a case's last clear is appended instead of notified */
  quietMs: number;
  events?: readonly KnownEvent[];
  /** history of the other signals the condition looks at, in the order of `otherSignals`, each ordered by time */
  others?: readonly History[];
}

export interface Alert {
  raisedMs: number;
  /** null while it is active */
  clearedMs: number | null;
  extreme: number;
}

export interface Notification {
  openedMs: number;
  closedMs: number | null;
  alerts: number;
}

export interface Run {
  told: Told;
  /** of signal 0, the monitor's own */
  counts: SignalReadings;
  alerts: Alert[];
  notifications: Notification[];
}

/** People have no part in it: only alerts and quiet time count. */
export function runOver(
  history: History,
  monitor: BacktestMonitor,
  { others = [], quietMs }: Pick<BacktestOptions, 'others' | 'quietMs'>,
): Run {
  const places = others.map((_, i) => i + 1);
  const judged = { ...monitor, monitorId: 'backtest', version: 1, signal: 0, others: places };
  const sense = createSense(1 + others.length, [judged]);
  const told = judgeHistory(sense, history, others, monitor.staleAfterMs, null);
  const alerts = alertsOf(told.changes, monitorReadings(sense)[0]?.extreme ?? Number.NaN);
  return { told, counts: signalReadings(sense), alerts, notifications: notificationsOf(alerts, quietMs) };
}

/** @param endMs how long a notification that is open still counts */
export function overlaps(one: Notification, event: KnownEvent, endMs: number): boolean {
  return one.openedMs <= event.toMs && (one.closedMs ?? endMs) >= event.fromMs;
}

function alertsOf(changes: readonly StateChange[], extremeNow: number): Alert[] {
  const alerts: Alert[] = [];
  for (const change of changes) {
    const open = alerts.at(-1);
    if (change.kind === 'raised') {
      alerts.push({ raisedMs: change.atMs, clearedMs: null, extreme: extremeNow });
    } else if (change.kind === 'cleared' && open) {
      open.clearedMs = change.atMs;
      open.extreme = change.extreme;
    }
  }
  return alerts;
}

function notificationsOf(alerts: readonly Alert[], quietMs: number): Notification[] {
  const notifications: Notification[] = [];
  for (const alert of alerts) {
    const open = notifications.at(-1);
    if (open && joinsOpenCase(alert.raisedMs, 0, open.closedMs, quietMs)) {
      open.alerts++;
      open.closedMs = alert.clearedMs;
    } else {
      notifications.push({ openedMs: alert.raisedMs, closedMs: alert.clearedMs, alerts: 1 });
    }
  }
  return notifications;
}
