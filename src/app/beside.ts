// Work on a data folder from the command line: by the server that holds it, or, while none does, by this process.
import { randomUUID } from 'node:crypto';
import type { HistoryWish, Imported } from '#ports/history-desk.ts';
import type { Refusal } from '#vocabulary/refusal.ts';
import { Archive } from './archive.ts';
import { dataHolder, readJournal } from './compose.ts';
import { askDoor, type DoorWords } from './door.ts';
import { Histories } from './histories.ts';
import { Site } from './site.ts';

export type FileWish = Omit<HistoryWish, 'commandId' | 'actor'> & { path: string };

/** What a running server does for the command line. */
export function doorWords(histories: Histories): DoorWords {
  return {
    'import-history': (data) => importInto(histories, data as FileWish),
    'remove-history': (data) => removeFrom(histories, (data as { importId: string }).importId),
  };
}

/** Imports a recorded file into a plant. @throws PortFailure what is wrong with the file, or with the folder */
export async function importHistory(dataDir: string, wish: FileWish): Promise<Imported | Refusal> {
  if ((await dataHolder(dataDir)) !== null) {
    return (await askDoor(dataDir, 'import-history', wish)) as Imported;
  }
  return opened(dataDir, (histories) => importInto(histories, wish));
}

/** Undoes an import. */
export async function removeHistory(
  dataDir: string,
  importId: string,
): Promise<{ facts: number; seq: number } | Refusal> {
  if ((await dataHolder(dataDir)) !== null) {
    return (await askDoor(dataDir, 'remove-history', { importId })) as { facts: number; seq: number };
  }
  return opened(dataDir, (histories) => removeFrom(histories, importId));
}

/** Who may open the data folder sets the plant up: the same hand as the loading of a plan. */
const HAND = 'system:setup';

function importInto(histories: Histories, { path, ...wish }: FileWish): Promise<Imported | Refusal> {
  return histories.importPath({ ...wish, commandId: `import:${randomUUID()}`, actor: HAND }, path);
}

function removeFrom(histories: Histories, importId: string) {
  return histories.remove(`import:${randomUUID()}`, HAND, importId);
}

async function opened<T>(dataDir: string, work: (histories: Histories) => Promise<T>): Promise<T> {
  const journal = await readJournal(dataDir);
  const siteId = journal.site;
  journal.close();
  const site = await Site.open({ dataDir, site: siteId, clock: { kind: 'machine' }, headsPath: null });
  try {
    const archive = await Archive.open(dataDir);
    try {
      const histories = new Histories(site, archive, dataDir);
      await histories.sweep();
      return await work(histories);
    } finally {
      await archive.close();
    }
  } finally {
    await site.close();
  }
}
