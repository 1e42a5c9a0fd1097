import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommitUnit, Journal } from '#ports/journal.ts';
import { MAX_FACTS_PER_INPUT, type Recorded } from '#vocabulary/fact.ts';
import { openJournal } from './journal.ts';
import { openJournalReader } from './journal-reader.ts';
import { openForWriting } from './schema.ts';

let dir: string;
let journal: Journal;

beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'journal-')), 'data');
  journal = openJournal(dir, { site: 'p1' });
});
afterEach(async () => {
  await journal.close();
  rmSync(join(dir, '..'), { recursive: true });
});

/** A unit whose input is `intakeSeq` and whose facts start at `firstFact`. */
function unit(
  intakeSeq: number,
  firstFact: number,
  facts: number,
  kind: 'batch' | 'tick' | 'command' = 'batch',
): CommitUnit {
  return {
    intake: {
      seq: intakeSeq,
      receivedMs: 1_000 * intakeSeq,
      kind,
      payload: Uint8Array.of(intakeSeq & 255, 7),
    },
    facts: Array.from({ length: facts }, (_, at) => fact(firstFact + at, intakeSeq)),
    command: kind === 'command' ? { id: `c${intakeSeq}`, answer: `{"n":${intakeSeq}}` } : null,
  };
}

function fact(
  seq: number,
  intakeSeq: number,
  data: unknown = { seq, word: 'größe', nothing: null },
): Recorded {
  return {
    id: `id${seq}`,
    seq,
    atMs: 1_000 * intakeSeq,
    actor: 'system:clock',
    causeId: `intake:${intakeSeq}`,
    intakeSeq,
    type: 'test.noted',
    v: 1,
    data,
  };
}

