import type { BacktestRecord } from '#monitor/events.ts';
import type { BacktestResult } from './backtest.ts';

/** What the gate keeps of a backtest. Times are ms; 0 where no reading was accepted. */
export function backtestRecord(
  result: BacktestResult,
  about: Pick<BacktestRecord, 'monitorId' | 'version' | 'dataHash' | 'inHindsight'>,
): BacktestRecord {
  const { from, to, score } = result;
  return {
    ...about,
    from: from === null ? 0 : Date.parse(from),
    to: to === null ? 0 : Date.parse(to),
    samples: result.used,
    alerts: result.alerts.length,
    notifications: result.notifications.length,
    alertsPerWeek: result.alertsPerWeek ?? 0,
    notificationsPerWeek: result.notificationsPerWeek ?? 0,
    events: score?.events ?? null,
    caught: score?.caught ?? null,
    precision: score?.precision ?? null,
    leadHours: score?.leadHours ?? [],
  };
}
