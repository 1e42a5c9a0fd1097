import { createHash, randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { LinkKind, LinkView, OneTimeLink } from '#ports/identity.ts';

const TOKEN_BYTES = 32;
const LINK_ID_BYTES = 8;
const LIFE_MS: Record<LinkKind, number> = {
  first: 15 * 60_000,
  demo: 15 * 60_000,
  invitation: 7 * 86_400_000,
};

/** One-time links, kept as SHA-256 of their token beside the accounts they open. */
export class Links {
  readonly #db: Database;
  readonly #nowMs: () => number;

  constructor(db: Database, nowMs: () => number) {
    this.#db = db;
    this.#nowMs = nowMs;
    db.exec(`CREATE TABLE IF NOT EXISTS auth_link (
      token_hash TEXT PRIMARY KEY, kind TEXT NOT NULL, person_id TEXT NOT NULL,
      expires_ms INTEGER NOT NULL, used_ms INTEGER, link_id TEXT NOT NULL DEFAULT '') STRICT`);
    const columns = db.pragma('table_info(auth_link)') as { name: string }[];
    if (!columns.some((column) => column.name === 'link_id')) {
      db.exec(`ALTER TABLE auth_link ADD COLUMN link_id TEXT NOT NULL DEFAULT ''`);
    }
  }

  /**
   * Makes a link; earlier unused links of the same person become void, and of the same kind where it opens the site.
   * Those of a demo stand beside each other: its simulated people come in by such links too, also as the visitor's
   * person, and must not void the one that was printed.
   */
  create(kind: LinkKind, personId: string, linkId = randomBytes(LINK_ID_BYTES).toString('hex')): OneTimeLink {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const expiresAtMs = this.#nowMs() + LIFE_MS[kind];
    this.#db.transaction(() => {
      this.#db
        .prepare(
          `DELETE FROM auth_link WHERE used_ms IS NULL AND kind <> 'demo' AND (person_id = ? OR (kind = ? AND kind <> 'invitation'))`,
        )
        .run(personId, kind);
      this.#db
        .prepare(
          'INSERT INTO auth_link (token_hash, kind, person_id, expires_ms, link_id) VALUES (?, ?, ?, ?, ?)',
        )
        .run(hashOf(token), kind, personId, expiresAtMs, linkId);
    })();
    return { linkId, token, path: `/enter#${token}`, expiresAtMs };
  }

  look(token: string): LinkView | null {
    const row = this.#db
      .prepare(
        'SELECT kind, person_id, expires_ms, link_id FROM auth_link WHERE token_hash = ? AND used_ms IS NULL AND expires_ms > ?',
      )
      .get(hashOf(token), this.#nowMs()) as
      | { kind: LinkKind; person_id: string; expires_ms: number; link_id: string }
      | undefined;
    if (!row) return null;
    // a link made before links had ids is told apart by a hash of its hash
    const linkId = row.link_id || hashOf(hashOf(token)).slice(0, 2 * LINK_ID_BYTES);
    return { linkId, kind: row.kind, personId: row.person_id, expiresAtMs: row.expires_ms };
  }

  /** Uses a link up; false when somebody was faster or it expired. */
  take(token: string): boolean {
    const taken = this.#db
      .prepare('UPDATE auth_link SET used_ms = ? WHERE token_hash = ? AND used_ms IS NULL AND expires_ms > ?')
      .run(this.#nowMs(), hashOf(token), this.#nowMs());
    return taken.changes === 1;
  }

  /** Gives a link back whose account could not be made. */
  giveBack(token: string): void {
    this.#db.prepare('UPDATE auth_link SET used_ms = NULL WHERE token_hash = ?').run(hashOf(token));
  }

  /** End of the person's open invitation, or null. */
  openUntilMs(personId: string): number | null {
    const row = this.#db
      .prepare(
        'SELECT max(expires_ms) AS until FROM auth_link WHERE person_id = ? AND used_ms IS NULL AND expires_ms > ?',
      )
      .get(personId, this.#nowMs()) as { until: number | null };
    return row.until;
  }

  erase(personId: string): void {
    this.#db.prepare('DELETE FROM auth_link WHERE person_id = ?').run(personId);
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
