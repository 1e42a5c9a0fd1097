// The only file that knows adapters. Each is loaded when it is asked for, so that a thread carries no more than it uses.
import { decodeBatch } from '#acquire/batch-codec.ts';
import type { AuditResult, Journal } from '#ports/journal.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { PlanRead } from '#ports/plan-file.ts';
import type { SampleStore } from '#ports/samples.ts';

/** Opens the journal for its one writer and takes the folder's lock; closing gives both back. */
export async function openJournal(
  dataDir: string,
  options: { site: string; headsPath: string | null },
): Promise<Journal> {
  const { acquireDataLock } = await import('#adapters/store/sqlite/lock.ts');
  const sqlite = await import('#adapters/store/sqlite/journal.ts');
  const lock = acquireDataLock(dataDir);
  try {
    const journal = sqlite.openJournal(dataDir, options);
    const close = journal.close.bind(journal);
    journal.close = async () => {
      await close();
      lock.release();
    };
    return journal;
  } catch (failure) {
    lock.release();
    throw failure;
  }
}

/** Reads the journal beside a running writer. */
export async function readJournal(dataDir: string) {
  const { openJournalReader } = await import('#adapters/store/sqlite/journal-reader.ts');
  return openJournalReader(dataDir);
}

export async function openPeople(dataDir: string): Promise<PeopleStore> {
  const { openPeopleStore } = await import('#adapters/store/people/people.ts');
  return openPeopleStore(dataDir);
}

/** Opens the sample store of a data folder; many may read, the archive alone writes. */
export async function openSampleStore(dataDir: string): Promise<SampleStore> {
  const parquet = await import('#adapters/store/parquet/samples.ts');
  return parquet.openSampleStore(dataDir);
}

/**
 * Moves the batches that the intake log keeps into `store`, beside the running writer.
 * @returns the sequence up to which the journal may forget batches
 */
export async function archiveIntake(
  dataDir: string,
  store: SampleStore,
  progress?: (through: number, to: number) => void,
): Promise<number> {
  const { Archiver } = await import('#adapters/store/parquet/archive.ts');
  const { openJournalReader } = await import('#adapters/store/sqlite/journal-reader.ts');
  const journal = openJournalReader(dataDir);
  try {
    return await new Archiver(store, decodeBatch).archiveFrom(journal, progress);
  } finally {
    journal.close();
  }
}

/** Checks the chain of a data folder beside a running server; `head` is a hash that was noted elsewhere. */
export async function verifyJournal(
  dataDir: string,
  options: { head?: string; headsPath?: string },
): Promise<AuditResult> {
  const { auditVerify } = await import('#adapters/store/sqlite/verify.ts');
  return auditVerify(dataDir, options);
}

/** Reads a plan file; its findings name `path` as given. @throws PortFailure when there is no such file */
export async function readPlan(path: string): Promise<PlanRead> {
  const { readPlanFile } = await import('#adapters/files/plan/read-file.ts');
  return readPlanFile(path);
}
