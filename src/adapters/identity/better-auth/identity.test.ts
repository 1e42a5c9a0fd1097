import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, chmodSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Identity, SignedIn } from '#ports/identity.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { openIdentity, MAX_SESSIONS_PER_PERSON } from './identity.ts';

const PASSWORD = 'correct horse battery';
let dir: string;
let nowMs: number;
const opened: Identity[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'throughline-identity-'));
  nowMs = Date.now();
});
afterEach(() => {
  for (const identity of opened.splice(0)) identity.close();
  rmSync(dir, { recursive: true, force: true });
});

async function open(options: { demo?: boolean; tls?: boolean; dir?: string } = {}): Promise<Identity> {
  const at = options.dir ?? dir;
  const identity = await openIdentity({
    peopleDbPath: join(at, 'people.db'),
    keysDir: join(at, 'keys'),
    tls: options.tls ?? false,
    demo: options.demo ?? false,
    nowMs: () => nowMs,
  });
  opened.push(identity);
  return identity;
}

const unrecorded = async (): Promise<void> => {};
const untold = async (): Promise<void> => {};

function signedIn(answer: SignedIn | Refusal): SignedIn {
  if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.message}`);
  return answer;
}

function codeOf(answer: SignedIn | Refusal): string {
  return isRefusal(answer) ? answer.code : 'signed in';
}

function cookieOf(answer: SignedIn): Headers {
  return new Headers({ cookie: answer.cookies.map((c) => c.split(';')[0]).join('; ') });
}

async function withAccount(identity: Identity, personId = 'p-1', email = 'ana@plant.example') {
  const { token } = identity.invite(personId, 'link-1');
  return signedIn(await identity.redeemLink(token, { email, password: PASSWORD }, unrecorded));
}

describe('one-time links', () => {
  it('the first link makes an account once, and never again', async () => {
    const identity = await open();
    expect(identity.needsFirstLink()).toBe(true);
    const link = identity.createFirstLink('p-1');
    expect(link.path).toBe(`/enter#${link.token}`);
    expect(link.expiresAtMs - nowMs).toBe(15 * 60_000);
    expect(identity.linkOf(link.token)).toMatchObject({ kind: 'first', personId: 'p-1' });
    const credentials = { email: 'Ana@Plant.example', password: PASSWORD };
    const all = await Promise.all(
      [1, 2, 3].map(() => identity.redeemLink(link.token, credentials, unrecorded)),
    );
    expect(all.map(codeOf).toSorted()).toEqual(['E-IDENTITY-003', 'E-IDENTITY-003', 'signed in']);
    expect(identity.needsFirstLink()).toBe(false);
    expect(codeOf(await identity.redeemLink(link.token, credentials, unrecorded))).toBe('E-IDENTITY-003');
    expect(
      codeOf(await identity.signIn({ email: 'ana@plant.example ', password: PASSWORD }, '::1', untold)),
    ).toBe('signed in');
  });

  it('expires after 15 min, an invitation after 7 days', async () => {
    const identity = await open();
    const first = identity.createFirstLink('p-1');
    const invitation = identity.invite('p-2', 'link-1');
    nowMs += 15 * 60_000;
    const credentials = { email: 'a@b.c', password: PASSWORD };
    expect(codeOf(await identity.redeemLink(first.token, credentials, unrecorded))).toBe('E-IDENTITY-003');
    nowMs += 7 * 86_400_000 - 15 * 60_000 - 1;
    expect(identity.linkOf(invitation.token)).not.toBeNull();
    nowMs += 1;
    expect(identity.linkOf(invitation.token)).toBeNull();
  });

  it('a new link makes the earlier one void, and no token is kept in the clear', async () => {
    const identity = await open();
    const one = identity.invite('p-2', 'link-1');
    const two = identity.invite('p-2', 'link-1');
    expect(identity.linkOf(one.token)).toBeNull();
    expect(identity.linkOf(two.token)).not.toBeNull();
    for (const file of readdirSync(dir).filter((name) => name.startsWith('people.db'))) {
      const bytes = readFileSync(join(dir, file));
      expect(bytes.includes(two.token)).toBe(false);
    }
  });

  it('refuses short passwords and a taken address without using the link up', async () => {
    const identity = await open();
    await withAccount(identity);
    const { token } = identity.invite('p-2', 'link-1');
    expect(
      codeOf(await identity.redeemLink(token, { email: 'b@c.d', password: 'elevenchars' }, unrecorded)),
    ).toBe('E-IDENTITY-004');
    expect(
      codeOf(await identity.redeemLink(token, { email: 'no address', password: PASSWORD }, unrecorded)),
    ).toBe('E-IDENTITY-004');
    expect(codeOf(await identity.redeemLink(token, null, unrecorded))).toBe('E-IDENTITY-004');
    expect(
      codeOf(
        await identity.redeemLink(token, { email: 'ANA@plant.example', password: PASSWORD }, unrecorded),
      ),
    ).toBe('E-IDENTITY-005');
    expect(codeOf(await identity.redeemLink(token, { email: 'b@c.d', password: PASSWORD }, unrecorded))).toBe(
      'signed in',
    );
  });

  it('is recorded when all is well and nothing is changed yet; without a record nothing changes', async () => {
    const identity = await open();
    const { token } = identity.invite('p-2', 'link-7');
    const credentials = { email: 'b@c.d', password: PASSWORD };
    const recorded: unknown[] = [];
    const record = async (link: unknown): Promise<void> => void recorded.push(link);
    await identity.redeemLink(token, { ...credentials, password: 'elevenchars' }, record);
    expect(recorded).toEqual([]);
    const full = async (): Promise<void> => {
      throw new Error('the journal is full');
    };
    await expect(identity.redeemLink(token, credentials, full)).rejects.toThrow('full');
    expect(identity.accounts()).toMatchObject([{ hasPassword: false, sessions: 0 }]);
    expect(codeOf(await identity.redeemLink(token, credentials, record))).toBe('signed in');
    expect(recorded).toMatchObject([{ linkId: 'link-7', personId: 'p-2', kind: 'invitation' }]);
  });

  it('a store made before links had ids is opened, and its links still work', async () => {
    const old = new SqliteDatabase(join(dir, 'people.db'));
    old.exec(`CREATE TABLE auth_link (token_hash TEXT PRIMARY KEY, kind TEXT NOT NULL, person_id TEXT NOT NULL,
      expires_ms INTEGER NOT NULL, used_ms INTEGER) STRICT`);
    const token = 'a-token-of-before-that-is-long-enough';
    const hash = createHash('sha256').update(token).digest('hex');
    old.prepare(`INSERT INTO auth_link VALUES (?, 'invitation', 'p-3', ?, NULL)`).run(hash, nowMs + 60_000);
    old.close();
    const identity = await open();
    const link = identity.linkOf(token);
    expect(link).toMatchObject({ personId: 'p-3', linkId: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(hash).not.toContain(link?.linkId);
  });

  it('a second invitation sets a new password and ends earlier sessions', async () => {
    const identity = await open();
    const before = await withAccount(identity);
    const { token } = identity.invite('p-1', 'link-1');
    signedIn(
      await identity.redeemLink(
        token,
        { email: 'ana@plant.example', password: 'another long one' },
        unrecorded,
      ),
    );
    expect(await identity.sessionOf(cookieOf(before))).toBeNull();
    expect(
      codeOf(await identity.signIn({ email: 'ana@plant.example', password: PASSWORD }, '::1', untold)),
    ).toBe('E-IDENTITY-007');
    expect(
      codeOf(
        await identity.signIn({ email: 'ana@plant.example', password: 'another long one' }, '::1', untold),
      ),
    ).toBe('signed in');
  });
});

