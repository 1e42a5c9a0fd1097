// Which assets cost, stop and come back most, and which failures repeat.
import { DAY_MS } from '#vocabulary/time.ts';

/** What is looked at of an order; the same failure means same asset and failure mode. */
export interface FailedOrder {
  asset: string;
  failureMode: string | null;
  startMs: number;
  costMinor: number | null;
  downtimeH: number | null;
}

export interface Actor {
  asset: string;
  orders: number;
  costMinor: number;
  downtimeH: number;
}

export interface Repeat {
  asset: string;
  failureMode: string;
  times: number;
  lastMs: number;
}

export interface BadActors {
  byCost: Actor[];
  byOrders: Actor[];
  byDowntime: Actor[];
  repeats: Repeat[];
}

export const TOP_ACTORS = 10;
export const REPEAT_TIMES = 3;
export const REPEAT_WITHIN_MS = 365 * DAY_MS;

/** @param untilMs end of the history: repeats are looked for in the 12 months before it */
export function badActors(orders: readonly FailedOrder[], untilMs: number): BadActors {
  const actors = new Map<string, Actor>();
  for (const { asset, costMinor, downtimeH } of orders) {
    const actor = actors.get(asset) ?? { asset, orders: 0, costMinor: 0, downtimeH: 0 };
    actors.set(asset, actor);
    actor.orders++;
    actor.costMinor += costMinor ?? 0;
    actor.downtimeH += downtimeH ?? 0;
  }
  const top = (figure: (actor: Actor) => number): Actor[] =>
    [...actors.values()]
      .filter((actor) => figure(actor) > 0)
      .toSorted((a, b) => figure(b) - figure(a) || (a.asset < b.asset ? -1 : 1))
      .slice(0, TOP_ACTORS);
  return {
    byCost: top((actor) => actor.costMinor),
    byOrders: top((actor) => actor.orders),
    byDowntime: top((actor) => actor.downtimeH),
    repeats: repeatsOf(orders, untilMs),
  };
}

function repeatsOf(orders: readonly FailedOrder[], untilMs: number): Repeat[] {
  const repeats = new Map<string, Repeat>();
  for (const { asset, failureMode, startMs } of orders) {
    if (failureMode === null || startMs > untilMs || startMs <= untilMs - REPEAT_WITHIN_MS) continue;
    const key = JSON.stringify([asset, failureMode]);
    const repeat = repeats.get(key) ?? { asset, failureMode, times: 0, lastMs: startMs };
    repeats.set(key, repeat);
    repeat.times++;
    repeat.lastMs = Math.max(repeat.lastMs, startMs);
  }
  return [...repeats.values()]
    .filter(({ times }) => times >= REPEAT_TIMES)
    .toSorted((a, b) => b.times - a.times || b.lastMs - a.lastMs);
}
