import { RECEIVED_MS, ROW_SHIFT, VALUE } from '#acquire/order.ts';
import { counts, type Extra } from '#detect/extra.ts';
import type { Sense } from './sense-state.ts';

/** Brings the last values of the other signals to the monitor, and says whether its reading counts. */
export function look({ signals }: Sense, extra: Extra, receivedMs: number): boolean {
  const { places, holdsMs, values } = extra;
  for (let i = 0; i < places.length; i++) {
    const r = (places[i] as number) << ROW_SHIFT;
    const silentMs = receivedMs - (signals.rows[r + RECEIVED_MS] as number);
    values[i] = silentMs <= (holdsMs[i] as number) ? (signals.rows[r + VALUE] as number) : Number.NaN;
  }
  return counts(extra);
}
