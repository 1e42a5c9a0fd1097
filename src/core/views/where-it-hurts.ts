import { badActors, type BadActors } from '#strategy/reliability/bad-actors.ts';
import { type Loss, losses, type LossesBy, type LostOrder } from './losses.ts';

/** Bars that are sent to a screen; the others are one bar. */
export const MAX_BARS = 30;
/** Failures that come back, most often first. */
const MAX_REPEATS = 20;

/** Where does it hurt? A Pareto of one cut, and what comes back. */
export interface LossesView {
  by: LossesBy;
  orders: number;
  costMinor: number;
  downtimeH: number | null;
  /** ISO 4217; null when nobody said it */
  currency: string | null;
  fromMs: number | null;
  toMs: number | null;
  bars: (Loss & { cumulativeShare: number | null })[];
  /** bars that are not shown */
  left: { bars: number; orders: number; costMinor: number } | null;
  repeats: BadActors['repeats'];
}

export function lossesView(
  history: { orders: readonly LostOrder[]; currency: string | null },
  by: LossesBy,
): LossesView {
  const { orders, currency } = history;
  const found = losses(orders, by);
  const span = spanOf(orders);
  let share = 0;
  const bars = found.slice(0, MAX_BARS).map((loss) => {
    share += loss.share ?? 0;
    return { ...loss, cumulativeShare: loss.share === null ? null : share };
  });
  const rest = found.slice(MAX_BARS);
  const downtimes = found.filter(({ downtimeH }) => downtimeH !== null);
  return {
    by,
    orders: orders.length,
    costMinor: found.reduce((sum, { costMinor }) => sum + costMinor, 0),
    downtimeH: downtimes.length === 0 ? null : downtimes.reduce((sum, one) => sum + (one.downtimeH ?? 0), 0),
    currency,
    fromMs: span?.fromMs ?? null,
    toMs: span?.toMs ?? null,
    bars,
    left:
      rest.length === 0
        ? null
        : {
            bars: rest.length,
            orders: rest.reduce((sum, one) => sum + one.orders, 0),
            costMinor: rest.reduce((sum, one) => sum + one.costMinor, 0),
          },
    repeats: span === null ? [] : badActors(orders, span.toMs).repeats.slice(0, MAX_REPEATS),
  };
}

export function spanOf(orders: readonly LostOrder[]): { fromMs: number; toMs: number } | null {
  if (orders.length === 0) return null;
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { startMs } of orders) {
    fromMs = Math.min(fromMs, startMs);
    toMs = Math.max(toMs, startMs);
  }
  return { fromMs, toMs };
}
