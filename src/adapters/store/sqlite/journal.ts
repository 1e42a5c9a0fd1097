import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { PortFailure } from '#ports/failure.ts';
import {
  type CommitUnit,
  type Journal,
  type JournalHead,
  MAX_UNITS_PER_COMMIT,
  type Snapshot,
  type SnapshotPart,
} from '#ports/journal.ts';
import { MAX_FACTS_PER_INPUT } from '#vocabulary/fact.ts';
import { bodyOf, chainHash } from './chain.ts';
import { journalFailure } from './failures.ts';
import { HeadSigner } from './heads.ts';
import { digestOf, JournalReader, KINDS } from './journal-reader.ts';
import { JOURNAL_FILE, openForWriting, snapshotTable } from './schema.ts';

export interface JournalOptions {
  /** site whose journal this is; a folder of another site is refused (E-JOURNAL-008) */
  site: string;
  /** second place for signed heads; default `<dir>/heads/heads.jsonl` */
  headsPath?: string | null;
  /** largest size of the journal file, bytes; past it commits fail as on a full disk. Default: as large as the disk */
  quotaBytes?: number;
}

/** Batches forgotten per transaction, so that a commit never waits behind a long delete. */
const FORGET_PER_TRANSACTION = 500;

/**
 * Opens the journal of a data folder for its one writer; the caller holds the folder's lock (`lock.ts`).
 * Every call blocks its thread until the bytes are on disk, so it belongs in the writer's thread.
 */
export function openJournal(dir: string, options: JournalOptions): Journal {
  return new SqliteJournal(dir, options);
}

class SqliteJournal implements Journal {
  readonly #path: string;
  readonly #db: Database.Database;
  readonly #reader: JournalReader;
  readonly #signer: HeadSigner;
  readonly #write: (units: CommitUnit[]) => JournalHead;
  #head: JournalHead;
  /** set after an input or output error: nothing may be written any more */
  #dead: PortFailure | null = null;

  constructor(dir: string, options: JournalOptions) {
    this.#path = join(dir, JOURNAL_FILE);
    this.#db = openForWriting(dir, options.site);
    try {
      if (options.quotaBytes !== undefined) limitSize(this.#db, options.quotaBytes);
      this.#signer = new HeadSigner(dir, options.site, options.headsPath);
      this.#reader = new JournalReader(this.#db, this.#path);
      this.#head = this.#reader.head();
      this.#write = this.#preparedWrite();
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  head(): JournalHead {
    return { ...this.#head };
  }

  async commit(units: CommitUnit[]): Promise<void> {
    if (units.length === 0) return;
    assertFits(units, this.#head);
    this.#head = this.#durably(() => this.#write(units));
  }

  facts(from: number, limit: number) {
    return this.#reader.facts(from, limit);
  }

  intake(from: number, limit: number) {
    return this.#reader.intake(from, limit);
  }

  answer(commandId: string) {
    return this.#reader.answer(commandId);
  }

  loadSnapshot(format: string, part?: SnapshotPart) {
    return this.#reader.loadSnapshot(format, part);
  }

  async saveSnapshot(snapshot: Snapshot, part: SnapshotPart = 'line'): Promise<void> {
    const { facts, intakeSeq, hash, format, state } = snapshot;
    const save = this.#db.prepare(
      `INSERT OR REPLACE INTO ${snapshotTable(part)} VALUES (1, ?, ?, ?, ?, ?, ?)`,
    );
    this.#durably(() => save.run(facts, intakeSeq, hash, format, digestOf(state), state));
  }

  async forgetBatches(through: number): Promise<void> {
    const last = Math.min(through, this.#head.intakeSeq);
    // The last entry may be forgotten too; without this the next start would count from too low a number.
    const note = this.#db.prepare(
      `INSERT INTO meta (key, value) VALUES ('forgottenThrough', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value
       WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)`,
    );
    const forget = this.#db.prepare(
      'DELETE FROM intake WHERE seq IN (SELECT seq FROM intake WHERE kind = 0 AND seq <= ? ORDER BY seq LIMIT ?)',
    );
    this.#durably(() => note.run(String(last)));
    while (this.#durably(() => forget.run(last, FORGET_PER_TRANSACTION)).changes === FORGET_PER_TRANSACTION) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async signHead(atMs: number): Promise<void> {
    await this.#signer.sign(this.#head, atMs);
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  #preparedWrite(): (units: CommitUnit[]) => JournalHead {
    const fact = this.#db.prepare('INSERT INTO facts (seq, hash, body) VALUES (?, ?, ?)');
    const input = this.#db.prepare('INSERT INTO intake (seq, receivedMs, kind, payload) VALUES (?, ?, ?, ?)');
    const answer = this.#db.prepare('INSERT INTO answers (command_id, answer) VALUES (?, ?)');
    const write = this.#db.transaction((units: CommitUnit[]) => {
      let { facts } = this.#head;
      let hash: Buffer = Buffer.from(this.#head.hash, 'hex');
      let { intakeSeq } = this.#head;
      for (const { intake, facts: following, command } of units) {
        input.run(intake.seq, intake.receivedMs, KINDS.indexOf(intake.kind), intake.payload);
        intakeSeq = intake.seq;
        for (const each of following) {
          const body = bodyOf(each);
          hash = chainHash(hash, body);
          fact.run(each.seq, hash, body);
          facts = each.seq;
        }
        if (command) answer.run(command.id, command.answer);
      }
      return { facts, hash: hash.toString('hex'), intakeSeq };
    });
    return (units) => write.immediate(units);
  }

  /** Runs one write; after it returns the bytes are on disk, after it throws nothing of it is there. */
  #durably<T>(write: () => T): T {
    if (this.#dead) throw this.#dead;
    try {
      return write();
    } catch (error) {
      const failure = journalFailure(error, this.#path);
      if (failure instanceof PortFailure && failure.code === 'E-JOURNAL-002') this.#dead = failure;
      throw failure;
    }
  }
}

function limitSize(db: Database.Database, bytes: number): void {
  const pageBytes = db.pragma('page_size', { simple: true }) as number;
  db.pragma(`max_page_count = ${Math.max(1, Math.floor(bytes / pageBytes))}`);
}

/** Holes, overlong groups and facts of another input are bugs of the caller: an assertion, before anything is written. */
function assertFits(units: CommitUnit[], head: JournalHead): void {
  if (units.length > MAX_UNITS_PER_COMMIT) {
    throw new Error(`bug: ${units.length} units in one commit, at most ${MAX_UNITS_PER_COMMIT}`);
  }
  let { facts: seq, intakeSeq } = head;
  for (const { intake, facts } of units) {
    intakeSeq += 1;
    if (intake.seq !== intakeSeq) throw new Error(`bug: input ${intake.seq} where ${intakeSeq} is next`);
    if (!KINDS.includes(intake.kind))
      throw new Error(`bug: input ${intake.seq} of unknown kind ${intake.kind}`);
    if (facts.length > MAX_FACTS_PER_INPUT) {
      throw new Error(
        `bug: ${facts.length} facts follow from input ${intake.seq}, at most ${MAX_FACTS_PER_INPUT}`,
      );
    }
    for (const fact of facts) {
      seq += 1;
      if (fact.seq !== seq) throw new Error(`bug: fact ${fact.seq} where ${seq} is next`);
      if (fact.intakeSeq !== intakeSeq) {
        throw new Error(`bug: fact ${fact.seq} names input ${fact.intakeSeq} but followed from ${intakeSeq}`);
      }
    }
  }
}
