// Two versions of a monitor on the same stored readings, scored against what findings have told.
import type { KnownEvent } from '#core/backtest.ts';
import type { BacktestRecord } from '#monitor/events.ts';
import { isTrue } from '#work/events.ts';
import type { MonitorId } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { asRefused, missing, refused, untilGone } from './problem.ts';
import type { Call } from './route.ts';

/**
 * Judges both versions of a change on the readings of its data window, on the archive's thread.
 * @param more known events besides those that findings have told
 */
export async function compareOnHistory(
  call: Call,
  monitorId: MonitorId,
  number: number,
  more: readonly KnownEvent[],
): Promise<{ before: BacktestRecord; after: BacktestRecord }> {
  const change = call.site.state().monitor.monitors.get(monitorId)?.versions.get(number)?.change;
  if (!change) throw missing('monitor', `A change to version ${number} of "${monitorId}"`);
  const { dataFromMs: fromMs, dataToMs: toMs } = change;
  const events = [...eventsTold(call, monitorId, fromMs, toMs), ...more];
  const judge = async (version: number): Promise<BacktestRecord> => {
    const wish = { monitorId, version, fromMs, toMs, condition: null, events };
    const run = await call.history
      .backtest(call.personId, wish, untilGone(call.reply))
      .catch((failure: unknown) => {
        throw asRefused(failure);
      });
    if (isRefusal(run)) throw refused(run);
    const record = call.history.recordOf(run);
    if (isRefusal(record)) throw refused(record);
    // the window is the one that the change was chosen on
    return { ...record, inHindsight: true };
  };
  return { before: await judge(change.from), after: await judge(number) };
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
