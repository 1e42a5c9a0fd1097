// What docs/guide/your-plant.md tells: a plan with seats, an invitation, a device, and its readings judged on trial.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AlertListView, Enrolment, Invitation, Me, PersonView } from '#api/contract.ts';
import { HOUR_MS, isoUtc, MINUTE_MS } from '#vocabulary/time.ts';
import { throughline } from './serving.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PLAN = join(ROOT, 'examples/first-monitor/plan.yaml');
let folder = '';
let server: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-first-'));
});
afterEach(async () => {
  const child = server;
  if (child !== null && child.exitCode === null) {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Announced {
  url: string;
  open: string;
}

/** Starts a server on free ports and gives what it announces. */
function serve(): Promise<Announced> {
  const words = ['serve', '--plan', PLAN, '--data', join(folder, 'plant'), '--json'];
  const main = join(ROOT, 'src/cli/main.ts');
  const child = spawn(process.execPath, [main, ...words, '--port', '0', '--mqtt-port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server = child;
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('\n')) resolve(JSON.parse(out) as Announced);
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
}

class Caller {
  cookie = '';
  readonly #url: string;
  constructor(url: string) {
    this.#url = url;
  }

  async ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        origin: this.#url,
        cookie: this.cookie,
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0] as string;
    return JSON.parse(text) as T;
  }

  enter(path: string, name: string): Promise<Me> {
    const account = { name, email: `${name.toLowerCase()}@plant.example`, password: 'correct horse battery' };
    return this.ask<Me>('POST', '/access/link', { token: path.split('#')[1], account });
  }
}

it('a plant of its own: seats are taken by invitation, a device sends, the trial judges and makes no work', async () => {
  const { url, open } = await serve();
  const administrator = new Caller(url);
  expect((await administrator.enter(open, 'Ana')).roles).toEqual(['administrator']);
  const { people } = await administrator.ask<{ people: PersonView[] }>('GET', '/access/people');
  const seat = people.find((person) => person.name === 'reliability')?.personId ?? '';
  const invitation = await administrator.ask<Invitation>('POST', `/access/people/${seat}/invitation`);
  const engineer = new Caller(url);
  expect(await engineer.enter(invitation.path, 'Rita')).toMatchObject({
    personId: seat,
    name: 'Rita',
    roles: ['reliability engineer'],
    simulated: false,
  });
  const device = { clientId: 'gw-1', publish: ['north/line-1/#'] };
  const enrolled = await administrator.ask<Enrolment>('POST', '/access/clients', device);
  const secretFile = join(folder, 'gw-1.secret');
  const ca = join(folder, 'ca.pem');
  const csv = join(folder, 'vibration.csv');
  writeFileSync(secretFile, enrolled.secret, { mode: 0o600 });
  writeFileSync(ca, enrolled.ca);
  const fromMs = Date.now() - 5 * HOUR_MS;
  const rows = Array.from(
    { length: 58 },
    (_, n) => `${isoUtc(fromMs + n * 5 * MINUTE_MS)},${n < 20 ? 5 : 8}`,
  );
  writeFileSync(csv, `timestamp,value\n${rows.join('\n')}\n`);
  const who = ['--client', 'gw-1', '--secret-file', secretFile, '--ca', ca, '--url', enrolled.url];
  const sent = await throughline(['replay', csv, ...who, '--topic', 'north/line-1/p-1/vibration', '--json']);
  expect(sent.exit, sent.err).toBe(0);
  expect(JSON.parse(sent.out)).toMatchObject({ rows: 58, acknowledged: 58 });
  const { alerts } = await engineer.ask<AlertListView>('GET', '/alert');
  expect(alerts).toMatchObject([
    { monitorId: 'north.P-1-vibration-high', trial: true, caseId: null, limit: 7.1, extreme: 8 },
  ]);
});
