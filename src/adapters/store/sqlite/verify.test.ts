import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Journal } from '#ports/journal.ts';
import { CHAIN_START, chainHash } from './chain.ts';
import { openJournal } from './journal.ts';
import { auditVerify } from './verify.ts';

const FACTS = 40;
/** Records at which the head was signed. */
const SIGNED = [0, 12, 30, 40];
let root: string;
let original: string;
let copies = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'verify-'));
  original = join(root, 'original');
  const journal = openJournal(original, { site: 'p1' });
  await journal.signHead(1);
  for (let seq = 1; seq <= FACTS; seq++) {
    await note(journal, seq);
    if (SIGNED.includes(seq)) await journal.signHead(seq);
  }
  await journal.close();
});
afterAll(() => rmSync(root, { recursive: true }));

function note(journal: Journal, seq: number): Promise<void> {
  const intake = { seq, receivedMs: seq, kind: 'tick' as const, payload: new Uint8Array() };
  const data = { asset: `p1.P-${seq % 7}`, litres: seq * 1.5 };
  const place = { id: `id${seq}`, seq, atMs: seq, causeId: `intake:${seq}`, intakeSeq: seq };
  const fact = { ...place, actor: 'system:clock' as const, type: 'test.noted', v: 1, data };
  return journal.commit([{ intake, facts: [fact], command: null }]);
}

/** A copy of the journal, changed by `tamper`, then verified. */
function tampered(tamper: (db: Database.Database, dir: string) => void, options = {}) {
  const dir = join(root, `copy-${copies++}`);
  cpSync(original, dir, { recursive: true });
  const db = new Database(join(dir, 'site.db'));
  db.pragma('synchronous = OFF');
  tamper(db, dir);
  db.close();
  const result = auditVerify(dir, options);
  rmSync(dir, { recursive: true });
  return result;
}

function bodyAt(db: Database.Database, seq: number): string {
  return db.prepare('SELECT body FROM facts WHERE seq = ?').pluck().get(seq) as string;
}

/** What someone does who knows the format: gives every record from `from` on the hash that fits. */
function rehash(db: Database.Database, from: number): void {
  let hash =
    (db
      .prepare('SELECT hash FROM facts WHERE seq = ?')
      .pluck()
      .get(from - 1) as Buffer | undefined) ?? CHAIN_START;
  for (const row of db.prepare('SELECT seq, body FROM facts WHERE seq >= ? ORDER BY seq').all(from) as {
    seq: number;
    body: string;
  }[]) {
    hash = chainHash(hash, row.body);
    db.prepare('UPDATE facts SET hash = ? WHERE seq = ?').run(hash, row.seq);
  }
}

const renumber = (body: string, seq: number) => JSON.stringify({ ...(JSON.parse(body) as object), seq });
const edited = (body: string) => body.replace(/"litres":[\d.]+/, '"litres":-1');
const signedBefore = (seq: number) => Math.max(...SIGNED.filter((each) => each < seq));
const at = fc.integer({ min: 1, max: FACTS });
const runs = { numRuns: 40 };

