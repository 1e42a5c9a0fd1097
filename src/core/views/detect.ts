import type { Look } from './look.ts';
import { monitorRows } from './rows.ts';
import type { MonitorRow } from './shapes.ts';

export interface DetectRow extends MonitorRow {
  version: number;
  conditionSinceMs: number | null;
  blindSinceMs: number | null;
  /** accepted, bad, late, repeated and future samples of its signal since the signal was claimed */
  counts: { accepted: number; bad: number; late: number; repeated: number; future: number };
}

/** The expert page: what the data plane says of every monitor now. */
export interface DetectView {
  nowMs: number;
  rows: DetectRow[];
}

export function detectView(look: Look): DetectView {
  const { state, readings } = look;
  const rows = monitorRows(look).map((row): DetectRow => {
    const monitor = state.monitor.monitors.get(row.monitorId);
    const index = state.acquire.index.get(row.signalId) ?? -1;
    const count = (column: ArrayLike<number> | undefined): number => column?.[index] ?? 0;
    return {
      ...row,
      version: monitor?.inEffect ?? monitor?.candidate ?? 0,
      conditionSinceMs: state.detect.active.get(row.monitorId)?.conditionSinceMs ?? null,
      blindSinceMs: state.detect.blind.get(row.monitorId) ?? null,
      counts: {
        accepted: count(readings?.accepted),
        bad: count(readings?.bad),
        late: count(readings?.late),
        repeated: count(readings?.repeated),
        future: count(readings?.future),
      },
    };
  });
  return { nowMs: look.nowMs, rows };
}