describe('sessions', () => {
  it('cookies are HttpOnly and SameSite=Lax, Secure with TLS, and cannot be made up', async () => {
    const plain = await withAccount(await open());
    expect(plain.cookies.join()).toMatch(/HttpOnly/);
    expect(plain.cookies.join()).toMatch(/SameSite=Lax/);
    expect(plain.cookies.join()).not.toMatch(/Secure/);
    const other = mkdtempSync(join(dir, 'tls-'));
    const identity = await open({ tls: true, dir: other });
    const secure = await withAccount(identity);
    expect(secure.cookies.join()).toMatch(/^__Secure-throughline\.session_token=.*; Secure/);
    const forged = new Headers({ cookie: '__Secure-throughline.session_token=abc.def' });
    expect(await identity.sessionOf(forged)).toBeNull();
    expect(await identity.sessionOf(new Headers({ authorization: 'Bearer abc' }))).toBeNull();
    // a token without the signature of this site's key is nothing
    const token = secure.cookies[0]?.split('=')[1]?.split('.')[0] ?? '';
    const unsigned = new Headers({ cookie: `__Secure-throughline.session_token=${token}` });
    expect(await identity.sessionOf(unsigned)).toBeNull();
  });

  it('revoking ends every session with the next request and says whose', async () => {
    const identity = await open();
    const one = await withAccount(identity);
    const two = signedIn(
      await identity.signIn({ email: 'ana@plant.example', password: PASSWORD }, '::1', untold),
    );
    expect((await identity.sessionOf(cookieOf(two)))?.personId).toBe('p-1');
    const told: string[] = [];
    identity.onSessionsEnded((personId) => told.push(personId));
    identity.revokeAll('p-1');
    expect(told).toEqual(['p-1']);
    expect(await identity.sessionOf(cookieOf(one))).toBeNull();
    expect(await identity.sessionOf(cookieOf(two))).toBeNull();
  });

  it('signing out ends the one session and clears its cookie', async () => {
    const identity = await open();
    const one = await withAccount(identity);
    const two = signedIn(
      await identity.signIn({ email: 'ana@plant.example', password: PASSWORD }, '::1', untold),
    );
    const cleared = await identity.signOut(cookieOf(two));
    expect(cleared.join()).toMatch(/session_token=;.*Max-Age=0/);
    expect(await identity.sessionOf(cookieOf(two))).toBeNull();
    expect(await identity.sessionOf(cookieOf(one))).not.toBeNull();
  });

  it('keeps only the newest sessions of a person', async () => {
    const identity = await open();
    const first = await withAccount(identity);
    const credentials = { email: 'ana@plant.example', password: PASSWORD };
    let last = first;
    for (let n = 0; n < MAX_SESSIONS_PER_PERSON; n++)
      last = signedIn(await identity.signIn(credentials, '::1', untold));
    expect(await identity.sessionOf(cookieOf(first))).toBeNull();
    expect(await identity.sessionOf(cookieOf(last))).not.toBeNull();
    expect(identity.accounts()[0]?.sessions).toBe(MAX_SESSIONS_PER_PERSON);
  }, 20_000);

  it('erasing leaves neither address nor session nor link behind', async () => {
    const identity = await open();
    const one = await withAccount(identity, 'p-1', 'unmistakable@plant.example');
    identity.erase('p-1');
    expect(await identity.sessionOf(cookieOf(one))).toBeNull();
    expect(identity.accounts()).toEqual([]);
    for (const file of readdirSync(dir).filter((name) => name.startsWith('people.db'))) {
      expect(readFileSync(join(dir, file)).includes('unmistakable')).toBe(false);
    }
  });
});

