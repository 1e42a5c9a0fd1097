// Takes an import back: a second fact, then its rows are removed.
import { randomUUID } from 'node:crypto';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { openImportedTables } from '../compose.ts';
import { runAtPlant } from '../door.ts';
import { readPlant } from './known-plant.ts';

/** @returns rows that count no more; null when the folder holds no plant */
export async function undoImport(
  dataDir: string,
  importId: string,
): Promise<{ rows: number } | Refusal | null> {
  const plant = await readPlant(dataDir);
  if (plant === null) return null;
  const command = { id: `undo:${randomUUID()}`, type: 'strategy.undo-import', data: { importId } };
  const answer = await runAtPlant(dataDir, plant.site, command);
  if (isRefusal(answer)) return answer;
  const known = plant.strategy.imports.get(importId);
  if (!known) return { rows: 0 };
  const store = await openImportedTables(dataDir);
  try {
    await store.remove(known.kind, importId);
  } finally {
    store.close();
  }
  return { rows: known.counts.accepted };
}
