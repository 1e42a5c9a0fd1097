import { chmodSync } from 'node:fs';
import { isAPIError } from 'better-auth/api';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import {
  type Account,
  type Credentials,
  type Identity,
  type LinkView,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  type OneTimeLink,
  type Session,
  type SignedIn,
} from '#ports/identity.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { cookiesOnly, nameAndValue } from './cookies.ts';
import { authKey } from './key.ts';
import { type Library, openLibrary } from './library.ts';
import { listAccounts } from './accounts.ts';
import { Links } from './links.ts';
import { Lockout } from './lockout.ts';
import { deadLink, weakCredentials } from './refusals.ts';

/** Open sessions of one person; the oldest ends when one more is opened. */
export const MAX_SESSIONS_PER_PERSON = 10;

export interface IdentityOptions {
  /** `people.db`, made with mode 0600 when missing */
  peopleDbPath: string;
  /** folder of `auth.key` */
  keysDir: string;
  /** cookies are `Secure` */
  tls: boolean;
  /** links sign in as a simulated person, who may look through the eyes of others */
  demo: boolean;
  /** machine time; sessions themselves always follow the machine's clock */
  nowMs?: () => number;
}

/** Opens accounts and sessions on people.db. @throws PortFailure when the key file cannot be trusted */
export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const secret = authKey(options.keysDir);
  const db = new SqliteDatabase(options.peopleDbPath);
  chmodSync(options.peopleDbPath, 0o600);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  db.pragma('busy_timeout = 5000');
  const library = await openLibrary({ db, secret, tls: options.tls });
  return new HouseIdentity(db, library, options);
}

class HouseIdentity implements Identity {
  readonly #db: Database;
  readonly #library: Library;
  readonly #links: Links;
  readonly #lockout: Lockout;
  readonly #demo: boolean;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<(personId: string) => void>();

  constructor(db: Database, library: Library, options: IdentityOptions) {
    this.#db = db;
    this.#library = library;
    this.#demo = options.demo;
    this.#nowMs = options.nowMs ?? Date.now;
    this.#links = new Links(db, this.#nowMs);
    this.#lockout = new Lockout(db, this.#nowMs);
    db.prepare('DELETE FROM auth_session WHERE expiresAt <= ?').run(new Date().toISOString());
  }

