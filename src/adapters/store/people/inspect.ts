import { join } from 'node:path';
import Database from 'better-sqlite3';
import { PEOPLE_FILE } from './people.ts';

/** Counts the people of a data folder through a reading connection. @throws Error when the file is no people store */
export function countPeople(dataDir: string): number {
  const db = new Database(join(dataDir, PEOPLE_FILE), { readonly: true, fileMustExist: true });
  try {
    return db.prepare('SELECT count(*) FROM person').pluck().get() as number;
  } finally {
    db.close();
  }
}
