import type { Minor } from '#vocabulary/money.ts';

/** What a work order of the imported history says about a loss; null where it says nothing. */
export interface LostOrder {
  asset: string;
  failureMode: string | null;
  class: string | null;
  startMs: number;
  costMinor: Minor | null;
  downtimeH: number | null;
}

export const LOSSES_BY = ['asset', 'failure-mode', 'class'] as const;
export type LossesBy = (typeof LOSSES_BY)[number];

/** One bar of the Pareto. */
export interface Loss {
  /** asset, failure mode or class; `not coded` or `no class` where the orders name none */
  key: string;
  orders: number;
  costMinor: Minor;
  /** null when no order of it says anything about downtime: not known is not zero */
  downtimeH: number | null;
  /** share of the cost of all orders, 0..1; null when they cost nothing */
  share: number | null;
}

const UNNAMED: Record<LossesBy, string> = {
  asset: 'no asset',
  'failure-mode': 'not coded',
  class: 'no class',
};

function keyOf(order: LostOrder, by: LossesBy): string {
  const named = by === 'asset' ? order.asset : by === 'class' ? order.class : order.failureMode;
  return named ?? UNNAMED[by];
}

/** Where does it hurt? Cost, count and downtime of the imported orders, the largest cost first. */
export function losses(orders: readonly LostOrder[], by: LossesBy): Loss[] {
  const found = new Map<string, Loss>();
  let total = 0;
  for (const order of orders) {
    const key = keyOf(order, by);
    const loss = found.get(key) ?? { key, orders: 0, costMinor: 0, downtimeH: null, share: null };
    found.set(key, loss);
    loss.orders++;
    loss.costMinor += order.costMinor ?? 0;
    total += order.costMinor ?? 0;
    if (order.downtimeH !== null) loss.downtimeH = (loss.downtimeH ?? 0) + order.downtimeH;
  }
  return [...found.values()]
    .map((loss) => ({ ...loss, share: total === 0 ? null : loss.costMinor / total }))
    .toSorted((a, b) => b.costMinor - a.costMinor || b.orders - a.orders || (a.key < b.key ? -1 : 1));
}
