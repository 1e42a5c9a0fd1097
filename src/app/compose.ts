// Joins the core and the shell to the adapters; the only file that knows them. Each is loaded when it is first asked for.
import type { AuditResult, Journal } from '#ports/journal.ts';

/** Opens the journal of a data folder for its one writer. `headsPath` null = beside the data. */
export async function openJournal(
  dataDir: string,
  options: { site: string; headsPath: string | null },
): Promise<Journal> {
  const sqlite = await import('#adapters/store/sqlite/journal.ts');
  return sqlite.openJournal(dataDir, options);
}

/** Checks the chain of a data folder beside a running server; `head` is a hash that was noted elsewhere. */
export async function verifyJournal(
  dataDir: string,
  options: { head?: string; headsPath?: string },
): Promise<AuditResult> {
  const { auditVerify } = await import('#adapters/store/sqlite/verify.ts');
  return auditVerify(dataDir, options);
}