describe('journal', () => {
  it('keeps inputs, facts and answers across a reopening, in order', async () => {
    await journal.commit([unit(1, 1, 2), unit(2, 3, 0, 'tick'), unit(3, 3, 1, 'command')]);
    const head = journal.head();
    expect(head).toMatchObject({ facts: 3, intakeSeq: 3 });
    await journal.close();
    journal = openJournal(dir, { site: 'p1' });
    expect(journal.head()).toEqual(head);
    expect(journal.facts(1, 10)).toEqual([fact(1, 1), fact(2, 1), fact(3, 3)]);
    expect(journal.facts(2, 1)).toEqual([fact(2, 1)]);
    expect(journal.intake(2, 10).map(({ seq, kind }) => [seq, kind])).toEqual([
      [2, 'tick'],
      [3, 'command'],
    ]);
    expect([...(journal.intake(1, 1)[0]?.payload ?? [])]).toEqual([1, 7]);
    expect(journal.answer('c3')).toBe('{"n":3}');
    expect(journal.answer('c4')).toBeNull();
  });

  it('is set to sync the write-ahead log at every commit', () => {
    const db = openForWriting(dir, 'p1');
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    db.close();
  });

  it('refuses holes, foreign facts, too many facts and values JSON would change, and writes nothing then', async () => {
    const wrong: CommitUnit[][] = [
      [unit(2, 1, 1)],
      [unit(1, 2, 1)],
      [unit(1, 1, 1), unit(1, 2, 1)],
      [{ ...unit(1, 1, 0), facts: [fact(1, 2)] }],
      [unit(1, 1, MAX_FACTS_PER_INPUT + 1)],
      [unit(1, 1, 1), { ...unit(2, 2, 0), facts: [fact(2, 2, { value: Number.NaN })] }],
      [unit(1, 1, 1), { ...unit(2, 2, 0), facts: [fact(2, 2, { value: new Map() })] }],
      [unit(1, 1, 1, 'command'), { ...unit(2, 2, 0, 'command'), command: { id: 'c1', answer: '' } }],
      Array.from({ length: 257 }, (_, at) => unit(at + 1, 1, 0)),
    ];
    for (const units of wrong) await expect(journal.commit(units)).rejects.toThrow(/^bug|UNIQUE/);
    expect(journal.head()).toEqual({ facts: 0, hash: '0'.repeat(64), intakeSeq: 0 });
    expect(journal.intake(1, 10)).toEqual([]);
    await journal.commit([unit(1, 1, 1)]);
    expect(journal.head().facts).toBe(1);
  });

  it('forgets batches only, and counts on from the true last input afterwards', async () => {
    await journal.commit([unit(1, 1, 1), unit(2, 2, 0, 'tick'), unit(3, 2, 0, 'command'), unit(4, 2, 1)]);
    await journal.forgetBatches(1);
    expect(journal.intake(1, 10).map((entry) => entry.seq)).toEqual([2, 3, 4]);
    await journal.forgetBatches(4_000);
    expect(journal.intake(1, 10).map((entry) => entry.seq)).toEqual([2, 3]);
    await journal.forgetBatches(2);
    await journal.close();
    journal = openJournal(dir, { site: 'p1' });
    expect(journal.head().intakeSeq).toBe(4);
    await journal.commit([unit(5, 3, 1)]);
    expect(journal.head()).toMatchObject({ facts: 3, intakeSeq: 5 });
  });

  it('forgets more batches than fit one transaction', async () => {
    for (let at = 0; at < 5; at++) {
      await journal.commit(Array.from({ length: 250 }, (_, n) => unit(at * 250 + n + 1, 1, 0)));
    }
    await journal.forgetBatches(1_249);
    expect(journal.intake(1, 10).map((entry) => entry.seq)).toEqual([1_250]);
  });

  it('gives a snapshot back only when format, position, hash and bytes agree', async () => {
    await journal.commit([unit(1, 1, 3)]);
    const { facts, hash, intakeSeq } = journal.head();
    const snapshot = { facts, hash, intakeSeq, format: 'f1', state: Uint8Array.of(1, 2, 3) };
    await journal.saveSnapshot(snapshot);
    await journal.commit([unit(2, 4, 1)]);
    const read = journal.loadSnapshot('f1');
    expect(read && { ...read, state: Uint8Array.from(read.state) }).toEqual(snapshot);
    expect(journal.loadSnapshot('f2')).toBeNull();
    await journal.saveSnapshot({ ...snapshot, facts: 2 });
    expect(journal.loadSnapshot('f1')).toBeNull();
    await journal.saveSnapshot({ ...snapshot, facts: 9 });
    expect(journal.loadSnapshot('f1')).toBeNull();
    await journal.saveSnapshot({ ...snapshot, intakeSeq: 9 });
    expect(journal.loadSnapshot('f1')).toBeNull();
    await journal.saveSnapshot(snapshot);
    const db = new Database(join(dir, 'site.db'));
    db.exec("UPDATE snapshot SET state = x'010204'");
    db.close();
    expect(journal.loadSnapshot('f1')).toBeNull();
  });

  it('keeps a snapshot of the data plane beside that of the line', async () => {
    await journal.commit([unit(1, 1, 3)]);
    const { facts, hash, intakeSeq } = journal.head();
    const line = { facts, hash, intakeSeq, format: 'f1', state: Uint8Array.of(1) };
    await journal.saveSnapshot(line);
    expect(journal.loadSnapshot('f1', 'sense')).toBeNull();
    await journal.saveSnapshot({ ...line, state: Uint8Array.of(2) }, 'sense');
    const states = [journal.loadSnapshot('f1'), journal.loadSnapshot('f1', 'sense')].map(
      (one) => one?.state[0],
    );
    expect(states).toEqual([1, 2]);
    const db = new Database(join(dir, 'site.db'));
    db.exec("UPDATE sense_snapshot SET state = x'03'");
    db.close();
    expect(journal.loadSnapshot('f1', 'sense')).toBeNull();
    expect(journal.loadSnapshot('f1')).not.toBeNull();
  });

  it('is read by a second connection beside the writer', async () => {
    await journal.commit([unit(1, 1, 1)]);
    const reader = openJournalReader(dir);
    await journal.commit([unit(2, 2, 1)]);
    expect(reader.site).toBe('p1');
    expect(reader.head()).toEqual(journal.head());
    expect(reader.facts(1, 5)).toHaveLength(2);
    reader.close();
  });

  it('belongs to one site and one format', async () => {
    expect(() => openJournal(dir, { site: 'p2' })).toThrow(
      expect.objectContaining({ code: 'E-JOURNAL-008' }),
    );
    const db = new Database(join(dir, 'site.db'));
    db.exec("UPDATE meta SET value = '2' WHERE key = 'format'");
    db.close();
    expect(() => openJournal(dir, { site: 'p1' })).toThrow(
      expect.objectContaining({ code: 'E-JOURNAL-007' }),
    );
    expect(() => openJournalReader(join(dir, 'none'))).toThrow(
      expect.objectContaining({ code: 'E-JOURNAL-006' }),
    );
  });

  it('names a damaged file', async () => {
    await journal.close();
    const path = join(dir, 'site.db');
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([Buffer.from('no database at all'), bytes.subarray(18)]));
    expect(() => openJournal(dir, { site: 'p1' })).toThrow(
      expect.objectContaining({ code: 'E-JOURNAL-003' }),
    );
    writeFileSync(path, bytes);
    journal = openJournal(dir, { site: 'p1' });
  });

  it('lets nobody else read folder, journal and key', async () => {
    await journal.commit([unit(1, 1, 1)]);
    await journal.signHead(5);
    const mode = (name: string) => (statSync(join(dir, name)).mode & 0o777).toString(8);
    expect(['.', 'keys', 'heads'].map(mode)).toEqual(['700', '700', '700']);
    const files = [
      'site.db',
      'site.db-wal',
      'site.db-shm',
      'keys/journal.key',
      'keys/journal.pub',
      'heads/heads.jsonl',
    ];
    expect(files.map(mode)).toEqual(files.map(() => '600'));
  });
});
