// A real `throughline serve` over a prepared data folder, with a device and a person who talk to it.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Devices } from '#adapters/identity/devices/devices.ts';
import { openPublisher } from '#app/compose.ts';
import type { Publisher } from '#ports/publisher.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { describingCommands, planFrom } from '../simulation/described.ts';
import { World } from '../simulation/world.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'src', 'cli', 'main.ts');
export const PLAN = join(ROOT, 'test', 'simulation', 'plan.yaml');
export const DEVICE = 'gateway-1';
const PASSWORD = 'correct horse battery';
const RECONNECT_MS = 50;
const START_WITHIN_MS = 60_000;
/** How long ago the monitors went live; readings may be stamped later than that. */
const LIVE_SINCE_MS = 20 * DAY_MS;

export interface Ended {
  exit: number | null;
  out: string;
  err: string;
}

/** Runs one command line to its end. */
export async function throughline(words: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = listen(child);
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, ...heard() };
}

function listen(child: ChildProcess): () => { out: string; err: string } {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return () => ({ out, err });
}

/** A data folder whose monitors are live since three weeks ago, and the server that is started and stopped on it. */
export class Serving {
  readonly dir: string;
  readonly dataDir: string;
  readonly #mqttPort: number;
  readonly #secret: string;
  #child: ChildProcess | null = null;
  #heard: () => { out: string; err: string } = () => ({ out: '', err: '' });
  url = '';
  #firstLink = '';
  cookie = '';

  private constructor(dir: string, mqttPort: number, secret: string) {
    this.dir = dir;
    this.dataDir = join(dir, 'data');
    this.#mqttPort = mqttPort;
    this.#secret = secret;
  }

  /** @param dir folder to use; it must be empty */
  static async prepare(dir = mkdtempSync(join(tmpdir(), 'throughline-serving-'))): Promise<Serving> {
    const beganMs = Date.now() - LIVE_SINCE_MS;
    const world = await World.open(null, beganMs);
    await world.describe(await describingCommands(await planFrom(PLAN), beganMs));
    await world.snapshot();
    await world.close();
    cpSync(world.dir, join(dir, 'data'), { recursive: true });
    await world.remove();
    const devices = await Devices.open(join(dir, 'data'));
    const secret = await devices.enrol(DEVICE, ['sim/+'], beganMs);
    return new Serving(dir, await freePort(), secret);
  }

  get pid(): number {
    return this.#child?.pid as number;
  }

  /** The certificate authority that devices trust; made at the first start. */
  get ca(): string {
    return readFileSync(join(this.dataDir, 'keys', 'mqtt', 'ca.pem'), 'utf8');
  }

  /** Starts the server without waiting for it. @returns resolves with ms until it said its address; null when it ended */
  start(words: string[] = []): Promise<number | null> {
    const startedMs = performance.now();
    const where = ['--data', this.dataDir, '--port', '0', '--mqtt-port', String(this.#mqttPort), '--json'];
    const child = spawn(process.execPath, [MAIN, 'serve', ...where, ...words], {
      // as the launcher does for a clone
      env: { NODE_COMPILE_CACHE: join(this.dir, 'compiled'), ...process.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#heard = listen(child);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the server does not start')), START_WITHIN_MS);
      const settle = (ms: number | null): void => {
        clearTimeout(late);
        resolve(ms);
      };
      child.once('exit', () => settle(null));
      child.stdout.once('data', () => {
        const said = JSON.parse(this.#heard().out) as { url: string; open: string };
        this.url = said.url;
        if (said.open !== said.url) this.#firstLink = said.open;
        settle(performance.now() - startedMs);
      });
    });
  }

  /** Starts and waits; @throws Error with what it said when it ended instead */
  async ready(words: string[] = []): Promise<number> {
    const ms = await this.start(words);
    if (ms === null) throw new Error(`the server ended: ${this.#heard().err}${this.#heard().out}`);
    return ms;
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ended> {
    const child = this.#child;
    if (!child) throw new Error('bug: nothing runs');
    this.#child = null;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'close');
    }
    return { exit: child.exitCode, ...this.#heard() };
  }

  /** Ends what still runs and removes the folder. */
  async clear(): Promise<void> {
    if (this.#child) await this.end('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Connects as the device; it comes back by itself, and sends again what was not acknowledged. */
  device(window: number): Promise<Publisher> {
    return openPublisher({
      url: `mqtts://127.0.0.1:${this.#mqttPort}`,
      ca: this.ca,
      clientId: DEVICE,
      secret: this.#secret,
      window,
      giveUpMs: 60_000,
      reconnectMs: RECONNECT_MS,
    });
  }

  /** The administrator signs in by the first link, once; the session outlives the process. */
  async signIn(): Promise<void> {
    const token = this.#firstLink.split('#')[1];
    const account = { name: 'Grace Hopperson', email: 'grace@plant.example', password: PASSWORD };
    const answer = await this.ask('POST', '/access/link', { token, account });
    if (!answer.ok) throw new Error(await answer.text());
    this.cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  }

  /** @param key the same one again gets the same answer */
  ask(method: string, path: string, body?: unknown, key: string = randomUUID()): Promise<Response> {
    return fetch(
      path.startsWith('/api') || path.endsWith('z') ? `${this.url}${path}` : `${this.url}/api/v1${path}`,
      {
        method,
        headers: {
          cookie: this.cookie,
          origin: this.url,
          ...(method === 'GET' ? {} : { 'idempotency-key': key }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
    );
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