describe('audit verify finds', () => {
  it('nothing in an untouched journal, and says what it is anchored to', () => {
    expect(auditVerify(original)).toMatchObject({
      ok: true,
      facts: FACTS,
      firstBad: null,
      anchoredTo: FACTS,
    });
  });

  it('an edited byte of any body, exactly', () => {
    fc.assert(
      fc.property(at, fc.nat(), fc.integer({ min: 1, max: 126 }), (seq, where, by) => {
        const result = tampered((db) => {
          const bytes = Buffer.from(bodyAt(db, seq));
          const place = where % bytes.length;
          bytes[place] = ((bytes[place] as number) + by) % 127;
          db.prepare('UPDATE facts SET body = CAST(? AS TEXT) WHERE seq = ?').run(bytes, seq);
        });
        expect(result).toMatchObject({ ok: false, facts: FACTS, firstBad: seq });
      }),
      runs,
    );
  });

  it('an edited hash, exactly', () => {
    fc.assert(
      fc.property(at, fc.nat(31), (seq, byte) => {
        const result = tampered((db) => {
          const hash = db.prepare('SELECT hash FROM facts WHERE seq = ?').pluck().get(seq) as Buffer;
          hash[byte] = (hash[byte] as number) ^ 1;
          db.prepare('UPDATE facts SET hash = ? WHERE seq = ?').run(hash, seq);
        });
        expect(result).toMatchObject({ ok: false, firstBad: seq });
      }),
      runs,
    );
  });

  it('a record deleted from the middle, exactly, also when the rest moved up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: FACTS - 1 }), fc.boolean(), (seq, close) => {
        const result = tampered((db) => {
          db.prepare('DELETE FROM facts WHERE seq = ?').run(seq);
          for (let each = close ? seq + 1 : FACTS + 1; each <= FACTS; each++) {
            db.prepare('UPDATE facts SET seq = ?, body = ? WHERE seq = ?').run(
              each - 1,
              renumber(bodyAt(db, each), each - 1),
              each,
            );
          }
        });
        expect(result).toMatchObject({ ok: false, facts: FACTS - 1, firstBad: seq });
      }),
      runs,
    );
  });

  it('a cut tail, exactly, by the last signed head', () => {
    fc.assert(
      fc.property(at, (seq) => {
        const result = tampered((db) => db.prepare('DELETE FROM facts WHERE seq >= ?').run(seq));
        expect(result).toMatchObject({
          ok: false,
          facts: seq - 1,
          firstBad: seq,
          anchoredTo: signedBefore(seq),
        });
      }),
      runs,
    );
  });

  it('two records that changed places, exactly', () => {
    fc.assert(
      fc.property(fc.uniqueArray(at, { minLength: 2, maxLength: 2 }), fc.boolean(), (pair, renumbered) => {
        const [first, second] = pair.toSorted((a, b) => a - b) as [number, number];
        const result = tampered((db) => {
          const [a, b] = [bodyAt(db, first), bodyAt(db, second)];
          const put = db.prepare('UPDATE facts SET body = ? WHERE seq = ?');
          put.run(renumbered ? renumber(b, first) : b, first);
          put.run(renumbered ? renumber(a, second) : a, second);
        });
        expect(result).toMatchObject({ ok: false, firstBad: first });
      }),
      runs,
    );
  });

  it('a record put in, exactly, also before the first and after the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: FACTS + 1 }), (seq) => {
        const result = tampered((db) => {
          const body = bodyAt(db, 5);
          for (let each = FACTS; each >= Math.max(1, seq); each--) {
            db.prepare('UPDATE facts SET seq = ?, body = ? WHERE seq = ?').run(
              each + 1,
              renumber(bodyAt(db, each), each + 1),
              each,
            );
          }
          db.prepare('INSERT INTO facts VALUES (?, ?, ?)').run(seq, Buffer.alloc(32), renumber(body, seq));
        });
        expect(result).toMatchObject({ ok: false, facts: FACTS + 1, firstBad: seq });
      }),
      runs,
    );
  });

  it('a chain rewritten with fitting hashes: from the first record no head vouches for', () => {
    fc.assert(
      fc.property(at, (seq) => {
        const result = tampered((db) => {
          db.prepare('UPDATE facts SET body = ? WHERE seq = ?').run(edited(bodyAt(db, seq)), seq);
          rehash(db, seq);
        });
        expect(result).toMatchObject({
          ok: false,
          firstBad: signedBefore(seq) + 1,
          anchoredTo: signedBefore(seq),
        });
        expect(result.message).toContain('rewritten');
      }),
      runs,
    );
  });

  it('an edited head file', () => {
    fc.assert(
      fc.property(fc.nat(SIGNED.length - 1), fc.nat(), fc.integer({ min: 1, max: 9 }), (line, where, by) => {
        const result = tampered((_db, dir) => {
          const path = join(dir, 'heads', 'heads.jsonl');
          const lines = readFileSync(path, 'utf8').split('\n');
          const digits = [...(lines[line] as string).matchAll(/\d/g)];
          const digit = digits[where % digits.length] as RegExpExecArray;
          const other = (Number(digit[0]) + by) % 10;
          lines[line] = `${lines[line]?.slice(0, digit.index)}${other}${lines[line]?.slice(digit.index + 1)}`;
          writeFileSync(path, lines.join('\n'));
        });
        expect(result.ok).toBe(false);
        expect(result.message).toMatch(new RegExp(`line ${line + 1} of`, 'i'));
      }),
      runs,
    );
  });

  it('heads signed anew with another key', () => {
    const result = tampered((_db, dir) => {
      const { publicKey } = generateKeyPairSync('ed25519');
      writeFileSync(join(dir, 'keys', 'journal.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
    });
    expect(result.ok).toBe(false);
    expect(result.message).toContain('public key');
  });
});

