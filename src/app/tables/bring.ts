// Brings a table of another system: read, checked, and on the wish of a person applied as one fact and one Parquet file.
import { type Refusal, isRefusal } from '#vocabulary/refusal.ts';
import { PortFailure } from '#ports/failure.ts';
import { emptyStrategy } from '#strategy/state.ts';
import { runAtPlant } from '../door.ts';
import { readPlant } from './known-plant.ts';
import {
  type Brought,
  readTableFile,
  removeRows,
  STEPS,
  sweepRows,
  type TableFile,
  writeRows,
} from './read.ts';

/** The door's word for a plant that nobody could ask. */
const NOBODY_ASKED = 'E-DOOR-001';

export interface Bringing extends TableFile {
  /** id of the site when the folder holds no plant yet */
  site: string;
  dryRun: boolean;
}

/**
 * @returns a refusal when the file cannot be understood or the plant does not take it; nothing is written then
 * @throws GridFailure, PortFailure
 */
export async function bring(asked: Bringing): Promise<Brought | Refusal> {
  const { dataDir, kind } = asked;
  const plant = await readPlant(dataDir);
  const found = await readTableFile(asked, plant?.strategy ?? emptyStrategy(asked.site));
  if (isRefusal(found)) return found;
  const { brought, data } = found;
  if (asked.dryRun || data === null) return brought;
  const { importId } = data.imported;
  if (plant) await sweepRows(asked, plant.strategy);
  await writeRows(dataDir, kind, importId, brought.reading);
  asked.onProgress('Importing', STEPS - 1, STEPS);
  const command = { id: `import:${importId}`, type: 'strategy.import-history', data };
  const answer = await runAtPlant(dataDir, plant?.site ?? asked.site, command).catch(
    async (failure: unknown) => {
      // an answer that got lost says nothing about the fact: its rows stay, and a later import sweeps what no fact names
      const unasked = failure instanceof PortFailure && failure.code === NOBODY_ASKED;
      if (unasked) await removeRows(dataDir, kind.word, importId);
      throw failure;
    },
  );
  asked.onProgress('Importing', STEPS, STEPS);
  if (!isRefusal(answer)) return { ...brought, importId };
  await removeRows(dataDir, kind.word, importId);
  return answer;
}
