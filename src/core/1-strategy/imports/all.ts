import { assets } from './assets.ts';
import { downtime } from './downtime.ts';
import { functionalLocations } from './functional-locations.ts';
import type { TableKind } from './kind.ts';
import { production } from './production.ts';
import { workOrders } from './work-orders.ts';

/** Every kind of table that a plant may bring. */
export const TABLE_KINDS: readonly TableKind[] = [
  workOrders,
  assets,
  functionalLocations,
  production,
  downtime,
];
