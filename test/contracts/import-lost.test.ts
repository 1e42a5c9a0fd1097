// An import whose answer got lost: its rows stay, because the fact may stand; those of no fact are swept later.
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDoor, openJournal } from '#app/compose.ts';
import { type Bringing, bring } from '#app/tables/bring.ts';
import { downtime } from '#strategy/imports/downtime.ts';
import type { TableKind } from '#strategy/imports/kind.ts';
import { workOrders } from '#strategy/imports/work-orders.ts';
import { HOUR_MS } from '#vocabulary/time.ts';

const TABLES = join(import.meta.dirname, 'tables');
let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'throughline-lost-')), 'plant');
});
afterEach(() => rmSync(join(dataDir, '..'), { recursive: true, force: true }));

function asked(kind: TableKind, file: string): Bringing {
  return {
    ...{ dataDir, kind, path: join(TABLES, file), sheet: null, zone: null, currency: 'EUR', site: 'p1' },
    said: { mapping: null, dateOrder: null, decimal: null },
    dryRun: false,
    nowMs: Date.now(),
    onProgress: () => undefined,
  };
}
const files = (kind: string): string[] => {
  const folder = join(dataDir, 'history', kind);
  return existsSync(folder) ? readdirSync(folder) : [];
};

it('keeps the rows when the answer is lost, and sweeps those that no fact names after an hour', async () => {
  expect(await bring(asked(downtime, 'stops.csv'))).toMatchObject({ importId: expect.any(String) });
  const standing = files('downtime');
  expect(standing).toHaveLength(1);

  const journal = await openJournal(dataDir, { site: 'p1', headsPath: null });
  const door = await openDoor(dataDir, async () => {
    throw new Error('the line is cut');
  });
  try {
    await expect(bring(asked(workOrders, 'decimal-comma.csv'))).rejects.toThrow();
  } finally {
    await door.close();
    await journal.close();
  }
  const [lost] = files('work-orders');
  expect(lost).toMatch(/\.parquet$/);

  // no fact names it; young, it stays, and old, it goes with the next import of its kind
  await bring(asked(workOrders, 'maximo.csv'));
  expect(files('work-orders')).toContain(lost);
  const old = (Date.now() - 2 * HOUR_MS) / 1_000;
  for (const name of files('work-orders'))
    utimesSync(join(dataDir, 'history', 'work-orders', name), old, old);
  await bring(asked(workOrders, 'iw39-german-bars.txt'));
  expect(files('work-orders')).not.toContain(lost);
  expect(files('work-orders')).toHaveLength(2);
  expect(files('downtime')).toEqual(standing);
});
