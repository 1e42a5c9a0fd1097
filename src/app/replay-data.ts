// The checks that `audit` makes on a data folder, beside a running server or without one.
import type { ReplayResult } from './replay-check.ts';
import { openSampleStore, readJournal } from './compose.ts';
import { readReplayBase } from './replay-base.ts';
import { replayCheck } from './replay-check.ts';

/**
 * Replays a data folder's whole log and holds it against the journal.
 * @param range plant time, ms; null = open
 * @throws PortFailure E-JOURNAL-006 when the folder holds no journal
 */
export async function replayData(
  dataDir: string,
  range: { fromMs: number | null; toMs: number | null },
): Promise<ReplayResult> {
  const journal = await readJournal(dataDir);
  const store = await openSampleStore(dataDir);
  try {
    const base = readReplayBase(dataDir, journal);
    return await replayCheck(journal, (from, to) => store.rows(from, to), journal.site, range, base);
  } finally {
    await store.close();
    journal.close();
  }
}
