import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type {
  IntakeEntry,
  IntakeKind,
  Journal,
  JournalHead,
  Snapshot,
  SnapshotPart,
} from '#ports/journal.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { CHAIN_START } from './chain.ts';
import { journalFailure } from './failures.ts';
import { JOURNAL_FILE, metaValue, openForReading, snapshotTable } from './schema.ts';

/** Order is the stored number: never move an entry. */
export const KINDS: readonly IntakeKind[] = ['batch', 'tick', 'command'];

interface FactRow {
  body: string;
}
interface IntakeRow {
  seq: number;
  receivedMs: number;
  kind: number;
  payload: Buffer;
}
interface SnapshotRow extends Omit<Snapshot, 'state'> {
  digest: Buffer;
  state: Buffer;
}

/** The reading half of the journal; also what a second connection beside the writer may do. */
export type JournalReading = Pick<Journal, 'head' | 'facts' | 'intake' | 'answer' | 'loadSnapshot'> & {
  site: string;
  close(): void;
};

/** Opens the journal of a data folder for reading beside a running server. PortFailure E-JOURNAL-006 when there is none. */
export function openJournalReader(dir: string): JournalReading {
  return new JournalReader(openForReading(dir), join(dir, JOURNAL_FILE));
}

/** Reads facts, inputs, answers and the snapshot through one connection. */
export class JournalReader implements JournalReading {
  readonly site: string;
  readonly #db: Database.Database;
  readonly #path: string;
  readonly #facts: Database.Statement<[number, number]>;
  readonly #intake: Database.Statement<[number, number]>;
  readonly #answer: Database.Statement<[string]>;

  constructor(db: Database.Database, path: string) {
    this.#db = db;
    this.#path = path;
    try {
      this.site = metaValue(db, 'site') ?? '';
      this.#facts = db.prepare('SELECT body FROM facts WHERE seq >= ? ORDER BY seq LIMIT ?');
      this.#intake = db.prepare('SELECT * FROM intake WHERE seq >= ? ORDER BY seq LIMIT ?');
      this.#answer = db.prepare('SELECT answer FROM answers WHERE command_id = ?').pluck();
    } catch (error) {
      throw journalFailure(error, path);
    }
  }

  head(): JournalHead {
    return this.#guard(() => {
      const last = this.#db.prepare('SELECT seq, hash FROM facts ORDER BY seq DESC LIMIT 1').get() as
        | { seq: number; hash: Buffer }
        | undefined;
      const kept = this.#db.prepare('SELECT max(seq) FROM intake').pluck().get() as number | null;
      const forgotten = Number(metaValue(this.#db, 'forgottenThrough') ?? 0);
      return {
        facts: last?.seq ?? 0,
        hash: (last?.hash ?? CHAIN_START).toString('hex'),
        intakeSeq: Math.max(kept ?? 0, forgotten),
      };
    });
  }

  facts(from: number, limit: number): Recorded[] {
    return this.#guard(() =>
      (this.#facts.all(from, limit) as FactRow[]).map((row) => JSON.parse(row.body) as Recorded),
    );
  }

  intake(from: number, limit: number): IntakeEntry[] {
    return this.#guard(() =>
      (this.#intake.all(from, limit) as IntakeRow[]).map((row) => ({
        ...row,
        kind: KINDS[row.kind] as IntakeKind,
      })),
    );
  }

  answer(commandId: string): string | null {
    return this.#guard(() => (this.#answer.get(commandId) as string | undefined) ?? null);
  }

  loadSnapshot(format: string, part: SnapshotPart = 'line'): Snapshot | null {
    return this.#guard(() => {
      const row = this.#db.prepare(`SELECT * FROM ${snapshotTable(part)} WHERE id = 1`).get() as
        | SnapshotRow
        | undefined;
      if (row?.format !== format) return null;
      const { facts, intakeSeq, hash, state } = row;
      if (intakeSeq > this.head().intakeSeq || hash !== this.#hashAt(facts)) return null;
      if (!digestOf(state).equals(row.digest)) return null;
      return { facts, intakeSeq, hash, format, state };
    });
  }

  close(): void {
    this.#db.close();
  }

  #hashAt(seq: number): string | null {
    if (seq === 0) return CHAIN_START.toString('hex');
    const hash = this.#db.prepare('SELECT hash FROM facts WHERE seq = ?').pluck().get(seq) as
      | Buffer
      | undefined;
    return hash?.toString('hex') ?? null;
  }

  #guard<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw journalFailure(error, this.#path);
    }
  }
}

/** Digest kept beside a snapshot's state, so that a damaged state is discarded instead of loaded. */
export function digestOf(state: Uint8Array): Buffer {
  return createHash('sha256').update(state).digest();
}