describe('brute force', () => {
  it('locks an account for an address after five failures, right password included, and lets others in', async () => {
    const identity = await open();
    await withAccount(identity);
    const attempt = (password: string, ip: string) =>
      identity.signIn({ email: 'ana@plant.example', password }, ip, untold);
    const burst = await Promise.all(Array.from({ length: 12 }, (_, n) => attempt(`wrong ${n}`, '10.0.0.9')));
    expect(burst.map(codeOf).filter((code) => code === 'E-IDENTITY-007')).toHaveLength(5);
    expect(burst.map(codeOf).filter((code) => code === 'E-IDENTITY-006')).toHaveLength(7);
    expect(codeOf(await attempt(PASSWORD, '10.0.0.9'))).toBe('E-IDENTITY-006');
    expect(codeOf(await attempt(PASSWORD, '10.0.0.10'))).toBe('signed in');
    nowMs += 15 * 60_000;
    expect(codeOf(await attempt(PASSWORD, '10.0.0.9'))).toBe('signed in');
  });

  it('answers an unknown address like a wrong password, and locks an address that tries many', async () => {
    const identity = await open();
    const codes: string[] = [];
    for (let n = 0; n < 21; n++) {
      codes.push(
        codeOf(await identity.signIn({ email: `n${n}@x.y`, password: 'whatever it is' }, '10.0.0.9', untold)),
      );
    }
    expect(new Set(codes.slice(0, 20))).toEqual(new Set(['E-IDENTITY-007']));
    expect(codes[20]).toBe('E-IDENTITY-006');
  }, 20_000);

  it('tells once that a door was shut, with the person of a known account', async () => {
    const identity = await open();
    await withAccount(identity);
    const told: (string | null)[] = [];
    const tell = async (personId: string | null): Promise<void> => void told.push(personId);
    const wrong = (email: string) =>
      identity.signIn({ email, password: 'wrong wrong wrong' }, '10.0.0.9', tell);
    await Promise.all(Array.from({ length: 9 }, () => wrong('Ana@plant.example')));
    expect(told).toEqual(['p-1']);
    for (let n = 0; n < 5; n++) await wrong('nobody@plant.example');
    expect(told).toEqual(['p-1', null]);
    await identity.signIn({ email: 'ana@plant.example', password: PASSWORD }, '10.0.0.10', tell);
    expect(told).toHaveLength(2);
  });

  it('remembers failures across a restart', async () => {
    const one = await open();
    await withAccount(one);
    const wrong = { email: 'ana@plant.example', password: 'wrong wrong wrong' };
    for (let n = 0; n < 5; n++) await one.signIn(wrong, '10.0.0.9', untold);
    const two = await open();
    expect(codeOf(await two.signIn({ ...wrong, password: PASSWORD }, '10.0.0.9', untold))).toBe(
      'E-IDENTITY-006',
    );
  });
});

