import { KeyObject, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import 'reflect-metadata';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { access } from '#access/access.ts';
import { mayRun } from '#access/policy.ts';
import { openIdentity } from '#adapters/identity/better-auth/identity.ts';
import type { SiteState } from '#core/flow.ts';
import { PortFailure } from '#ports/failure.ts';
import type { Identity } from '#ports/identity.ts';
import type { PeopleStore, PersonRecord } from '#ports/people.ts';
import type { Command } from '#vocabulary/command.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import type { Me, Problem } from './contract.ts';
import { createHttp, listenHttp } from './http.ts';
import { type Route, route } from './route.ts';
import type { Done, Rooms, Site, SiteChange } from './site.ts';

const PASSWORD = 'correct horse battery';

/** The real access stage over a list of facts in memory; the other stages do not matter to the frame. */
class SmallSite implements Site {
  readonly listeners = new Set<(change: SiteChange) => void>();
  readonly #answers = new Map<string, Done | Refusal>();
  readonly #access = access.initial('t1');
  plantSimulated = false;
  readiness = { ready: true, why: '' };
  facts = 0;

  async run(command: Command): Promise<Done | Refusal> {
    const before = this.#answers.get(command.id);
    if (before) return before;
    const barred = mayRun(this.#access, command.actor, command.type);
    const context = { site: 't1', nowMs: 1_000, actor: command.actor };
    const decision = barred ?? access.decide(command, this.#access, context);
    if (isRefusal(decision)) return decision;
    for (const body of decision) {
      this.facts += 1;
      const envelope = {
        id: `f${this.facts}`,
        seq: this.facts,
        atMs: 1_000,
        causeId: command.id,
        intakeSeq: 1,
      };
      access.evolve(this.#access, { ...body, ...envelope, actor: command.actor });
    }
    const done: Done = { ok: true, facts: decision.length, seq: this.facts };
    this.#answers.set(command.id, done);
    for (const listener of this.listeners) listener({ seq: this.facts, stages: ['access'] });
    return done;
  }
  state(): SiteState {
    const strategy = { plant: { simulated: this.plantSimulated } };
    return { site: 't1', access: this.#access, strategy, facts: this.facts } as unknown as SiteState;
  }
  subscribe(listener: (change: SiteChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  nowMs(): number {
    return 1_000;
  }
  ready() {
    return this.readiness;
  }
}

class SmallPeople implements PeopleStore {
  readonly #people = new Map<string, PersonRecord>();
  person(personId: string) {
    return this.#people.get(personId) ?? null;
  }
  people() {
    return [...this.#people.values()];
  }
  put(person: PersonRecord) {
    this.#people.set(person.personId, person);
  }
  keepText() {
    return '';
  }
  text() {
    return null;
  }
  erase(personId: string) {
    const known = this.#people.get(personId);
    if (known) this.#people.set(personId, { ...known, name: '', email: null, erased: true });
  }
}

let dir: string;
let site: SmallSite;
let identity: Identity;
let app: FastifyInstance;
let base: string;
let log: string;

interface StartOptions {
  demo?: boolean;
  routes?: Route[];
  max?: number;
  web?: boolean;
  heartbeatMs?: number;
  tls?: { cert: string; key: string };
  hostNames?: string[];
}

async function start(options: StartOptions = {}): Promise<Rooms> {
  site = new SmallSite();
  identity = await openIdentity({
    peopleDbPath: join(dir, 'people.db'),
    keysDir: join(dir, 'keys'),
    tls: options.tls !== undefined,
    demo: options.demo ?? false,
  });
  const rooms: Rooms = { site, identity, people: new SmallPeople() };
  const webDir = join(dir, 'web');
  if (options.web) {
    mkdirSync(join(webDir, 'assets'), { recursive: true });
    writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>screens</title>');
    writeFileSync(join(webDir, 'assets', 'a-1.js'), 'export {};');
  }
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  app = await createHttp({
    rooms,
    routes: [options.routes ?? []],
    version: '0.0.0',
    webDir,
    logger: pino({ level: 'trace' }, stream),
    ...(options.tls ? { tls: options.tls } : {}),
    ...(options.hostNames ? { hostNames: options.hostNames } : {}),
    ...(options.max === undefined ? {} : { maxRequestsPerWindow: options.max }),
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  });
  const tls = options.tls !== undefined;
  ({ url: base } = await listenHttp(app, { host: '127.0.0.1', port: 0, tls }));
  return rooms;
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'throughline-http-'));
  log = '';
});
afterEach(async () => {
  await app?.close();
  identity?.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Asked {
  status: number;
  headers: Headers;
  body: unknown;
  cookie: string;
}

async function ask(
  method: string,
  path: string,
  options: { body?: unknown; cookie?: string; key?: string | null; headers?: Record<string, string> } = {},
): Promise<Asked> {
  const headers: Record<string, string> = { ...options.headers };
  if (options.body !== undefined) headers['content-type'] ??= 'application/json';
  if (options.cookie) headers['cookie'] = options.cookie;
  if (options.key !== null && method !== 'GET') headers['idempotency-key'] ??= options.key ?? randomUUID();
  const answer = await fetch(`${base}${path}`, {
    method,
    headers,
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
  });
  const text = await answer.text();
  const cookie = answer.headers
    .getSetCookie()
    .map((value) => value.split(';')[0])
    .join('; ');
  const json = (answer.headers.get('content-type') ?? '').includes('json');
  return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text, cookie };
}

function problem(asked: Asked): Problem {
  expect(asked.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = asked.body as Problem;
  expect(body.status).toBe(asked.status);
  expect(body.code).toMatch(/^E-[A-Z]+-\d{3}$/);
  expect(body.mend.length).toBeGreaterThan(4);
  expect(body.detail.length).toBeGreaterThan(4);
  expect(body.type).toBe(`urn:throughline:problem:${body.code}`);
  return body;
}

async function asAdministrator(): Promise<string> {
  const { token } = identity.createFirstLink('p-first');
  const account = { name: 'Ana', email: 'ana@plant.example', password: PASSWORD };
  const entered = await ask('POST', '/api/v1/access/link', { body: { token, account } });
  expect(entered.status).toBe(200);
  return entered.cookie;
}

async function invited(
  cookie: string,
  roles: string[],
  email: string,
): Promise<{ id: string; cookie: string }> {
  const body = { name: email, crewId: null, roles };
  const made = await ask('POST', '/api/v1/access/people', { body, cookie });
  const { personId, path } = made.body as { personId: string; path: string };
  const account = { name: email, email, password: PASSWORD };
  const token = path.split('#')[1];
  const entered = await ask('POST', '/api/v1/access/link', { body: { token, account } });
  expect(entered.status).toBe(200);
  return { id: personId, cookie: entered.cookie };
}

/** Every route the server has, from its own table. */
function routeTable(): { method: string; url: string }[] {
  const found: { method: string; url: string }[] = [];
  const levels: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^((?:│ {3}| {4})*)(?:├── |└── )(.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!match) continue;
    const depth = (match[1] ?? '').length / 4;
    levels.length = depth;
    levels.push(match[2] ?? '');
    const url = levels.join('');
    for (const method of (match[3] ?? '').split(', ').filter(Boolean)) found.push({ method, url });
  }
  return found;
}

const OPEN = [
  'GET /healthz',
  'GET /readyz',
  'GET /api/openapi.json',
  'POST /api/v1/access/sign-in',
  'POST /api/v1/access/link',
  'POST /api/v1/access/link/look',
];

describe('closed by default', () => {
  it('answers a stranger 401 on every route but the open ones, with whatever headers', async () => {
    await start();
    const table = routeTable().filter(({ method }) => method !== 'OPTIONS');
    expect(table.length).toBeGreaterThan(15);
    const spoofed = {
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'localhost',
      'x-forwarded-user': 'p-first',
      'x-original-url': '/healthz',
      'x-rewrite-url': '/healthz',
      referer: `${base}/access`,
      authorization: 'Bearer p-first',
      cookie: 'throughline.session_token=p-first.aaaa',
      'x-http-method-override': 'GET',
    };
    const open: string[] = [];
    for (const { method, url } of table) {
      const path = url.replaceAll(/:[a-zA-Z]+/g, 'x');
      for (const headers of [{}, spoofed]) {
        const asked = await ask(method, path, { headers, ...(method === 'GET' ? {} : { body: {} }) });
        if (asked.status !== 401) open.push(`${method} ${url}`);
        else expect(problem(asked).code).toBe('E-HTTP-001');
      }
    }
    expect([...new Set(open)].sort()).toEqual([...OPEN].sort());
  });

  it('a route without a policy stops the start', async () => {
    // @ts-expect-error a route without a policy does not compile either
    const bare = route({ method: 'GET', path: '/work/x', summary: 'x', handle: async () => {} });
    await expect(start({ routes: [bare] })).rejects.toThrow(/E-HTTP-032/);
  });

  it('none of the library routes is mounted: no stranger signs up', async () => {
    await start();
    const body = { email: 'x@y.z', password: PASSWORD, name: 'x' };
    const paths = ['sign-up/email', 'sign-in/social', 'reset-password', 'update-user', 'get-session', 'ok'];
    for (const prefix of ['/api/auth', '/api/v1/auth', '/api/v1/access']) {
      for (const path of paths) {
        const asked = await ask('POST', `${prefix}/${path}`, { body });
        expect(asked.status, path).toBe(404);
        problem(asked);
      }
    }
    expect(identity.accounts()).toEqual([]);
  });

  it('binds to loopback only, unless TLS is configured', async () => {
    await start();
    for (const host of ['0.0.0.0', '::', '192.168.1.10', 'plant.example', '127.0.0.1.evil.example']) {
      await expect(listenHttp(app, { host, port: 0, tls: false })).rejects.toMatchObject({
        code: 'E-HTTP-030',
      });
    }
  });
});

describe('sessions over HTTP', () => {
  it('the first link makes the first administrator, once', async () => {
    await start();
    const { token } = identity.createFirstLink('p-first');
    const look = await ask('POST', '/api/v1/access/link/look', { body: { token } });
    expect(look.body).toMatchObject({ kind: 'first', name: '' });
    const account = { name: 'Ana', email: 'ana@plant.example', password: 'short' };
    const short = await ask('POST', '/api/v1/access/link', { body: { token, account } });
    expect(problem(short)).toMatchObject({ status: 400, code: 'E-HTTP-010' });
    const entered = await ask('POST', '/api/v1/access/link', {
      body: { token, account: { ...account, password: PASSWORD } },
    });
    expect(entered.body).toMatchObject({ name: 'Ana', roles: ['administrator'], demo: false });
    const again = await ask('POST', '/api/v1/access/link', { body: { token, account } });
    expect(problem(again).status).toBe(400);
    const used = await ask('POST', '/api/v1/access/link', {
      body: { token, account: { ...account, password: PASSWORD } },
    });
    expect(problem(used)).toMatchObject({ status: 410, code: 'E-IDENTITY-003' });
    const me = await ask('GET', '/api/v1/access/me', { cookie: entered.cookie });
    expect((me.body as Me).mayRun).toContain('access.grant-role');
    expect((me.body as Me).mayRun).not.toContain('work.accept-draft');
  });

  it('an invited person has exactly the roles given; losing one, and leaving, hold at once', async () => {
    await start();
    const admin = await asAdministrator();
    const planner = await invited(admin, ['planner'], 'j@plant.example');
    const me = await ask('GET', '/api/v1/access/me', { cookie: planner.cookie });
    expect(me.body).toMatchObject({ roles: ['planner'] });
    const foreign = await ask('GET', '/api/v1/access/accounts', { cookie: planner.cookie });
    expect(problem(foreign)).toMatchObject({ status: 403, code: 'E-ACCESS-013' });
    const people = await ask('GET', '/api/v1/access/people', { cookie: planner.cookie });
    expect(JSON.stringify(people.body)).not.toContain('ana@plant.example');
    await ask('DELETE', `/api/v1/access/people/${planner.id}/roles/planner`, { cookie: admin });
    expect((await ask('GET', '/api/v1/access/people', { cookie: planner.cookie })).status).toBe(403);
    await ask('POST', `/api/v1/access/people/${planner.id}/erase`, { cookie: admin });
    expect((await ask('GET', '/api/v1/access/me', { cookie: planner.cookie })).status).toBe(401);
    const credentials = { email: 'j@plant.example', password: PASSWORD };
    expect((await ask('POST', '/api/v1/access/sign-in', { body: credentials })).status).toBe(401);
    const after = await ask('GET', '/api/v1/access/accounts', { cookie: admin });
    expect(JSON.stringify(after.body)).not.toContain('j@plant.example');
  });

  it('the last administrator cannot leave', async () => {
    await start();
    const admin = await asAdministrator();
    const left = await ask('POST', '/api/v1/access/people/p-first/erase', { cookie: admin });
    expect(problem(left)).toMatchObject({ status: 422, code: 'E-ACCESS-007' });
    expect((await ask('GET', '/api/v1/access/me', { cookie: admin })).status).toBe(200);
  });

  it('brute force is locked out whatever address the headers claim', async () => {
    await start();
    await asAdministrator();
    const codes: string[] = [];
    for (let n = 0; n < 7; n++) {
      const asked = await ask('POST', '/api/v1/access/sign-in', {
        body: { email: 'ana@plant.example', password: `wrong password ${n}` },
        headers: {
          'x-forwarded-for': `10.0.0.${n}`,
          'x-real-ip': `10.0.0.${n}`,
          forwarded: `for=10.0.0.${n}`,
        },
      });
      codes.push(problem(asked).code);
    }
    expect(codes).toEqual([...Array(5).fill('E-IDENTITY-007'), 'E-IDENTITY-006', 'E-IDENTITY-006']);
  });

  it('the demo link signs in and switches only to simulated people of a simulated plant', async () => {
    const rooms = await start({ demo: true });
    for (const [personId, simulated] of [
      ['p-ana', true],
      ['p-jurgen', true],
      ['p-real', false],
    ] as const) {
      const data = { personId, crewId: null, simulated };
      await site.run({ id: personId, type: 'access.join-person', actor: 'system:setup', data });
      rooms.people.put({ personId, name: personId, email: null, simulated, erased: false });
    }
    const { token } = identity.createFirstLink('p-ana');
    const ana = await ask('POST', '/api/v1/access/link', { body: { token, account: null } });
    expect(ana.body).toMatchObject({ personId: 'p-ana', simulated: true, demo: true });
    const switchTo = (personId: string) =>
      ask('POST', '/api/v1/access/switch', { body: { personId }, cookie: ana.cookie });
    expect(problem(await switchTo('p-jurgen')).code).toBe('E-ACCESS-020');
    site.plantSimulated = true;
    expect(problem(await switchTo('p-real')).code).toBe('E-ACCESS-020');
    const jurgen = await switchTo('p-jurgen');
    expect(jurgen.body).toMatchObject({ personId: 'p-jurgen', demo: true });
    expect((await ask('GET', '/api/v1/access/me', { cookie: jurgen.cookie })).status).toBe(200);
  });
});

describe('commands', () => {
  it('need an Idempotency-Key, and the same key gets the same answer', async () => {
    await start();
    const cookie = await asAdministrator();
    const body = { name: 'Tomasz', crewId: null, roles: ['technician'] };
    const without = await ask('POST', '/api/v1/access/people', { body, cookie, key: null });
    expect(problem(without)).toMatchObject({ status: 400, code: 'E-HTTP-002' });
    const wrong = await ask('POST', '/api/v1/access/people', { body, cookie, key: 'one' });
    expect(problem(wrong).code).toBe('E-HTTP-002');
    const key = randomUUID();
    const one = await ask('POST', '/api/v1/access/people', { body, cookie, key });
    const facts = site.facts;
    const two = await ask('POST', '/api/v1/access/people', { body, cookie, key: key.toUpperCase() });
    expect((two.body as { personId: string }).personId).toBe((one.body as { personId: string }).personId);
    expect(site.facts).toBe(facts);
  });
});

describe('requests from elsewhere', () => {
  it('a page of another site changes nothing, signed in or not', async () => {
    await start();
    const cookie = await asAdministrator();
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: base.replace('http:', 'https:') },
      { origin: `${base}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const asked = await ask('POST', '/api/v1/access/sign-out', {
        cookie,
        headers: headers as Record<string, string>,
      });
      expect(problem(asked), JSON.stringify(headers)).toMatchObject({ status: 403, code: 'E-HTTP-004' });
    }
    const own = { origin: base, 'sec-fetch-site': 'same-origin' };
    expect((await ask('POST', '/api/v1/access/sign-out', { cookie, headers: own })).status).toBe(204);
  });

  it('a name pointed at this machine is refused', async () => {
    await start();
    const { port } = new URL(base);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: 'evil.example' };
      httpRequest({ port, host: '127.0.0.1', path: '/healthz', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});

describe('problems', () => {
  const trouble: Route[] = [
    route({
      method: 'GET',
      path: '/work/broken',
      policy: { open: 'test' },
      summary: 'x',
      handle: async () => {
        throw new Error('secret internals at /srv/x');
      },
    }),
    route({
      method: 'GET',
      path: '/work/full',
      policy: { open: 'test' },
      summary: 'x',
      handle: async () => {
        throw new PortFailure('E-JOURNAL-001', 'The disk is full.', 'Free some space.', true);
      },
    }),
    route({
      method: 'POST',
      path: '/work/echo',
      policy: { open: 'test' },
      summary: 'x',
      body: z.strictObject({ a: z.number(), b: z.string() }),
      answer: z.object({ a: z.number() }),
      handle: async ({ body }) => body,
    }),
  ];

  it('every kind of no has a code and a way to mend it', async () => {
    await start({ routes: trouble });
    const broken = await ask('GET', '/api/v1/work/broken');
    expect(problem(broken)).toMatchObject({ status: 500, code: 'E-HTTP-500' });
    expect(JSON.stringify(broken.body)).not.toContain('internals');
    expect(log).toContain('secret internals');
    const full = await ask('GET', '/api/v1/work/full');
    expect(problem(full)).toMatchObject({ status: 503, code: 'E-JOURNAL-001', mend: 'Free some space.' });
    expect(full.headers.get('retry-after')).toBe('5');
    expect(problem(await ask('GET', '/api/v1/nowhere')).code).toBe('E-HTTP-404');
    expect(problem(await ask('PATCH', '/api/v1/work/echo', { body: {} })).code).toBe('E-HTTP-404');
    expect(problem(await ask('GET', '/%E0%A4%A')).status).toBe(400);
    const echo = (body: unknown, type = 'application/json') =>
      ask('POST', '/api/v1/work/echo', { body, headers: { 'content-type': type } });
    const fields = problem(await echo({ a: 'x', c: 1 }));
    expect(fields).toMatchObject({ status: 400, code: 'E-HTTP-010' });
    expect(fields.items?.length).toBeGreaterThanOrEqual(2);
    expect(problem(await echo('{"a":')).code).toBe('E-HTTP-013');
    expect(problem(await echo('{"a":1,"b":"x","__proto__":{"admin":true}}')).code).toBe('E-HTTP-013');
    expect(problem(await echo('a=1', 'text/plain')).code).toBe('E-HTTP-012');
    expect(problem(await echo('a=1', 'application/x-www-form-urlencoded')).code).toBe('E-HTTP-012');
    expect(problem(await echo({ a: 1, b: 'x'.repeat(1024 * 1024) })).code).toBe('E-HTTP-011');
    expect((await echo({ a: 1, b: 'not sent back' })).body).toEqual({ a: 1 });
  });

  it('a flood from one address is told to wait', async () => {
    await start({ max: 5 });
    let asked = await ask('GET', '/healthz');
    for (let n = 0; n < 5; n++)
      asked = await ask('GET', '/healthz', { headers: { 'x-forwarded-for': `10.0.0.${n}` } });
    expect(problem(asked)).toMatchObject({ status: 429, code: 'E-HTTP-005' });
    expect(Number(asked.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('says when it is not ready', async () => {
    await start();
    expect((await ask('GET', '/readyz')).body).toEqual({ ok: true });
    site.readiness = { ready: false, why: 'The journal is being read back.' };
    expect(problem(await ask('GET', '/readyz'))).toMatchObject({ status: 503, code: 'E-HTTP-021' });
    expect((await ask('GET', '/healthz')).status).toBe(200);
  });
});

describe('what goes out', () => {
  it('no secret reaches the log, and no address carries one', async () => {
    await start();
    const cookie = await asAdministrator();
    await invited(cookie, ['planner'], 'canary@plant.example');
    await ask('POST', '/api/v1/access/sign-in', {
      body: { email: 'canary@plant.example', password: 'wrong canary pw' },
    });
    expect(log).toContain('/api/v1/access/sign-in');
    const session = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? 'missing';
    expect(session.length).toBeGreaterThan(20);
    for (const secret of [PASSWORD, 'wrong canary pw', 'canary@', session]) expect(log).not.toContain(secret);
  });

  it('the description names every route of the API', async () => {
    await start();
    const asked = await ask('GET', '/api/openapi.json');
    const document = asked.body as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toBe('3.1.0');
    for (const { method, url } of routeTable().filter((r) => r.url.startsWith('/api/v1/'))) {
      const path = document.paths[url.replaceAll(/:([a-zA-Z]+)/g, '{$1}')];
      expect(Object.keys(path ?? {}), `${method} ${url}`).toContain(method.toLowerCase());
    }
  });

  it('screens come with a content policy without inline scripts, and every screen address opens them', async () => {
    await start({ web: true });
    const page = await ask('GET', '/work/case/t1.C-0412', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.body).toContain('screens');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('script-src');
    expect(policy).not.toContain('unsafe-eval');
    expect((await ask('GET', '/assets/a-1.js')).headers.get('cache-control')).toContain('immutable');
    expect((await ask('GET', '/')).body).toContain('screens');
    for (const path of ['/..%2fpeople.db', '/%2e%2e/people.db', '/assets/..%2f..%2fpeople.db', '/.hidden']) {
      expect((await ask('GET', path)).status, path).toBeGreaterThanOrEqual(400);
    }
    expect(problem(await ask('GET', '/api/v1/nowhere', { headers: { accept: 'text/html' } })).status).toBe(
      404,
    );
  });
});

describe('TLS', () => {
  it('serves over TLS under its own name, with Secure cookies', async () => {
    const pair = await selfSigned();
    await start({ tls: pair, hostNames: ['plant.example'] });
    const { token } = identity.createFirstLink('p-first');
    const account = { name: 'Ana', email: 'ana@plant.example', password: PASSWORD };
    const asked = await askTls(pair.cert, '/api/v1/access/link', { token, account });
    expect(asked.status).toBe(200);
    expect(asked.cookie).toMatch(/^__Secure-throughline\.session_token=.*HttpOnly; Secure; SameSite=Lax/);
    expect(asked.hsts).toContain('max-age=31536000');
  });

  async function selfSigned(): Promise<{ cert: string; key: string }> {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const cert = await X509CertificateGenerator.createSelfSigned({
      name: 'CN=plant.example',
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + 3_600_000),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'plant.example' }])],
    });
    const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
    return { cert: cert.toString('pem'), key: String(key) };
  }

  function askTls(
    ca: string,
    path: string,
    body: unknown,
  ): Promise<{ status: number; cookie: string; hsts: string }> {
    const { port } = new URL(base);
    return new Promise((resolve, reject) => {
      const headers = {
        host: 'plant.example',
        origin: 'https://plant.example',
        'content-type': 'application/json',
      };
      const asked = httpsRequest(
        { host: '127.0.0.1', port, path, method: 'POST', headers, ca, servername: 'plant.example' },
        (answer) => {
          answer.resume();
          resolve({
            status: answer.statusCode ?? 0,
            cookie: String(answer.headers['set-cookie']?.[0]),
            hsts: String(answer.headers['strict-transport-security']),
          });
        },
      );
      asked.on('error', reject);
      asked.end(JSON.stringify(body));
    });
  }
});

describe('changes', () => {
  async function listen(cookie: string): Promise<{ read(): Promise<string | null>; stop(): void }> {
    const abort = new AbortController();
    const answer = await fetch(`${base}/api/v1/events`, { headers: { cookie }, signal: abort.signal });
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    return {
      async read() {
        const next = await reader.read().catch(() => ({ done: true, value: undefined }));
        return next.done ? null : new TextDecoder().decode(next.value);
      },
      stop: () => abort.abort(),
    };
  }

  it('tell where news came, gathered, and nothing of what it is', async () => {
    await start({ heartbeatMs: 60_000 });
    const cookie = await asAdministrator();
    const stream = await listen(cookie);
    expect(await stream.read()).toContain('event: changed');
    await invited(cookie, ['planner', 'owner'], 'secret-name@plant.example');
    const news = await stream.read();
    expect(news).toMatch(/^event: changed\ndata: {"seq":\d+,"stages":\["access"\]}\n\n$/);
    stream.stop();
  });

  it('end at once when the session ends, and beat while nothing happens', async () => {
    await start({ heartbeatMs: 50 });
    const admin = await asAdministrator();
    const planner = await invited(admin, ['planner'], 'j@plant.example');
    const stream = await listen(planner.cookie);
    await stream.read();
    expect(await stream.read()).toContain(': still here');
    await ask('POST', `/api/v1/access/people/${planner.id}/sign-out-everywhere`, { cookie: admin });
    let text: string | null = '';
    const deadline = Date.now() + 5_000;
    while (text !== null && Date.now() < deadline) text = await stream.read();
    expect(text).toBeNull();
  });

  it('are bounded for one person', async () => {
    await start({ heartbeatMs: 60_000 });
    const cookie = await asAdministrator();
    const streams = [];
    for (let n = 0; n < 20; n++) streams.push(await listen(cookie));
    const more = await ask('GET', '/api/v1/events', { cookie });
    expect(problem(more)).toMatchObject({ status: 503, code: 'E-HTTP-020' });
    for (const stream of streams) stream.stop();
  });
});
