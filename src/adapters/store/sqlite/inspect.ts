import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { PortFailure } from '#ports/failure.ts';
import type { HeadInspection, JournalInspection, SnapshotInspection } from '#ports/inspection.ts';
import { CHAIN_START } from './chain.ts';
import { journalFailure } from './failures.ts';
import { defaultHeadsPath, PUBLIC_KEY_FILE, readHeads } from './heads.ts';
import { JournalReader } from './journal-reader.ts';
import { JOURNAL_FILE, JOURNAL_FORMAT, metaValue, openForReading, snapshotTable } from './schema.ts';

/** Where the plant's description is looked for: it is among the first things a plant is told. */
const DESCRIBED_WITHIN_FACTS = 2_000;

export interface InspectOptions {
  headsPath?: string | null;
  /** format of snapshots that this program reads */
  snapshotFormat: string;
  /** batches up to this sequence rest in the sample store */
  archivedThrough: number;
}

/**
 * Looks at the journal of a data folder beside a running server: its last signed head, its snapshot, what waits. It reads
 * a handful of rows and the snapshot; whether every record is what it was is for `auditVerify`.
 * @throws PortFailure E-JOURNAL-006 no journal, -007 another format, and as reading fails
 */
export function inspectJournal(dir: string, options: InspectOptions): JournalInspection {
  const path = join(dir, JOURNAL_FILE);
  const db = openForReading(dir);
  try {
    const format = Number(metaValue(db, 'format'));
    if (format !== JOURNAL_FORMAT) throw otherFormat(path, format);
    const reader = new JournalReader(db, path);
    const { facts, intakeSeq } = reader.head();
    const hashAt = (seq: number): string | null =>
      seq === 0
        ? CHAIN_START.toString('hex')
        : ((db.prepare('SELECT lower(hex(hash)) FROM facts WHERE seq = ?').pluck().get(seq) as
            | string
            | undefined) ?? null);
    const waiting = db
      .prepare(
        'SELECT count(*) AS batches, min(receivedMs) AS oldestMs FROM intake WHERE seq > ? AND kind = 0',
      )
      .get(options.archivedThrough) as { batches: number; oldestMs: number | null };
    const kept = db.prepare('SELECT facts, intakeSeq FROM snapshot WHERE id = 1').get() as
      | Omit<SnapshotInspection, 'usable'>
      | undefined;
    const usable = kept !== undefined && reader.loadSnapshot(options.snapshotFormat) !== null;
    const later = usable && hasSensePart(db) ? reader.loadSnapshot(options.snapshotFormat, 'sense') : null;
    if (kept && later && later.intakeSeq > kept.intakeSeq) kept.intakeSeq = later.intakeSeq;
    return {
      site: reader.site,
      facts,
      intakeSeq,
      waiting,
      lastFactMs: reader.facts(facts, 1)[0]?.atMs ?? null,
      timeZone: zoneOf(reader),
      snapshot: kept ? { ...kept, usable } : null,
      head: lastHead(dir, options.headsPath ?? defaultHeadsPath(dir), reader.site, facts, hashAt),
    };
  } catch (error) {
    throw journalFailure(error, path);
  } finally {
    db.close();
  }
}

/** A journal that nobody has opened since an older version wrote it has no such table. */
function hasSensePart(db: Database.Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(snapshotTable('sense')) !== undefined;
}

function zoneOf(reader: JournalReader): string | null {
  const described = reader
    .facts(1, DESCRIBED_WITHIN_FACTS)
    .findLast((fact) => fact.type === 'strategy.plant-described');
  return (described?.data as { timeZone?: string } | undefined)?.timeZone ?? null;
}

function lastHead(
  dir: string,
  headsPath: string,
  site: string,
  facts: number,
  hashAt: (seq: number) => string | null,
): HeadInspection | null {
  const keyFile = [join(dirname(headsPath), PUBLIC_KEY_FILE), join(dir, 'keys', PUBLIC_KEY_FILE)].find(
    existsSync,
  );
  if (!keyFile) return null;
  const last = readHeads(headsPath, site, createPublicKey(readFileSync(keyFile))).at(-1);
  if (!last) return null;
  if ('wrong' in last) return { seq: 0, atMs: 0, wrong: `line ${last.line} of ${headsPath} ${last.wrong}` };
  const { seq, atMs, hash } = last.head;
  if (seq > facts) return { seq, atMs, wrong: `it vouches for ${seq} facts and the journal has ${facts}` };
  const wrong = hashAt(seq) === hash ? null : `fact ${seq} has another hash than the one that was signed`;
  return { seq, atMs, wrong };
}

function otherFormat(path: string, format: number): PortFailure {
  return new PortFailure(
    'E-JOURNAL-007',
    `${path} has format ${format}; this version reads and writes format ${JOURNAL_FORMAT}.`,
    'Start the version of Throughline that wrote it, or restore a backup that this version wrote.',
    false,
  );
}
