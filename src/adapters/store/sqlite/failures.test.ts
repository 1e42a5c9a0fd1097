import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { journalFailure } from './failures.ts';

const of = (code: string) => journalFailure(new Database.SqliteError('said', code), '/plant/site.db');

it('tells lack of space from a failing disk, a failing disk from damage, and leaves bugs as they are', () => {
  expect(of('SQLITE_FULL')).toMatchObject({ code: 'E-JOURNAL-001', retryable: true });
  expect(of('SQLITE_IOERR_SHMSIZE')).toMatchObject({ code: 'E-JOURNAL-001', retryable: true });
  expect(of('SQLITE_IOERR_FSYNC')).toMatchObject({ code: 'E-JOURNAL-002', retryable: false });
  expect(of('SQLITE_IOERR_WRITE')).toMatchObject({ code: 'E-JOURNAL-002', retryable: false });
  expect(of('SQLITE_CORRUPT_INDEX')).toMatchObject({ code: 'E-JOURNAL-003', retryable: false });
  expect(of('SQLITE_BUSY')).toMatchObject({ code: 'E-JOURNAL-004', retryable: true });
  expect(of('SQLITE_READONLY')).toMatchObject({ code: 'E-JOURNAL-005', retryable: false });
  const constraint = new Database.SqliteError('said', 'SQLITE_CONSTRAINT_PRIMARYKEY');
  expect(journalFailure(constraint, 'x')).toBe(constraint);
});