describe('audit verify without signed heads', () => {
  const withoutHeads = (dir: string) => rmSync(join(dir, 'heads'), { recursive: true });

  it('says what it cannot exclude', () => {
    const result = tampered((_db, dir) => withoutHeads(dir));
    expect(result).toMatchObject({ ok: true, facts: FACTS, firstBad: null, anchoredTo: null });
    expect(result.message).toContain('cannot be excluded');
  });

  it('holds the chain against a noted hash instead', () => {
    const hashAt = (seq: number) => {
      const db = new Database(join(original, 'site.db'), { readonly: true });
      const hash = db.prepare('SELECT hash FROM facts WHERE seq = ?').pluck().get(seq) as Buffer;
      db.close();
      return hash.toString('hex');
    };
    const noted = { head: hashAt(33) };
    expect(tampered((_db, dir) => withoutHeads(dir), noted)).toMatchObject({ ok: true, anchoredTo: 33 });
    const cut = tampered((db, dir) => {
      withoutHeads(dir);
      db.prepare('DELETE FROM facts WHERE seq > 32').run();
    }, noted);
    expect(cut).toMatchObject({ ok: false, anchoredTo: null });
    const rewritten = tampered((db, dir) => {
      withoutHeads(dir);
      db.prepare('UPDATE facts SET body = ? WHERE seq = 1').run(edited(bodyAt(db, 1)));
      rehash(db, 1);
    }, noted);
    expect(rewritten).toMatchObject({ ok: false, firstBad: 1 });
    expect(tampered(() => {}, { head: 'f'.repeat(64) }).ok).toBe(false);
  });
});

describe('audit verify', () => {
  it('leaves out a head line that a crash tore, and the next signature replaces it', async () => {
    const dir = join(root, 'torn');
    cpSync(original, dir, { recursive: true });
    appendFileSync(join(dir, 'heads', 'heads.jsonl'), '{"seq":40,"ha');
    expect(auditVerify(dir)).toMatchObject({ ok: true, anchoredTo: FACTS });
    const journal = openJournal(dir, { site: 'p1' });
    await note(journal, FACTS + 1);
    await journal.signHead(9_999);
    expect(auditVerify(dir)).toMatchObject({ ok: true, facts: FACTS + 1, anchoredTo: FACTS + 1 });
    await journal.close();
    expect(
      readFileSync(join(dir, 'heads', 'heads.jsonl'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(SIGNED.length + 1);
  });

  it('names the place when the file itself is damaged', () => {
    const dir = join(root, 'damaged');
    cpSync(original, dir, { recursive: true });
    const path = join(dir, 'site.db');
    const bytes = readFileSync(path);
    const where = bytes.indexOf('"id":"id20"');
    bytes.fill(0, where - (where % 4096), where - (where % 4096) + 4096);
    writeFileSync(path, bytes);
    const result = auditVerify(dir);
    expect(result.ok).toBe(false);
    expect(result.firstBad).toBeLessThanOrEqual(20);
  });
});
