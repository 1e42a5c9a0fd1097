import { ACCEPTED_COUNT, LAST_MS, RECEIVED_MS, ROW_SHIFT, VALUE } from '#acquire/order.ts';
import {
  ACTIVE,
  conditionOf,
  EXTREME,
  HOLDS,
  SEEN,
  SILENT,
  SINCE_MS,
  WATCH_DUE_MS,
  WATCH_SHIFT,
} from '#detect/watch-table.ts';
import type { Sense } from './sense-state.ts';

/** Readings of all signals by index, for screens and counts; live views, not copies, where possible. */
export interface SignalReadings {
  lastTimeMs: Float64Array;
  lastReceivedMs: Float64Array;
  lastValue: Float64Array;
  lastQuality: Uint8Array;
  accepted: Float64Array;
  bad: Uint32Array;
  late: Uint32Array;
  repeated: Uint32Array;
  future: Uint32Array;
}

/** State of one monitor, for screens. */
export interface MonitorReading {
  monitorId: string;
  version: number;
  active: boolean;
  /** the condition is true, raised or not */
  holds: boolean;
  /** no valid signal; never true before the first sample */
  blind: boolean;
  seen: boolean;
  sinceMs: number;
  dueMs: number;
  extreme: number;
}

/** Last reading and counts of every signal. */
export function signalReadings(sense: Sense): SignalReadings {
  const { signals } = sense;
  const column = (offset: number): Float64Array =>
    Float64Array.from({ length: signals.count }, (_, s) => signals.rows[(s << ROW_SHIFT) + offset] as number);
  return {
    lastTimeMs: column(LAST_MS),
    lastReceivedMs: column(RECEIVED_MS),
    lastValue: column(VALUE),
    lastQuality: signals.quality,
    accepted: column(ACCEPTED_COUNT),
    bad: signals.bad,
    late: signals.late,
    repeated: signals.repeated,
    future: signals.future,
  };
}

/** State of every monitor, ordered by signal. */
export function monitorReadings(sense: Sense): MonitorReading[] {
  const { rows, monitors } = sense.watches;
  return monitors.map(({ monitorId, version }, m) => {
    const w = m << WATCH_SHIFT;
    return {
      monitorId,
      version,
      active: rows[w + ACTIVE] === 1,
      holds: rows[w + HOLDS] === 1,
      blind: rows[w + SILENT] === 1 && conditionOf(sense.watches, m).silence === 'blinds',
      seen: rows[w + SEEN] === 1,
      sinceMs: rows[w + SINCE_MS] as number,
      dueMs: rows[w + WATCH_DUE_MS] as number,
      extreme: rows[w + EXTREME] as number,
    };
  });
}
