import Database from 'better-sqlite3';
import { PortFailure } from '#ports/failure.ts';

/**
 * What a failed SQLite call means for the journal. Anything that is not named here is a bug and stays as it came.
 * Space is retryable and has changed nothing. An input or output error is not: after a failed fsync the kernel may
 * have dropped the very pages that a second fsync would report as written, so the process has to end.
 * @param path the file that was written or read, for the sentence
 */
export function journalFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') {
    return new PortFailure(
      'E-JOURNAL-001',
      `Nothing was written to ${path}: there is no space left.`,
      'Free space on that disk; the same input is tried again and nothing is lost.',
      true,
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new PortFailure(
      'E-JOURNAL-002',
      `The disk refused ${path} (${code}); what lies on it is unknown until the journal is opened again.`,
      'The process ends now. Check the disk, then start again; the journal goes on after its last whole commit.',
      false,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new PortFailure(
      'E-JOURNAL-003',
      `${path} is damaged (${code}: ${error.message}).`,
      'Stop, keep a copy of the folder, run `throughline audit verify`, and restore the last backup.',
      false,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new PortFailure(
      'E-JOURNAL-004',
      `${path} is held by another process (${code}).`,
      'End the other process; only one may write to a site.',
      true,
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) {
    return new PortFailure(
      'E-JOURNAL-005',
      `${path} cannot be opened for writing (${code}).`,
      'Check that the folder exists and belongs to the user that runs Throughline, and that the disk is not read-only.',
      false,
    );
  }
  return error;
}
