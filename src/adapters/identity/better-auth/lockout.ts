import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

const WINDOW_MS = 15 * 60_000;
/** Failed attempts within the window after which the door stays shut until the window has passed. */
const MAX_PER_ACCOUNT_AND_IP = 5;
const MAX_PER_IP = 20;
const MAX_PER_ACCOUNT = 50;
/** Rows kept; the oldest go first. */
export const MAX_LOCKOUT_ROWS = 20_000;

/**
 * Counts failed sign-ins by account and address, by address, and by account. An attempt is counted before its
 * password is looked at, so that a burst of parallel attempts counts in full. Keys are hashes: no address is kept.
 */
export class Lockout {
  readonly #db: Database;
  readonly #nowMs: () => number;

  constructor(db: Database, nowMs: () => number) {
    this.#db = db;
    this.#nowMs = nowMs;
    db.exec(`CREATE TABLE IF NOT EXISTS auth_attempt (
      key TEXT PRIMARY KEY, failures INTEGER NOT NULL, since_ms INTEGER NOT NULL) STRICT`);
  }

  /**
   * Counts an attempt.
   * @returns `waitMs` until another one is allowed, 0 when this one may go on; `shuts` when this one, should it fail,
   * is the last that was allowed
   */
  begin(email: string, ip: string): { waitMs: number; shuts: boolean } {
    return this.#db.transaction(() => {
      const now = this.#nowMs();
      this.#db.prepare('DELETE FROM auth_attempt WHERE since_ms <= ?').run(now - WINDOW_MS);
      let waitMs = 0;
      let shuts = false;
      for (const [key, max] of keysOf(email, ip)) {
        const row = this.#db.prepare('SELECT failures, since_ms FROM auth_attempt WHERE key = ?').get(key) as
          | { failures: number; since_ms: number }
          | undefined;
        if ((row?.failures ?? 0) + 1 === max) shuts = true;
        if (row && row.failures >= max) waitMs = Math.max(waitMs, row.since_ms + WINDOW_MS - now);
      }
      if (waitMs > 0) return { waitMs, shuts: false };
      const count = this.#db.prepare(
        'INSERT INTO auth_attempt VALUES (?, 1, ?) ON CONFLICT (key) DO UPDATE SET failures = failures + 1',
      );
      for (const [key] of keysOf(email, ip)) count.run(key, now);
      this.#db
        .prepare(
          `DELETE FROM auth_attempt WHERE key IN
           (SELECT key FROM auth_attempt ORDER BY since_ms DESC LIMIT -1 OFFSET ${MAX_LOCKOUT_ROWS})`,
        )
        .run();
      return { waitMs: 0, shuts };
    })();
  }

  /** The attempt was right: it no longer counts, and this account starts anew from this address. */
  succeed(email: string, ip: string): void {
    this.#db.transaction(() => {
      const [pair, ...wider] = keysOf(email, ip).map(([key]) => key);
      this.#db.prepare('DELETE FROM auth_attempt WHERE key = ?').run(pair);
      const uncount = this.#db.prepare('UPDATE auth_attempt SET failures = failures - 1 WHERE key = ?');
      for (const key of wider) uncount.run(key);
    })();
  }
}

function keysOf(email: string, ip: string): [string, number][] {
  const account = email.trim().toLowerCase();
  return [
    [hashOf(`pair\n${account}\n${ip}`), MAX_PER_ACCOUNT_AND_IP],
    [hashOf(`ip\n${ip}`), MAX_PER_IP],
    [hashOf(`account\n${account}`), MAX_PER_ACCOUNT],
  ];
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
