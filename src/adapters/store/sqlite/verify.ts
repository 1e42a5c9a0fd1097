import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { AuditResult } from '#ports/journal.ts';
import { CHAIN_START, chainHash } from './chain.ts';
import { defaultHeadsPath, PUBLIC_KEY_FILE, type ReadHead, readHeads, readPublicKey } from './heads.ts';
import { metaValue, openForReading } from './schema.ts';

export interface VerifyOptions {
  /** chain hash, hex, that was noted elsewhere and must appear in the chain */
  head?: string;
  /** second place of the signed heads; default `<dir>/heads/heads.jsonl` */
  headsPath?: string;
}

/** Records read per query: short reads, so that a running writer can go on emptying its write-ahead log. */
const CHUNK = 5_000;

interface Row {
  seq: number;
  hash: unknown;
  body: Buffer;
}

/** A hash the chain must have, and where it is known from. */
interface Anchor {
  /** null: only the hash is known, not its position */
  seq: number | null;
  hash: string;
  from: string;
}

/** What walking the chain found. */
interface Walk {
  facts: number;
  bad: { seq: number; why: string } | null;
  /** position of each wanted hash that appeared */
  found: Map<string, number>;
}

/**
 * Recomputes the hash chain of a data folder and holds it against its signed heads and an optional noted hash.
 * Reads beside a running server and writes nothing. `firstBad` is the first record that is changed, missing or out of
 * order; where a whole stretch was rewritten with fitting hashes, it is the first record no anchor vouches for.
 * @throws PortFailure E-JOURNAL-006 when there is no journal in `dir`
 */
export function auditVerify(dir: string, options: VerifyOptions = {}): AuditResult {
  const db = openForReading(dir);
  try {
    const headsPath = options.headsPath ?? defaultHeadsPath(dir);
    const anchors = signedAnchors(dir, headsPath, readSite(db));
    const noted =
      options.head === undefined ? [] : [{ seq: null, hash: options.head.toLowerCase(), from: '--head' }];
    const all: Anchor[] = [...anchors.good, ...noted];
    return judged(walk(db, new Set(all.map((anchor) => anchor.hash))), all, anchors.wrong);
  } finally {
    db.close();
  }
}

function readSite(db: Database.Database): string {
  try {
    return metaValue(db, 'site') ?? '';
  } catch {
    return '';
  }
}

function signedAnchors(dir: string, headsPath: string, site: string): { good: Anchor[]; wrong: string[] } {
  const keys = [join(dirname(headsPath), PUBLIC_KEY_FILE), join(dir, 'keys', PUBLIC_KEY_FILE)]
    .map(readPublicKey)
    .filter((key) => key !== null);
  const [key, other] = keys;
  if (!key) return { good: [], wrong: [] };
  const wrong: string[] = [];
  if (other && !key.equals(other)) {
    wrong.push(`the public key beside ${headsPath} is not the one in ${join(dir, 'keys')}`);
  }
  const good: Anchor[] = [];
  let last = -1;
  for (const read of readHeads(headsPath, site, key)) {
    const why = 'wrong' in read ? read.wrong : read.head.seq < last ? 'is out of order' : null;
    if (why !== null) wrong.push(`line ${read.line} of ${headsPath} ${why}`);
    else {
      const { head } = read as Extract<ReadHead, { head: unknown }>;
      last = head.seq;
      good.push({
        seq: head.seq,
        hash: head.hash,
        from: `the head signed at ${new Date(head.atMs).toISOString()}`,
      });
    }
  }
  return { good, wrong };
}

