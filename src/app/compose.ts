// The only file that knows adapters. Each is loaded when it is asked for, so that a thread carries no more than it uses.
import { join } from 'node:path';
import type { AuditResult, Journal } from '#ports/journal.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { SampleStore } from '#ports/samples.ts';
import type { TableSource } from '#ports/table.ts';

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

export async function openSampleStore(dataDir: string): Promise<SampleStore> {
  const { openSampleStore: open } = await import('#adapters/store/parquet/samples.ts');
  return open(join(dataDir, 'samples'));
}

export async function openPeople(dataDir: string): Promise<PeopleStore> {
  const { openPeopleStore } = await import('#adapters/store/people/people.ts');
  return openPeopleStore(dataDir);
}

/** Checks the chain of a data folder beside a running server; `head` is a hash that was noted elsewhere. */
export async function verifyJournal(
  dataDir: string,
  options: { head?: string; headsPath?: string },
): Promise<AuditResult> {
  const { auditVerify } = await import('#adapters/store/sqlite/verify.ts');
  return auditVerify(dataDir, options);
}

/** A table that people bring as a file. */
export function openTable(path: string): TableSource {
  return {
    async read(wanted, options, onProgress) {
      const { csvTable } = await import('#adapters/files/csv/read.ts');
      return csvTable(path).read(wanted, options, onProgress);
    },
  };
}
