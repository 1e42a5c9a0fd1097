// What stood when the samples of the past are gone: the data plane takes it from the facts, so that nothing stays active unseen.
import { LAST_MS, RECEIVED_MS, ROW_SHIFT, VALUE } from '#acquire/order.ts';
import {
  ACTIVE,
  conditionOf,
  EXTREME,
  HOLDS,
  SEEN,
  SILENCE_MS,
  SILENT,
  SINCE_MS,
  WATCH_SHIFT,
} from '#detect/watch-table.ts';
import type { Line } from './line.ts';
import { ready } from './sense-state.ts';

/**
 * Sets a fresh data plane to what the facts say: raised conditions stand, and signals that were lost are lost. The next
 * accepted sample judges them again; without one they have no valid signal after the stale limit, counted from now.
 * What only samples could tell is gone: running delays begin anew.
 */
export function holdWhatStood(line: Line): void {
  const { active, blind } = line.state.detect;
  const { signals, watches } = line.sense;
  watches.monitors.forEach(({ monitorId, version, signal }, m) => {
    const w = m << WATCH_SHIFT;
    const r = signal << ROW_SHIFT;
    const raised = active.get(monitorId);
    const stands = raised !== undefined && raised.version === version;
    const lostMs = blind.get(monitorId);
    if (!stands && lostMs === undefined) return;
    watches.rows[w + SEEN] = 1;
    if (stands) {
      watches.rows[w + HOLDS] = 1;
      watches.rows[w + ACTIVE] = 1;
      watches.rows[w + SINCE_MS] = raised.conditionSinceMs;
      watches.rows[w + EXTREME] = raised.extreme;
    }
    if (lostMs !== undefined || (stands && conditionOf(watches, m).silence === 'sets')) {
      watches.rows[w + SILENT] = 1;
    }
    const spokeMs =
      lostMs === undefined
        ? (raised?.conditionSinceMs ?? line.state.nowMs)
        : lostMs - (watches.rows[w + SILENCE_MS] as number);
    if (!(spokeMs > (signals.rows[r + LAST_MS] as number))) return;
    signals.rows[r + LAST_MS] = spokeMs;
    signals.rows[r + VALUE] = raised?.value ?? Number.NaN;
    signals.rows[r + RECEIVED_MS] = line.state.nowMs;
  });
  line.sense = ready(signals, watches, line.state.nowMs);
}
