// The work-order history that stands: rows of imports that were not undone, with the class of their asset.
import type { TableColumn, ImportedTables } from '#ports/imported-tables.ts';
import type { BroughtOrder, OrderHistory } from '#ports/table-desk.ts';
import { currencyOf } from '#strategy/import-decisions.ts';
import type { StrategyState } from '#strategy/state.ts';
import { shortId } from '#vocabulary/ids.ts';
import { openImportedTables } from '../compose.ts';
import { readPlant, standingImports } from './known-plant.ts';

const ORDER_COLUMNS: TableColumn[] = [
  { name: 'asset', as: 'text' },
  { name: 'functionalLocation', as: 'text' },
  { name: 'failureMode', as: 'text' },
  { name: 'class', as: 'text' },
  { name: 'text', as: 'text' },
  { name: 'startMs', as: 'whole' },
  { name: 'costMinor', as: 'whole' },
  { name: 'downtimeH', as: 'number' },
];
const ASSET_COLUMNS: TableColumn[] = [
  { name: 'asset', as: 'text' },
  { name: 'class', as: 'text' },
];

/** @returns null when the folder holds no plant */
export async function readOrders(dataDir: string): Promise<OrderHistory | null> {
  const plant = await readPlant(dataDir);
  return plant === null ? null : ordersOf(dataDir, plant.strategy);
}

/** The work orders of the imports that stand in a state. */
export async function ordersOf(dataDir: string, state: StrategyState): Promise<OrderHistory> {
  const currency = currencyOf(state);
  const ids = standingImports(state, 'work-orders').map(({ importId }) => importId);
  if (ids.length === 0) return { orders: [], currency, importIds: [] };
  const store = await openImportedTables(dataDir);
  try {
    const { values, length } = await store.read('work-orders', ids, ORDER_COLUMNS);
    const [asset, place, mode, ownClass, text, start, cost, downtime] = values as [
      (string | null)[],
      (string | null)[],
      (string | null)[],
      (string | null)[],
      (string | null)[],
      number[],
      (number | null)[],
      (number | null)[],
    ];
    const classes = await classesOf(state, store);
    const orders = Array.from({ length }, (_, n): BroughtOrder => {
      const name = asset[n] ?? place[n] ?? '';
      return {
        asset: name,
        failureMode: mode[n] ?? null,
        class: ownClass[n] ?? classes.get(name) ?? null,
        text: text[n] ?? null,
        startMs: start[n] ?? 0,
        costMinor: cost[n] ?? null,
        downtimeH: downtime[n] ?? null,
      };
    });
    return { orders, currency, importIds: ids };
  } finally {
    store.close();
  }
}

/** Class by asset: of the registered assets, and over them what an imported register says. */
async function classesOf(state: StrategyState, store: ImportedTables): Promise<Map<string, string>> {
  const classes = new Map<string, string>();
  for (const { assetId, equipmentClass } of state.assets.values()) {
    classes.set(shortId(assetId), equipmentClass);
  }
  const ids = standingImports(state, 'assets').map(({ importId }) => importId);
  const { values, length } = await store.read('assets', ids, ASSET_COLUMNS);
  const [asset, named] = values as [(string | null)[], (string | null)[]];
  for (let n = 0; n < length; n++) {
    const [id, word] = [asset[n], named[n]];
    if (id && word) classes.set(id, word);
  }
  return classes;
}
