// Takes an import back: a second fact, then its rows are removed.
import { randomUUID } from 'node:crypto';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { runAtPlant } from '../door.ts';
import { readPlant } from './known-plant.ts';
import { removeRows } from './read.ts';

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
  await removeRows(dataDir, known.kind, importId);
  return { rows: known.counts.accepted };
}
