import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { PortFailure } from '#ports/failure.ts';
import type { SnapshotPart } from '#ports/journal.ts';
import { journalFailure } from './failures.ts';

/** Name of the journal inside a data folder. */
export const JOURNAL_FILE = 'site.db';
/** Layout of the tables below; a journal of a later one is refused rather than misread. */
export const JOURNAL_FORMAT = 1;

const TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE facts (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, body TEXT NOT NULL);
  CREATE TABLE intake (seq INTEGER PRIMARY KEY, receivedMs REAL NOT NULL, kind INTEGER NOT NULL, payload BLOB NOT NULL);
  CREATE TABLE answers (command_id TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), facts INTEGER NOT NULL, intakeSeq INTEGER NOT NULL,
    hash TEXT NOT NULL, format TEXT NOT NULL, digest BLOB NOT NULL, state BLOB NOT NULL);
`;

/** Came later than the rest, so a journal that lacks it gets it when it is opened. */
const SENSE_TABLE = `CREATE TABLE IF NOT EXISTS sense_snapshot (id INTEGER PRIMARY KEY CHECK (id = 1),
  facts INTEGER NOT NULL, intakeSeq INTEGER NOT NULL, hash TEXT NOT NULL, format TEXT NOT NULL, digest BLOB NOT NULL,
  state BLOB NOT NULL)`;

/** Opens the journal for its one writer, making folder (0700), file (0600) and tables when they are missing. */
export function openForWriting(dir: string, site: string): Database.Database {
  const path = join(dir, JOURNAL_FILE);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    const db = new Database(path);
    try {
      prepare(db, path, site);
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  } catch (error) {
    throw journalFailure(error, path);
  }
}

/** Opens an existing journal beside its writer; it takes no lock and changes nothing. */
export function openForReading(dir: string): Database.Database {
  const path = join(dir, JOURNAL_FILE);
  if (!existsSync(path)) {
    throw new PortFailure(
      'E-JOURNAL-006',
      `There is no journal in ${dir}.`,
      'Name the data folder of the plant with --data DIR.',
      false,
    );
  }
  try {
    return new Database(path, { readonly: true });
  } catch (error) {
    throw journalFailure(error, path);
  }
}

/** A value of the table `meta`, or null. */
export function metaValue(db: Database.Database, key: string): string | null {
  const row = db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key);
  return typeof row === 'string' ? row : null;
}

function prepare(db: Database.Database, path: string, site: string): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.transaction(() => {
    const made = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get();
    if (made !== undefined) return;
    db.exec(TABLES);
    const insert = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
    insert.run('site', site);
    insert.run('format', String(JOURNAL_FORMAT));
  }).immediate();
  const format = Number(metaValue(db, 'format'));
  if (format !== JOURNAL_FORMAT) {
    throw new PortFailure(
      'E-JOURNAL-007',
      `${path} has format ${format}; this version reads and writes format ${JOURNAL_FORMAT}.`,
      'Start the version of Throughline that wrote it, or restore a backup that this version wrote.',
      false,
    );
  }
  const owner = metaValue(db, 'site');
  if (owner !== site) {
    throw new PortFailure(
      'E-JOURNAL-008',
      `${path} belongs to site ${owner}, not to ${site}.`,
      'Name the data folder of this site, or correct the site in the configuration.',
      false,
    );
  }
  db.exec(SENSE_TABLE);
}

/** Table of the one snapshot of a part. */
export function snapshotTable(part: SnapshotPart): string {
  return part === 'line' ? 'snapshot' : 'sense_snapshot';
}
