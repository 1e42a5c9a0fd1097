import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PortFailure } from '#ports/failure.ts';
import type { JournalHead } from '#ports/journal.ts';

/** One line of heads.jsonl. */
export interface SignedHead {
  /** number of facts the chain had */
  seq: number;
  /** chain hash of fact `seq`, hex */
  hash: string;
  /** when it was signed, ms since 1970 */
  atMs: number;
  /** ed25519 over `headText`, base64 */
  signature: string;
}

/** A line of heads.jsonl as read: a head whose signature holds, or why it does not count. */
export type ReadHead = { line: number; head: SignedHead } | { line: number; wrong: string };

export const PUBLIC_KEY_FILE = 'journal.pub';

/** Default second place of the signed heads; a real plant gives a path on another machine or disk. */
export function defaultHeadsPath(dir: string): string {
  return join(dir, 'heads', 'heads.jsonl');
}

/** What is signed: the site too, so that a head of one site does not vouch for another. */
export function headText(site: string, head: Omit<SignedHead, 'signature'>): Buffer {
  return Buffer.from(JSON.stringify(['throughline head 1', site, head.seq, head.hash, head.atMs]));
}

/**
 * Signs chain heads with the site's ed25519 key and appends them to the second place, fsynced.
 * Key and public key are made at first start in `<dir>/keys` (0600); the public key lies beside the heads as well.
 */
export class HeadSigner {
  readonly #site: string;
  readonly #headsPath: string;
  readonly #key: KeyObject;
  /** false until the file's end was looked at, and again after a failed write */
  #endsWhole = false;

  constructor(dir: string, site: string, secondPlace?: string | null) {
    const headsPath = secondPlace ?? defaultHeadsPath(dir);
    this.#site = site;
    this.#headsPath = headsPath;
    this.#key = privateKey(join(dir, 'keys'));
    mkdirSync(dirname(headsPath), { recursive: true, mode: 0o700 });
    const beside = join(dirname(headsPath), PUBLIC_KEY_FILE);
    if (!existsSync(beside)) writeWhole(beside, publicPem(this.#key));
  }

  async sign(head: JournalHead, atMs: number): Promise<void> {
    const bare = { seq: head.facts, hash: head.hash, atMs };
    const signature = sign(null, headText(this.#site, bare), this.#key).toString('base64');
    try {
      this.#append(`${JSON.stringify({ ...bare, signature })}\n`);
    } catch (error) {
      this.#endsWhole = false;
      throw new PortFailure(
        'E-JOURNAL-009',
        `The signed head of fact ${head.facts} could not be written to ${this.#headsPath}: ${(error as Error).message}.`,
        'Make that place writable again; the journal itself goes on and the next head covers the missing one.',
        true,
      );
    }
  }

  #append(line: string): void {
    const file = openSync(this.#headsPath, 'a+', 0o600);
    try {
      if (!this.#endsWhole) dropTornLine(file);
      this.#endsWhole = true;
      writeFileSync(file, line);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    syncFolder(dirname(this.#headsPath));
  }
}

/**
 * Reads the signed heads, oldest first, and checks each signature. A last line without its end was torn by a crash
 * and is left out. An absent file gives an empty list.
 */
export function readHeads(headsPath: string, site: string, publicKey: KeyObject): ReadHead[] {
  if (!existsSync(headsPath)) return [];
  const lines = readFileSync(headsPath, 'utf8').split('\n');
  lines.pop();
  return lines.map((text, at) => {
    const line = at + 1;
    const head = parsedHead(text);
    if (!head) return { line, wrong: 'is no signed head' };
    const good = verify(null, headText(site, head), publicKey, Buffer.from(head.signature, 'base64'));
    return good ? { line, head } : { line, wrong: 'has a signature that does not hold' };
  });
}

/** The key heads are checked with: the one beside them when there is one, else the data folder's. Null without any. */
export function readPublicKey(path: string): KeyObject | null {
  if (!existsSync(path)) return null;
  try {
    return createPublicKey(readFileSync(path));
  } catch {
    return null;
  }
}

function parsedHead(text: string): SignedHead | null {
  try {
    const head = JSON.parse(text) as Partial<SignedHead> | null;
    if (head === null || !Number.isSafeInteger(head.seq) || !Number.isFinite(head.atMs)) return null;
    if (typeof head.hash !== 'string' || typeof head.signature !== 'string') return null;
    const { seq, hash, atMs, signature } = head as SignedHead;
    // Only the very text that was written counts: base64 and JSON both have several spellings of one value.
    return JSON.stringify({ seq, hash, atMs, signature }) === text ? { seq, hash, atMs, signature } : null;
  } catch {
    return null;
  }
}

function privateKey(folder: string): KeyObject {
  const path = join(folder, 'journal.key');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey: made } = generateKeyPairSync('ed25519');
    writeWhole(join(folder, PUBLIC_KEY_FILE), publicPem(made));
    writeWhole(path, made.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  return createPrivateKey(readFileSync(path));
}

function publicPem(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

function writeWhole(path: string, text: string): void {
  const file = openSync(`${path}.tmp`, 'w', 0o600);
  writeFileSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
  syncFolder(dirname(path));
}

function dropTornLine(file: number): void {
  const text = readFileSync(file);
  const whole = text.lastIndexOf(10) + 1;
  if (whole < text.length) ftruncateSync(file, whole);
}

function syncFolder(folder: string): void {
  const file = openSync(folder, 'r');
  fsyncSync(file);
  closeSync(file);
}
