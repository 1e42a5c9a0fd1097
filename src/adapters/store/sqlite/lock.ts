import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { PortFailure } from '#ports/failure.ts';

/** The right to write in a data folder, held by one process at a time. */
export interface DataLock {
  release(): void;
}

/** Locks of this process: one that nobody refers to would be closed, and so given up, by the garbage collector. */
const heldHere = new Set<Database.Database>();

const LOCK_FILE = 'lock';
/** A probe of `lockHolder` holds the lock for an instant; a start that meets it waits this long instead of failing. */
const PROBE_WAIT_MS = 250;
/** Apart from the lock file: closing any descriptor of a locked file would drop the lock of the whole process. */
const PID_FILE = 'lock.pid';

/**
 * Takes the lock of a data folder, or throws PortFailure E-LOCK-001 that names the holder. The lock is the operating
 * system's (SQLite's exclusive lock on an empty file), so a killed process gives it back by itself and two processes
 * that find a dead one's pid cannot both take over. Creates the folder (0700) when it is missing.
 */
export function acquireDataLock(dir: string): DataLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, LOCK_FILE);
  closeSync(openSync(path, 'a', 0o600));
  const db = new Database(path, { timeout: PROBE_WAIT_MS });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw held(dir);
    throw error;
  }
  writeFileSync(join(dir, PID_FILE), `${process.pid}\n`, { mode: 0o600 });
  heldHere.add(db);
  let released = false;
  return {
    release() {
      if (released) return;
      released = true;
      heldHere.delete(db);
      rmSync(join(dir, PID_FILE), { force: true });
      db.close();
    },
  };
}

/** The process that holds the folder's lock now; null when the lock is free (a dead process holds nothing). */
export function lockHolder(dir: string): number | null {
  const pid = writtenPid(dir);
  if (pid === null) return null;
  try {
    acquireDataLock(dir).release();
    return null;
  } catch (error) {
    if (error instanceof PortFailure) return pid;
    throw error;
  }
}

function held(dir: string): PortFailure {
  const pid = writtenPid(dir);
  return new PortFailure(
    'E-LOCK-001',
    `The data folder ${dir} is in use by ${pid === null ? 'another process' : `process ${pid}`}.`,
    'Stop that process, or give this one a data folder of its own (--data DIR).',
    false,
  );
}

function writtenPid(dir: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(dir, PID_FILE), 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
