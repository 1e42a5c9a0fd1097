// All that rests of one signal, received and imported, as one past; read on the archive's thread.
import type { PortFailure } from '#ports/failure.ts';
import type { SampleColumns } from '#ports/history.ts';
import type { SampleStore } from '#ports/samples.ts';

/** Where readings of a signal rest. */
export interface Resting {
  /** place of the signal on the data plane */
  signal: number;
  /** imports of the signal, earliest first */
  imports: readonly { importId: string; fromMs: number; toMs: number }[];
}

/** Times are ms, both ends included. */
export interface PastRange {
  fromMs: number;
  toMs: number;
  maxRows: number;
  /** asked now and then; a failure gives the reading up */
  stop: () => PortFailure | null;
}

export interface Past {
  history: SampleColumns;
  /** readings received by this site, and imported */
  received: number;
  imported: number;
  /** imported rows within the time that was received here */
  leftOut: number;
  /** single readings before this are no longer kept; null when all are */
  expiredToMs: number | null;
}

/** What the intake log still holds of a signal, newest part of its past. */
export type TailOf = (signal: number, fromMs: number, toMs: number) => Promise<SampleColumns>;

/**
 * Where both say something, what was received counts: an imported row within the span of the received ones is left out.
 * @throws PortFailure E-SAMPLES-007 too many readings, or what `stop` says
 */
export async function pastOf(
  store: SampleStore,
  tailOf: TailOf,
  { signal, imports }: Resting,
  { fromMs, toMs, maxRows, stop }: PastRange,
): Promise<Past> {
  const stored = await store.accepted(signal, fromMs, toMs, { maxRows, stop });
  const received = joined([stored, await tailOf(signal, fromMs, toMs)]);
  const parts: SampleColumns[] = [];
  let room = maxRows - received.timeMs.length;
  for (const one of imports) {
    if (one.toMs < fromMs || one.fromMs > toMs) continue;
    const part = await store.history.read(one.importId, fromMs, toMs, { maxRows: room, stop });
    room -= part.timeMs.length;
    parts.push(part);
  }
  const past = onePast(received, joined(parts));
  return { ...past, received: received.timeMs.length, expiredToMs: stored.expiredToMs };
}

function onePast(
  received: SampleColumns,
  imported: SampleColumns,
): { history: SampleColumns; imported: number; leftOut: number } {
  const firstMs = received.timeMs[0] ?? Number.POSITIVE_INFINITY;
  const lastMs = received.timeMs.at(-1) ?? Number.POSITIVE_INFINITY;
  const before = rowsWhere(imported, (t) => t < firstMs);
  const after = rowsWhere(imported, (t) => t > lastMs);
  const kept = before.timeMs.length + after.timeMs.length;
  return {
    history: joined([before, received, after]),
    imported: kept,
    leftOut: imported.timeMs.length - kept,
  };
}

function rowsWhere(rows: SampleColumns, keeps: (timeMs: number) => boolean): SampleColumns {
  const at = (_: number, i: number): boolean => keeps(rows.timeMs[i] as number);
  return {
    timeMs: rows.timeMs.filter(at),
    value: rows.value.filter(at),
    quality: rows.quality.filter(at),
  };
}

function joined(parts: readonly SampleColumns[]): SampleColumns {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const length = parts.reduce((sum, part) => sum + part.timeMs.length, 0);
  const whole = {
    timeMs: new Float64Array(length),
    value: new Float64Array(length),
    quality: new Uint8Array(length),
  };
  let at = 0;
  for (const part of parts) {
    whole.timeMs.set(part.timeMs, at);
    whole.value.set(part.value, at);
    whole.quality.set(part.quality, at);
    at += part.timeMs.length;
  }
  return whole;
}
