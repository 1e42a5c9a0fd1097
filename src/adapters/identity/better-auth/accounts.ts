import type { Database } from 'better-sqlite3';
import type { Account } from '#ports/identity.ts';
import type { Links } from './links.ts';

/** Everybody who has an account, or an open link to make one. @param nowMs machine time */
export function listAccounts(db: Database, links: Links, nowMs: number): Account[] {
  const rows = db
    .prepare(
      `SELECT u.id AS personId, u.email AS email,
         EXISTS (SELECT 1 FROM auth_account a WHERE a.userId = u.id AND a.password IS NOT NULL) AS hasPassword,
         (SELECT count(*) FROM auth_session s WHERE s.userId = u.id AND s.expiresAt > ?) AS sessions
       FROM auth_user u
       UNION SELECT l.person_id, NULL, 0, 0 FROM auth_link l
         WHERE l.used_ms IS NULL AND l.expires_ms > ? AND l.person_id NOT IN (SELECT id FROM auth_user)`,
    )
    .all(new Date().toISOString(), nowMs) as {
    personId: string;
    email: string | null;
    hasPassword: 0 | 1;
    sessions: number;
  }[];
  return rows.map((row) => ({
    personId: row.personId,
    email: row.hasPassword ? row.email : null,
    hasPassword: row.hasPassword === 1,
    sessions: row.sessions,
    invitedUntilMs: links.openUntilMs(row.personId),
  }));
}