  async sessionOf(headers: Headers): Promise<Session | null> {
    const found = await this.#library.api.getSession({
      headers: cookiesOnly(headers),
      query: { disableRefresh: true, disableCookieCache: true },
    });
    if (!found) return null;
    const { session } = found;
    return {
      personId: session.userId,
      sessionId: session.id,
      demo: this.#demo && (session as { demo?: boolean | null }).demo === true,
      expiresAtMs: session.expiresAt.getTime(),
    };
  }

  needsFirstLink(): boolean {
    return this.#db.prepare('SELECT 1 FROM auth_account WHERE password IS NOT NULL').get() === undefined;
  }

  createFirstLink(personId: string): OneTimeLink {
    return this.#links.create(this.#demo ? 'demo' : 'first', personId);
  }

  invite(personId: string, linkId: string): OneTimeLink {
    return this.#links.create('invitation', personId, linkId);
  }

  linkOf(token: string): LinkView | null {
    return this.#links.look(token);
  }

  async redeemLink(
    token: string,
    credentials: Credentials | null,
    record: (link: LinkView) => Promise<void>,
  ): Promise<SignedIn | Refusal> {
    const link = this.#links.look(token);
    if (!link) return deadLink();
    if (link.kind === 'demo') {
      if (!this.#demo) return deadLink();
      await record(link);
      if (!this.#links.take(token)) return deadLink();
      return this.#openSession(link.personId, true);
    }
    if (!credentials) return weakCredentials('An e-mail address and a password are needed.');
    const email = credentials.email.trim().toLowerCase();
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) return weakCredentials(`"${email}" is no e-mail address.`);
    const { length } = credentials.password;
    if (length < MIN_PASSWORD_LENGTH || length > MAX_PASSWORD_LENGTH) {
      return weakCredentials(`The password has ${length} characters.`);
    }
    const other = this.#db
      .prepare('SELECT id FROM auth_user WHERE email = ? AND id <> ?')
      .get(email, link.personId);
    if (other) {
      return refuse(
        'E-IDENTITY-005',
        'This e-mail address already belongs to another account.',
        'Use another address.',
      );
    }
    const context = await this.#library.$context;
    const hash = await context.password.hash(credentials.password);
    await record(link);
    if (!this.#links.take(token)) return deadLink();
    try {
      await this.#writeAccount(link.personId, email, hash);
    } catch (error) {
      this.#links.giveBack(token);
      throw error;
    }
    this.revokeAll(link.personId);
    return this.#openSession(link.personId, false);
  }

  async signIn(
    credentials: Credentials,
    ip: string,
    onLockedOut: (personId: string | null) => Promise<void>,
  ): Promise<SignedIn | Refusal> {
    const { waitMs, shuts } = this.#lockout.begin(credentials.email, ip);
    if (waitMs > 0) {
      return refuse(
        'E-IDENTITY-006',
        'Too many failed attempts to sign in.',
        `Wait ${Math.ceil(waitMs / 60_000)} min, or ask an administrator for a new link.`,
      );
    }
    try {
      const answer = await this.#library.api.signInEmail({
        body: { email: credentials.email.trim(), password: credentials.password },
        headers: new Headers(),
        returnHeaders: true,
      });
      this.#lockout.succeed(credentials.email, ip);
      return await this.#opened(answer.headers.getSetCookie());
    } catch (error) {
      if (!isAPIError(error)) throw error;
      if (shuts) await onLockedOut(this.#personOf(credentials.email));
      return refuse(
        'E-IDENTITY-007',
        'E-mail address or password is wrong.',
        'Try again, or ask an administrator for a new link.',
      );
    }
  }

  async signOut(headers: Headers): Promise<string[]> {
    const session = await this.sessionOf(headers);
    const answer = await this.#library.api.signOut({ headers: cookiesOnly(headers), returnHeaders: true });
    if (session) this.#tell(session.personId);
    return answer.headers.getSetCookie();
  }

  revokeAll(personId: string): void {
    this.#db.prepare('DELETE FROM auth_session WHERE userId = ?').run(personId);
    this.#tell(personId);
  }

  async switchTo(headers: Headers, personId: string): Promise<SignedIn | Refusal> {
    const session = await this.sessionOf(headers);
    if (!session?.demo) {
      return refuse(
        'E-IDENTITY-008',
        'Looking through the eyes of another person exists only in the demo.',
        'Sign in as yourself.',
      );
    }
    this.#db.prepare('DELETE FROM auth_session WHERE id = ?').run(session.sessionId);
    this.#tell(session.personId);
    return this.#openSession(personId, true);
  }

  erase(personId: string): void {
    this.#db.transaction(() => {
      this.#links.erase(personId);
      this.#db.prepare('DELETE FROM auth_session WHERE userId = ?').run(personId);
      this.#db.prepare('DELETE FROM auth_account WHERE userId = ?').run(personId);
      this.#db.prepare('DELETE FROM auth_user WHERE id = ?').run(personId);
    })();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    this.#tell(personId);
  }

  accounts(): Account[] {
    return listAccounts(this.#db, this.#links, this.#nowMs());
  }

  onSessionsEnded(listener: (personId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#db.close();
  }

  async #openSession(personId: string, demo: boolean): Promise<SignedIn> {
    const { internalAdapter } = await this.#library.$context;
    if (demo && !(await internalAdapter.findUserById(personId))) {
      await internalAdapter.createUser(userRow(personId, `${personId}@simulated.invalid`), {
        method: 'demo link',
      });
    }
    const answer = await this.#library.api.openSession({
      body: { personId, demo },
      headers: new Headers(),
      returnHeaders: true,
    });
    return this.#opened(answer.headers.getSetCookie());
  }

  /** Reads a session back from the cookies that carry it, and ends the person's oldest ones beyond the limit. */
  async #opened(cookies: string[]): Promise<SignedIn> {
    const session = await this.sessionOf(new Headers({ cookie: cookies.map(nameAndValue).join('; ') }));
    if (!session) throw new Error('E-IDENTITY-009 a session that was just opened cannot be read');
    this.#db
      .prepare(
        `DELETE FROM auth_session WHERE id IN
         (SELECT id FROM auth_session WHERE userId = ? ORDER BY createdAt DESC, rowid DESC
          LIMIT -1 OFFSET ${MAX_SESSIONS_PER_PERSON})`,
      )
      .run(session.personId);
    return { session, cookies };
  }

  async #writeAccount(personId: string, email: string, hash: string): Promise<void> {
    const { internalAdapter } = await this.#library.$context;
    const user = await internalAdapter.findUserById(personId);
    if (user) await internalAdapter.updateUser(personId, { email });
    else await internalAdapter.createUser(userRow(personId, email), { method: 'one-time link' });
    const known = this.#db
      .prepare(`SELECT id FROM auth_account WHERE userId = ? AND providerId = 'credential'`)
      .get(personId);
    if (known) await internalAdapter.updatePassword(personId, hash);
    else {
      await internalAdapter.linkAccount({
        userId: personId,
        accountId: personId,
        providerId: 'credential',
        password: hash,
      });
    }
  }

  #personOf(email: string): string | null {
    const id = this.#db
      .prepare('SELECT id FROM auth_user WHERE email = ?')
      .pluck()
      .get(email.trim().toLowerCase());
    return typeof id === 'string' ? id : null;
  }

  #tell(personId: string): void {
    for (const listener of this.#listeners) listener(personId);
  }
}

/** The name of a person lies in the people store only; the library's name field repeats the opaque id. */
function userRow(personId: string, email: string) {
  return { id: personId, name: personId, email, emailVerified: false };
}
