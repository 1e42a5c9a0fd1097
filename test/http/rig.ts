import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { expect } from 'vitest';
import { openIdentity } from '#adapters/identity/better-auth/identity.ts';
import { Devices } from '#adapters/identity/devices/devices.ts';
import { readLibrary } from '#adapters/files/library/read.ts';
import { openPeople } from '#adapters/store/people/people.ts';
import { apiRoutes } from '#api/all.ts';
import type { Problem } from '#api/contract.ts';
import { createHttp } from '#api/http.ts';
import { listenHttp } from '#api/listen.ts';
import type { Route } from '#api/route.ts';
import type { DataRoom, DeviceDesk, Done, Rooms, Site, SiteChange } from '#api/site.ts';
import { decide, evolveSite, initialState, type SiteState, settle, upcastFact } from '#core/flow.ts';
import type { Identity } from '#ports/identity.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';

export const PASSWORD = 'correct horse battery';

/** The whole core over facts in memory: what a site does, without its journal. */
export class MemorySite implements Site {
  readonly #listeners = new Set<(change: SiteChange) => void>();
  readonly #answers = new Map<string, Done>();
  readonly #state = initialState('t1');
  readonly facts: Recorded[] = [];
  readiness = { ready: true, why: '' };

  /** Takes a past over. */
  fold(facts: readonly Recorded[]): void {
    for (const fact of facts) evolveSite(this.#state, upcastFact(fact));
  }

  async run(command: Command): Promise<Done | Refusal> {
    const before = this.#answers.get(command.id);
    if (before) return { ...before, again: true };
    const context = { site: 't1', nowMs: this.nowMs(), actor: command.actor };
    const decision = decide(this.#state, command, context);
    if (isRefusal(decision)) return decision;
    const intakeSeq = this.#state.intakeSeq + 1;
    const cause = { causeId: command.id, intakeSeq, nowMs: this.nowMs(), actor: command.actor };
    const facts = settle(this.#state, decision, cause);
    this.facts.push(...facts);
    const done: Done = { ok: true, facts: facts.length, seq: this.#state.facts };
    this.#answers.set(command.id, done);
    for (const listener of this.#listeners) listener({ seq: done.seq, stages: ['access'] });
    return done;
  }
  state(): SiteState {
    return this.#state;
  }
  subscribe(listener: (change: SiteChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  nowMs(): number {
    return Date.UTC(2026, 10, 23);
  }
  clockStepMs(): number {
    return 0;
  }
  ready(): { ready: boolean; why: string } {
    return this.readiness;
  }
}

/** The frame asks for no samples. */
const NO_DATA: DataRoom = {
  readings: () => null,
  series: () => Promise.reject(new Error('no samples here')),
  sources: () => {
    throw new Error('no sources here');
  },
  accept: () => Promise.resolve(),
  journal: () => Promise.resolve({ length: 0, hash: '0'.repeat(64) }),
  facts: () => Promise.resolve([]),
};

const NO_HISTORY = {} as Rooms['history'];
const NO_DESIGNS = {} as Rooms['designs'];
const NO_TABLES = {
  progress: () => null,
  problemSheet: () => null,
  orders: () => Promise.resolve({ orders: [], currency: null, importIds: [] }),
} as Partial<Rooms['tables']> as Rooms['tables'];

function deskOf(devices: Devices): DeviceDesk {
  return {
    enrol: (clientId, publish) => devices.enrol(clientId, publish, Date.now()),
    revoke: async (clientId) => void (await devices.revoke(clientId)),
    trust: () => Promise.resolve('a certificate'),
    url: () => 'mqtts://127.0.0.1:8883',
  };
}

export interface RigOptions {
  demo?: boolean;
  routes?: Route[];
  maxRequestsPerWindow?: number;
  /** with built screens of two files */
  screens?: boolean;
  heartbeatMs?: number;
  tls?: { cert: string; key: string };
  hostNames?: string[];
  data?: DataRoom;
  tables?: (site: MemorySite, dataDir: string) => Rooms['tables'];
}

export interface Asked {
  status: number;
  headers: Headers;
  body: unknown;
  cookie: string;
}

/** A server on a free port over a fresh data folder, with everything it logged. */
export class Rig {
  readonly #dir = mkdtempSync(join(tmpdir(), 'throughline-http-'));
  readonly site = new MemorySite();
  readonly people = openPeople(this.#dir);
  identity!: Identity;
  devices!: Devices;
  app!: FastifyInstance;
  base = '';
  log = '';

  static async start(options: RigOptions = {}): Promise<Rig> {
    const rig = new Rig();
    try {
      await rig.#open(options);
    } catch (error) {
      await rig.close();
      throw error;
    }
    return rig;
  }

  async #open(options: RigOptions): Promise<void> {
    const { demo = false, screens = false, routes = [], data = NO_DATA, tables, ...rest } = options;
    const tls = options.tls !== undefined;
    const peopleDbPath = join(this.#dir, 'people.db');
    this.identity = await openIdentity({ peopleDbPath, keysDir: join(this.#dir, 'keys'), tls, demo });
    this.devices = await Devices.open(this.#dir);
    const { site, identity, people } = this;
    const rooms: Rooms = {
      site,
      identity,
      people,
      data: data,
      devices: deskOf(this.devices),
      history: NO_HISTORY,
      designs: NO_DESIGNS,
      tables: tables?.(site, this.#dir) ?? NO_TABLES,
      library: await readLibrary(),
    };
    const webDir = join(this.#dir, 'web');
    if (screens) {
      mkdirSync(join(webDir, 'assets'), { recursive: true });
      writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>screens</title>');
      writeFileSync(join(webDir, 'assets', 'a-1.js'), 'export {};');
    }
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        this.log += String(chunk);
        done();
      },
    });
    const logger = pino({ level: 'trace' }, stream);
    this.app = await createHttp({
      rooms,
      routes: [...apiRoutes, routes],
      version: '0.0.0',
      webDir,
      logger,
      ...rest,
    });
    ({ url: this.base } = await listenHttp(this.app, { host: '127.0.0.1', port: 0, tls }));
  }

  async close(): Promise<void> {
    await this.app?.close();
    this.identity?.close();
    this.people.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async ask(
    method: string,
    path: string,
    options: { body?: unknown; cookie?: string; key?: string | null; headers?: Record<string, string> } = {},
  ): Promise<Asked> {
    const headers: Record<string, string> = { ...options.headers };
    if (options.body !== undefined) headers['content-type'] ??= 'application/json';
    if (options.cookie) headers['cookie'] = options.cookie;
    if (options.key !== null && method !== 'GET') headers['idempotency-key'] ??= options.key ?? randomUUID();
    const answer = await fetch(`${this.base}${path}`, {
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

  async asAdministrator(): Promise<string> {
    const { token } = this.identity.createFirstLink('p-first');
    const account = { name: 'Ana', email: 'ana@plant.example', password: PASSWORD };
    const entered = await this.ask('POST', '/api/v1/access/link', { body: { token, account } });
    if (entered.status !== 200) throw new Error(JSON.stringify(entered.body));
    return entered.cookie;
  }

  async invited(cookie: string, roles: string[], email: string): Promise<{ id: string; cookie: string }> {
    const body = { name: email, crewId: null, roles };
    const made = await this.ask('POST', '/api/v1/access/people', { body, cookie });
    const { personId, path } = made.body as { personId: string; path: string };
    const account = { name: email, email, password: PASSWORD };
    const token = path.split('#')[1];
    const entered = await this.ask('POST', '/api/v1/access/link', { body: { token, account } });
    if (entered.status !== 200) throw new Error(JSON.stringify(entered.body));
    return { id: personId, cookie: entered.cookie };
  }

  /** Every route the server has, from its own table. */
  routeTable(): { method: string; url: string }[] {
    const found: { method: string; url: string }[] = [];
    const levels: string[] = [];
    for (const line of this.app.printRoutes({ commonPrefix: false }).split('\n')) {
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
}

export function problem(asked: Asked): Problem {
  expect(asked.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = asked.body as Problem;
  expect(body.status).toBe(asked.status);
  expect(body.code).toMatch(/^E-[A-Z]+-\d{3}$/);
  expect(body.mend.length).toBeGreaterThan(4);
  expect(body.detail.length).toBeGreaterThan(4);
  expect(body.type).toBe(`urn:throughline:problem:${body.code}`);
  return body;
}
