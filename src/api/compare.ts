// Two versions of a monitor on the same stored readings, scored against what findings have told.
import { backtest, type History, type KnownEvent } from '#core/backtest.ts';
import type { BacktestRecord, MonitorDefinition } from '#monitor/events.ts';
import { isTrue } from '#outcome/state.ts';
import { MAX_SERIES_POINTS } from '#ports/samples.ts';
import { otherSignals } from '#vocabulary/conditions/all.ts';
import { derivedId, type MonitorId } from '#vocabulary/ids.ts';
import { GOOD } from '#vocabulary/quality.ts';
import { missing, refused } from './problem.ts';
import type { Call } from './route.ts';

/** Questions to the sample store for one comparison; a longer stretch has to be cut. */
const MAX_STRETCHES = 200;

/**
 * Judges both versions of a change on the readings of its data window.
 * @param more known events besides those that findings have told
 */
export async function compareOnHistory(
  call: Call,
  monitorId: MonitorId,
  number: number,
  more: readonly KnownEvent[],
): Promise<{ before: BacktestRecord; after: BacktestRecord }> {
  const monitor = call.site.state().monitor.monitors.get(monitorId);
  const version = monitor?.versions.get(number);
  const old = version?.change ? monitor?.versions.get(version.change.from) : undefined;
  if (!version?.change || !old) throw missing('monitor', `A change to version ${number} of "${monitorId}"`);
  const { dataFromMs, dataToMs } = version.change;
  const alone = [old, version].every((one) => otherSignals(one.definition.condition).length === 0);
  if (!alone) throw cannot('A condition on several signals cannot be judged on one of them.');
  const history = await readHistory(call, version.definition.signalId, dataFromMs, dataToMs);
  if (history.timeMs.length === 0) throw cannot('No readings are stored in the data window of the change.');
  const events = [...eventsTold(call, monitorId, dataFromMs, dataToMs), ...more];
  const dataHash = hashOf(history);
  const judge = (definition: MonitorDefinition, judged: number): BacktestRecord =>
    record(monitorId, judged, definition, { history, events, dataHash });
  return { before: judge(old.definition, old.version), after: judge(version.definition, number) };
}

function cannot(message: string): Error {
  const mend = 'Choose another stretch of history, or judge both versions with the command line.';
  return refused({ refused: true, code: 'E-MONITOR-069', message, mend, items: [] });
}

async function readHistory(call: Call, signalId: string, fromMs: number, toMs: number): Promise<History> {
  const state = call.site.state();
  const index = state.acquire.index.get(signalId);
  if (index === undefined) throw missing('acquire', `A claimed signal "${signalId}"`);
  const intervalMs = state.monitor.signals.get(signalId)?.usualIntervalMs ?? 0;
  const timeMs: number[] = [];
  const value: number[] = [];
  let stepMs = Math.max(intervalMs * MAX_SERIES_POINTS * 0.8, (toMs - fromMs) / MAX_STRETCHES);
  for (let atMs = fromMs, asked = 0; atMs < toMs; asked++) {
    if (asked >= MAX_STRETCHES)
      throw cannot('The data window holds more readings than can be judged at once.');
    const endMs = Math.min(toMs, atMs + stepMs);
    const series = await call.data.series(index, atMs, endMs, MAX_SERIES_POINTS);
    if (series.bucketMs > 0) {
      stepMs /= 2;
      continue;
    }
    series.timeMs.forEach((time, i) => {
      const reading = series.value[i];
      if (reading == null || time <= (timeMs.at(-1) ?? Number.NEGATIVE_INFINITY)) return;
      timeMs.push(time);
      value.push(reading);
    });
    atMs = endMs;
  }
  return {
    timeMs: Float64Array.from(timeMs),
    value: Float64Array.from(value),
    quality: new Uint8Array(timeMs.length).fill(GOOD),
  };
}

/** Cases of this monitor in which the fault was there. */
function eventsTold(call: Call, monitorId: MonitorId, fromMs: number, toMs: number): KnownEvent[] {
  const { outcome, work } = call.site.state();
  const events: KnownEvent[] = [];
  for (const { caseId, finding, atMs } of outcome.tallies.get(monitorId)?.verdicts ?? []) {
    const opened = work.cases.get(caseId)?.openedAtMs;
    if (opened === undefined || !isTrue(finding) || opened < fromMs || opened > toMs) continue;
    events.push({ fromMs: opened, toMs: Math.max(opened, atMs), atMs });
  }
  return events;
}

function hashOf({ timeMs, value }: History): string {
  const ends = [timeMs.length, timeMs[0], timeMs.at(-1), value.reduce((sum, one) => sum + one, 0)];
  return derivedId('history', ends.join('/'), 'readings', 0);
}

function record(
  monitorId: MonitorId,
  version: number,
  { condition, staleAfterMs, quietMs }: MonitorDefinition,
  { history, events, dataHash }: { history: History; events: KnownEvent[]; dataHash: string },
): BacktestRecord {
  const options = events.length > 0 ? { quietMs, events } : { quietMs };
  const result = backtest(history, { condition, staleAfterMs }, options);
  return {
    monitorId,
    version,
    from: history.timeMs[0] ?? 0,
    to: history.timeMs.at(-1) ?? 0,
    samples: result.used,
    alerts: result.alerts.length,
    notifications: result.notifications.length,
    alertsPerWeek: result.alertsPerWeek ?? 0,
    notificationsPerWeek: result.notificationsPerWeek ?? 0,
    events: result.score?.events ?? null,
    caught: result.score?.caught ?? null,
    precision: result.score?.precision ?? null,
    leadHours: result.score?.leadHours ?? [],
    inHindsight: true,
    dataHash,
  };
}