describe('demo', () => {
  it('the printed link signs in without a password and other eyes can be chosen', async () => {
    const identity = await open({ demo: true });
    const { token } = identity.createFirstLink('p-ana');
    const ana = signedIn(await identity.redeemLink(token, null, unrecorded));
    expect(ana.session).toMatchObject({ personId: 'p-ana', demo: true });
    expect(codeOf(await identity.redeemLink(token, null, unrecorded))).toBe('E-IDENTITY-003');
    const planner = signedIn(await identity.switchTo(cookieOf(ana), 'p-jurgen'));
    expect((await identity.sessionOf(cookieOf(planner)))?.personId).toBe('p-jurgen');
    expect(await identity.sessionOf(cookieOf(ana))).toBeNull();
    expect(identity.needsFirstLink()).toBe(true);
  });

  it('the link that was printed stays open while simulated people come in by theirs', async () => {
    const identity = await open({ demo: true });
    const printed = identity.createFirstLink('p-ana').token;
    const own = identity.createFirstLink('p-ana').token;
    const other = identity.createFirstLink('p-ben').token;
    signedIn(await identity.redeemLink(own, null, unrecorded));
    signedIn(await identity.redeemLink(other, null, unrecorded));
    expect(identity.linkOf(printed)?.personId).toBe('p-ana');
    expect(signedIn(await identity.redeemLink(printed, null, unrecorded)).session.personId).toBe('p-ana');
    expect(identity.linkOf(printed)).toBeNull();
  });

  it('outside the demo nobody switches, not even with a session the demo opened', async () => {
    const demo = await open({ demo: true });
    const { token } = demo.createFirstLink('p-ben');
    const ben = signedIn(await demo.redeemLink(token, null, unrecorded));
    const real = await open();
    expect((await real.sessionOf(cookieOf(ben)))?.demo).toBe(false);
    expect(codeOf(await real.switchTo(cookieOf(ben), 'p-1'))).toBe('E-IDENTITY-008');
    const account = await withAccount(real);
    expect(codeOf(await real.switchTo(cookieOf(account), 'p-ben'))).toBe('E-IDENTITY-008');
  });
});

describe('keys', () => {
  it('two fresh installs have different keys, readable by the owner alone', async () => {
    const other = mkdtempSync(join(dir, 'other-'));
    await open();
    await open({ dir: other });
    const keys = [dir, other].map((at) => readFileSync(join(at, 'keys', 'auth.key'), 'utf8'));
    expect(keys[0]).toMatch(/^[0-9a-f]{64}\n$/);
    expect(keys[0]).not.toBe(keys[1]);
    expect(statSync(join(dir, 'keys', 'auth.key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'people.db')).mode & 0o777).toBe(0o600);
  });

  it('refuses a key that others can read', async () => {
    await open();
    chmodSync(join(dir, 'keys', 'auth.key'), 0o644);
    await expect(open()).rejects.toMatchObject({ code: 'E-IDENTITY-001' });
  });
});
