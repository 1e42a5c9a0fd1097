// A monitor over history, on the code that runs live, scored against known events.
import { isoUtc, WEEK_MS } from '#vocabulary/time.ts';
import type { History } from './backtest-history.ts';
import {
  type BacktestMonitor,
  type BacktestOptions,
  type KnownEvent,
  type Notification,
  overlaps,
  runOver,
} from './backtest-run.ts';
import type { StateChange } from './sense.ts';

export type { History } from './backtest-history.ts';

export type { BacktestMonitor, BacktestOptions, KnownEvent } from './backtest-run.ts';

/** Times are ISO 8601 in UTC; null where there is none yet. */
export interface BacktestResult {
  samples: number;
  used: number;
  bad: number;
  late: number;
  duplicates: number;
  future: number;
  /** stretches longer than the stale limit between accepted samples */
  gaps: number;
  /** first and last accepted sample */
  from: string | null;
  to: string | null;
  alerts: { raisedAt: string; clearedAt: string | null; extreme: number }[];
  notifications: { openedAt: string; closedAt: string | null; alerts: number }[];
  /** stretches without valid signal */
  blind: { from: string; to: string | null }[];
  alertsPerWeek: number | null;
  notificationsPerWeek: number | null;
  score: BacktestScore | null;
}

export interface BacktestScore {
  events: number;
  caught: number;
  /** notifications that overlap any event ÷ notifications; null without notifications */
  precision: number | null;
  /** per event in the given order: `at` minus the opening of the first notification that overlaps it */
  leadHours: (number | null)[];
}

const MAX_INTERVALS_ASKED = 100_000;

/**
 * Judges the history with one monitor. People have no part in it: only alerts and quiet time count.
 * After the last row its value still holds for the stale limit: a delay that ends in that time ends, as it
 * would live; nothing later is said.
 */
export function backtest(
  history: History,
  monitor: BacktestMonitor,
  options: BacktestOptions,
): BacktestResult {
  const { told, counts, alerts, notifications } = runOver(history, monitor, options);
  const endMs = told.lastMs;
  const used = counts.accepted[0] as number;
  const weeks = used > 0 ? (endMs - told.firstMs) / WEEK_MS : 0;
  return {
    samples: history.timeMs.length,
    used,
    bad: counts.bad[0] as number,
    late: counts.late[0] as number,
    duplicates: counts.repeated[0] as number,
    future: counts.future[0] as number,
    gaps: told.gaps,
    from: used > 0 ? isoUtc(told.firstMs) : null,
    to: used > 0 ? isoUtc(endMs) : null,
    alerts: alerts.map((alert) => ({
      raisedAt: isoUtc(alert.raisedMs),
      clearedAt: isoOrNull(alert.clearedMs),
      extreme: alert.extreme,
    })),
    notifications: notifications.map((one) => ({
      openedAt: isoUtc(one.openedMs),
      closedAt: isoOrNull(one.closedMs),
      alerts: one.alerts,
    })),
    blind: blindOf(told.changes),
    alertsPerWeek: weeks > 0 ? alerts.length / weeks : null,
    notificationsPerWeek: weeks > 0 ? notifications.length / weeks : null,
    score: options.events ? scoreOf(notifications, options.events, endMs) : null,
  };
}

function blindOf(changes: readonly StateChange[]): BacktestResult['blind'] {
  const blind: BacktestResult['blind'] = [];
  for (const change of changes) {
    const last = blind.at(-1);
    if (change.kind === 'signal-lost') blind.push({ from: isoUtc(change.atMs), to: null });
    else if (change.kind === 'signal-back' && last) last.to = isoUtc(change.atMs);
  }
  return blind;
}

function scoreOf(
  notifications: readonly Notification[],
  events: readonly KnownEvent[],
  endMs: number,
): BacktestScore {
  const leadHours = events.map((event) => {
    const first = notifications.find((one) => overlaps(one, event, endMs));
    return first ? (event.atMs - first.openedMs) / 3_600_000 : null;
  });
  const right = notifications.filter((one) => events.some((event) => overlaps(one, event, endMs))).length;
  return {
    events: events.length,
    caught: leadHours.filter((lead) => lead !== null).length,
    precision: notifications.length > 0 ? right / notifications.length : null,
    leadHours,
  };
}

/**
 * Median step between rows that move forward, ms; null without one. Of a long history evenly spaced
 * steps are asked, so that the default stale limit (three times this) costs no full sort.
 */
export function usualIntervalMs(timeMs: Float64Array): number | null {
  const stride = Math.max(1, Math.floor(timeMs.length / MAX_INTERVALS_ASKED));
  const steps: number[] = [];
  for (let i = 1; i < timeMs.length; i += stride) {
    const stepMs = (timeMs[i] as number) - (timeMs[i - 1] as number);
    if (stepMs > 0) steps.push(stepMs);
  }
  const sorted = Float64Array.from(steps).toSorted();
  return sorted.length > 0 ? (sorted[sorted.length >> 1] as number) : null;
}

function isoOrNull(atMs: number | null): string | null {
  return atMs === null ? null : isoUtc(atMs);
}