/** Follows the chain to its end or to the first record that does not fit. */
function walk(db: Database.Database, wanted: Set<string>): Walk {
  const found = new Map<string, number>();
  let hash: Buffer = CHAIN_START;
  if (wanted.has(hash.toString('hex'))) found.set(hash.toString('hex'), 0);
  let facts = 0;
  try {
    const read = db.prepare<[number, number]>(
      'SELECT seq, hash, CAST(body AS BLOB) AS body FROM facts WHERE seq >= ? ORDER BY seq LIMIT ?',
    );
    for (let from = Number.MIN_SAFE_INTEGER; ; from = facts + 1) {
      const rows = read.all(from, CHUNK) as Row[];
      for (const row of rows) {
        const next = chainHash(hash, row.body);
        const bad = fault(row, facts + 1, next);
        if (bad) return { facts: countFacts(db), bad, found };
        hash = next;
        facts += 1;
        const hex = hash.toString('hex');
        if (wanted.has(hex)) found.set(hex, facts);
      }
      if (rows.length < CHUNK) return { facts, bad: null, found };
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return { facts, bad: { seq: facts + 1, why: `cannot be read (${error.code}: ${error.message})` }, found };
  }
}

function fault(row: Row, expected: number, hash: Buffer): Walk['bad'] {
  if (row.seq > expected) return { seq: expected, why: 'is missing' };
  if (row.seq < expected) return { seq: row.seq, why: 'has no place in the chain' };
  if (!Buffer.isBuffer(row.hash) || !hash.equals(row.hash)) {
    return {
      seq: expected,
      why: 'does not fit its hash: it was changed, put in, or the record before it was',
    };
  }
  return bodySeq(row.body) === expected ? null : { seq: expected, why: 'names another position in its body' };
}

function bodySeq(body: Buffer): unknown {
  try {
    return (JSON.parse(body.toString('utf8')) as { seq?: unknown } | null)?.seq;
  } catch {
    return undefined;
  }
}

function countFacts(db: Database.Database): number {
  return db.prepare('SELECT count(*) FROM facts').pluck().get() as number;
}

/** Weighs the walk against the anchors: the earliest contradiction decides. */
function judged({ facts, bad, found }: Walk, anchors: Anchor[], wrongHeads: string[]): AuditResult {
  const end = bad ? bad.seq - 1 : facts;
  let anchoredTo: number | null = null;
  let broken: { seq: number; why: string } | null = bad && {
    seq: bad.seq,
    why: `Record ${bad.seq} ${bad.why}.`,
  };
  for (const anchor of anchors) {
    const at = found.get(anchor.hash);
    if (at !== undefined && (anchor.seq === null || at === anchor.seq))
      anchoredTo = Math.max(anchoredTo ?? 0, at);
  }
  for (const anchor of anchors) {
    const at = found.get(anchor.hash);
    if (at !== undefined && (anchor.seq === null || at === anchor.seq)) continue;
    const contradiction = contradicted(anchor, end, bad !== null, anchoredTo ?? 0);
    if (contradiction && (broken === null || contradiction.seq < broken.seq)) broken = contradiction;
  }
  const ok = broken === null && wrongHeads.length === 0;
  const said = [broken?.why, ...wrongHeads.map((each) => `${each[0]?.toUpperCase()}${each.slice(1)}.`)];
  if (ok) said.push(assurance(facts, anchoredTo));
  return { ok, facts, firstBad: broken?.seq ?? null, anchoredTo, message: said.filter(Boolean).join(' ') };
}

function contradicted(anchor: Anchor, end: number, cutShort: boolean, vouchedTo: number): Walk['bad'] {
  if (anchor.seq === null) {
    if (cutShort) return null;
    const seq = vouchedTo + 1;
    return {
      seq,
      why: `The hash given with ${anchor.from} is not in the chain: from record ${seq} on records were rewritten, or records after ${end} were cut off.`,
    };
  }
  if (anchor.seq > end) {
    if (cutShort) return null;
    return {
      seq: end + 1,
      why: `Records ${end + 1} to ${anchor.seq} were cut off: ${anchor.from} vouches for ${anchor.seq} records.`,
    };
  }
  const seq = Math.min(vouchedTo + 1, anchor.seq);
  return {
    seq,
    why: `Records ${seq} to ${anchor.seq} were rewritten, or some of them: ${anchor.from} has another hash for record ${anchor.seq}.`,
  };
}

function assurance(facts: number, anchoredTo: number | null): string {
  if (anchoredTo === null) {
    return 'The chain is whole in itself. Without a signed head or --head it cannot be excluded that its end was cut off or that all of it was written anew.';
  }
  if (anchoredTo < facts) {
    return `The chain is whole and agrees with its anchor at record ${anchoredTo}. It cannot be excluded that records after it were changed together with their hashes, or that later ones were cut off.`;
  }
  return `The chain is whole and agrees with its anchor at record ${anchoredTo}. It cannot be excluded that records after it were cut off.`;
}
