import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { PeopleStore, PersonRecord } from '#ports/people.ts';

/** Name of the file inside a data folder; identity keeps its own tables in the same file. */
export const PEOPLE_FILE = 'people.db';
/** What is shown in the place of an erased person's name. */
const ERASED_NAME = 'erased person';
const SALT_BYTES = 16;

const TABLES = `
  CREATE TABLE IF NOT EXISTS person (person_id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT,
    simulated INTEGER NOT NULL, erased INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS kept_text (ref TEXT PRIMARY KEY, person_id TEXT NOT NULL, salt BLOB NOT NULL, text TEXT NOT NULL)
    WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS kept_text_person ON kept_text (person_id);
  CREATE TABLE IF NOT EXISTS seat (seat TEXT PRIMARY KEY, person_id TEXT NOT NULL) WITHOUT ROWID;
`;

/** Columns that came later: when a text was kept (machine time, ms), and whether a fact names it. */
const TEXT_COLUMNS = ['kept_ms INTEGER NOT NULL DEFAULT 0', 'confirmed INTEGER NOT NULL DEFAULT 0'];
const WAITING_TEXTS =
  'CREATE INDEX IF NOT EXISTS kept_text_waiting ON kept_text (kept_ms) WHERE confirmed = 0';

interface PersonRow {
  person_id: string;
  name: string;
  email: string | null;
  simulated: number;
  erased: number;
}

/** Opens the people of a data folder (file 0600). Freed pages are overwritten, so that what is erased is gone. */
export function openPeople(dataDir: string): PeopleStore & { close(): void } {
  return new SqlitePeople(dataDir);
}

class SqlitePeople implements PeopleStore {
  readonly #db: Database.Database;

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const path = join(dataDir, PEOPLE_FILE);
    closeSync(openSync(path, 'a', 0o600));
    this.#db = new Database(path);
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('secure_delete = ON');
    this.#db.exec(TABLES);
    this.#addColumns();
  }

  #addColumns(): void {
    const known = this.#db.pragma('table_info(kept_text)') as { name: string }[];
    for (const column of TEXT_COLUMNS) {
      const name = column.split(' ', 1)[0];
      if (!known.some((one) => one.name === name))
        this.#db.exec(`ALTER TABLE kept_text ADD COLUMN ${column}`);
    }
    this.#db.exec(WAITING_TEXTS);
  }

  person(personId: string): PersonRecord | null {
    const row = this.#db.prepare('SELECT * FROM person WHERE person_id = ?').get(personId);
    return row ? recordOf(row as PersonRow) : null;
  }

  people(): PersonRecord[] {
    return (this.#db.prepare('SELECT * FROM person ORDER BY name, person_id').all() as PersonRow[]).map(
      recordOf,
    );
  }

  put(person: PersonRecord): void {
    if (this.person(person.personId)?.erased) throw new Error(`bug: person ${person.personId} is erased`);
    this.#db
      .prepare('INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?, ?)')
      .run(person.personId, person.name, person.email, Number(person.simulated), Number(person.erased));
  }

  keepText(personId: string, text: string): string {
    if (this.person(personId)?.erased) throw new Error(`bug: person ${personId} is erased`);
    const salt = randomBytes(SALT_BYTES);
    const ref = createHash('sha256').update(salt).update(text).digest('hex');
    this.#db
      .prepare('INSERT INTO kept_text (ref, person_id, salt, text, kept_ms) VALUES (?, ?, ?, ?, ?)')
      .run(ref, personId, salt, text, Date.now());
    return ref;
  }

  text(ref: string): string | null {
    const text = this.#db.prepare('SELECT text FROM kept_text WHERE ref = ?').pluck().get(ref);
    return typeof text === 'string' ? text : null;
  }

  confirmText(ref: string): void {
    this.#db.prepare('UPDATE kept_text SET confirmed = 1 WHERE ref = ?').run(ref);
  }

  dropText(ref: string): void {
    this.#db.prepare('DELETE FROM kept_text WHERE ref = ?').run(ref);
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  unconfirmedTexts(beforeMs: number, limit: number): string[] {
    return this.#db
      .prepare('SELECT ref FROM kept_text WHERE confirmed = 0 AND kept_ms < ? ORDER BY kept_ms LIMIT ?')
      .pluck()
      .all(beforeMs, limit) as string[];
  }

  seat(seat: string): string | null {
    const id = this.#db.prepare('SELECT person_id FROM seat WHERE seat = ?').pluck().get(seat);
    return typeof id === 'string' ? id : null;
  }

  putSeat(seat: string, personId: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO seat VALUES (?, ?)').run(seat, personId);
  }

  /** The salts go with the texts: without them nobody can try whether a reference stood for a certain text. */
  erase(personId: string): void {
    this.#db.transaction(() => {
      this.#db.prepare('DELETE FROM kept_text WHERE person_id = ?').run(personId);
      this.#db.prepare('DELETE FROM seat WHERE person_id = ?').run(personId);
      this.#db
        .prepare('UPDATE person SET name = ?, email = NULL, erased = 1 WHERE person_id = ?')
        .run(ERASED_NAME, personId);
    })();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#db.close();
  }
}

function recordOf(row: PersonRow): PersonRecord {
  const { person_id: personId, name, email } = row;
  return { personId, name, email, simulated: row.simulated === 1, erased: row.erased === 1 };
}
