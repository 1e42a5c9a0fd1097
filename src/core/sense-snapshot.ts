import type { SignalTable } from '#acquire/order.ts';
import type { SenseMonitor, WatchTable } from '#detect/watch-table.ts';

/** Raised whenever the saved columns change their meaning; an older snapshot is then discarded. */
export const SNAPSHOT_FORMAT = 2;

type Column = Float64Array | Uint32Array | Uint8Array;

/** Saved state of the data plane: structured-cloneable, columns by name. */
export interface SenseSnapshot {
  format: number;
  signalCount: number;
  /** the monitors it belongs to, see `keyOf` */
  key: string;
  nowMs: number;
  arrays: Record<string, Column>;
}

/** Text that is equal exactly when the monitors are, whatever the order of their fields. */
export function keyOf(monitors: readonly SenseMonitor[]): string {
  return JSON.stringify(
    monitors.map((monitor) => [
      monitor.monitorId,
      monitor.version,
      monitor.signal,
      monitor.staleAfterMs,
      Object.entries(monitor.condition).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );
}

/** Every column that makes up the state, by name; the arrays themselves, not copies. */
export function arraysOf(signals: SignalTable, watches: WatchTable): [string, Column][] {
  const { rows, quality, bad, late, repeated, future } = signals;
  return [
    ...Object.entries({ rows, quality, bad, late, repeated, future }),
    ['watches', watches.rows],
    ...watches.cells.map((cells, kind): [string, Column] => [`kind${kind}`, cells]),
  ];
}
