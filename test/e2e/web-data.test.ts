import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BROWSER_FLAGS, findChromium } from './chromium.ts';

const executablePath = findChromium();
const WEB = fileURLToPath(new URL('../../web/', import.meta.url));

if (!executablePath)
  process.stdout.write('No Chromium found: what waits on a device is not tested in a browser.\n');

/** A server that can be away, refuse, fail, or lose its answer after it did the work. */
type Mood = 'works' | 'away' | 'refuses' | 'fails' | 'loses the answer' | 'signed out';
let mood: Mood = 'works';
const done = new Map<string, unknown>();
let streams: ServerResponse[] = [];

function plant(): Plugin {
  return {
    name: 'plant',
    configureServer(server) {
      server.middlewares.use(
        '/api',
        (asked: IncomingMessage, answer: ServerResponse) => void speak(asked, answer),
      );
      server.middlewares.use('/empty', (_asked: IncomingMessage, answer: ServerResponse) => {
        answer.setHeader('content-type', 'text/html');
        answer.end('<!doctype html><title>empty</title>');
      });
    },
  };
}

async function speak(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  if (mood === 'away') return void asked.socket.destroy();
  if (asked.url?.endsWith('/events')) {
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    answer.write('event: changed\ndata: {"seq":1,"stages":[]}\n\n');
    streams.push(answer);
    return;
  }
  let text = '';
  for await (const part of asked) text += part;
  const problem = (status: number, title: string, code: string) =>
    answer
      .writeHead(status, { 'content-type': 'application/problem+json' })
      .end(JSON.stringify({ title, status, detail: 'why', code, mend: 'what to do', items: [] }));
  if (mood === 'refuses') return void problem(422, 'The order is closed', 'E-WORK-031');
  if (mood === 'fails') return void problem(500, 'The server failed', 'E-HTTP-500');
  if (mood === 'signed out') return void problem(401, 'Nobody is signed in', 'E-HTTP-001');
  const key = String(asked.headers['idempotency-key']);
  if (!done.has(key)) done.set(key, JSON.parse(text || 'null'));
  if (mood === 'loses the answer') return void asked.socket.destroy();
  answer.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
}

describe.skipIf(!executablePath)('changes that wait on a device', () => {
  let cache: string;
  let vite: ViteDevServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'throughline-vite-'));
    vite = await createServer({
      root: WEB,
      configFile: false,
      cacheDir: cache,
      logLevel: 'error',
      plugins: [plant()],
      optimizeDeps: { noDiscovery: true, include: ['@tanstack/react-query'] },
      server: { port: 0, host: '127.0.0.1', hmr: false, ws: false },
    });
    await vite.listen();
    browser = await chromium.launch({ executablePath: executablePath as string, args: BROWSER_FLAGS });
  });

  afterAll(async () => {
    for (const stream of streams) stream.destroy();
    await browser?.close();
    await vite?.close();
    await rm(cache, { recursive: true, force: true });
  });

  beforeEach(async () => {
    mood = 'works';
    done.clear();
    const context = await browser.newContext();
    page = await context.newPage();
    await begin();
  });

  /** Opens a page and makes the store, as a person who comes back does. */
  async function begin(person = 'p1'): Promise<void> {
    const { port } = (vite.httpServer as Server).address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/empty`);
    await page.evaluate(`(async () => {
      const { WaitingChanges } = await import('/data/waiting.ts');
      const { request } = await import('/data/request.ts');
      const send = ({ method, path, body, idempotencyKey }) => request(method, path, { body, idempotencyKey });
      window.waiting = new WaitingChanges(send, () => '${person}');
      await window.waiting.flush();
    })()`);
  }

  const add = (title: string) =>
    page.evaluate(
      `window.waiting.add({ method: 'POST', path: '/api/v1/work/case/C-1/finding', body: { title: '${title}' }, title: '${title}', detail: '' })`,
    );
  const flush = () => page.evaluate('window.waiting.flush()');
  const titles = () => page.evaluate('window.waiting.current().changes.map((change) => change.title)');
  const settled = (n: number) => page.waitForFunction(`window.waiting.current().changes.length === ${n}`);

  test('with a network a finding goes at once, with its key', async () => {
    await add('worn');
    await settled(0);
    expect([...done.values()]).toEqual([{ title: 'worn' }]);
    expect([...done.keys()][0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('without one it outlives the closed page, keeps its order, and goes once', async () => {
    mood = 'away';
    await add('first');
    await add('second');
    await flush();
    expect(await titles()).toEqual(['first', 'second']);
    mood = 'works';
    await begin();
    await settled(0);
    expect([...done.values()]).toEqual([{ title: 'first' }, { title: 'second' }]);
  });

  test('a lost answer is no second finding', async () => {
    mood = 'loses the answer';
    await add('once');
    await flush();
    expect(await titles()).toEqual(['once']);
    expect(done.size).toBe(1);
    mood = 'works';
    await flush();
    await settled(0);
    expect(done.size).toBe(1);
  });

  test('a refusal is kept for a person, the rest goes on; trying again clears it', async () => {
    mood = 'refuses';
    await add('closed order');
    await page.waitForFunction('window.waiting.current().changes[0]?.refused');
    expect(await page.evaluate('window.waiting.current().changes[0].refused.code')).toBe('E-WORK-031');
    mood = 'works';
    await add('next');
    await page.waitForFunction(
      "window.waiting.current().changes.every((change) => change.title === 'closed order')",
    );
    expect([...done.values()]).toEqual([{ title: 'next' }]);
    await page.evaluate('window.waiting.again(window.waiting.current().changes[0].idempotencyKey)');
    await settled(0);
    expect(done.size).toBe(2);
  });

  test.each(['fails', 'signed out'] as const)('a server that %s loses nothing', async (how) => {
    mood = how;
    await add('kept');
    await flush();
    expect(await titles()).toEqual(['kept']);
    expect(await page.evaluate('window.waiting.current().changes[0].refused ?? null')).toBeNull();
  });

  test('another person on the same phone neither sees nor sends it', async () => {
    mood = 'away';
    await add('mine');
    await flush();
    mood = 'works';
    await begin('p2');
    expect(await titles()).toEqual([]);
    expect(done.size).toBe(0);
    await begin('p1');
    await settled(0);
    expect(done.size).toBe(1);
  });

  test('the stream makes stale what changed, across pages too, and all after a break', async () => {
    await page.evaluate(`(async () => {
      const { Changes } = await import('/data/changes.ts');
      window.told = [];
      const queries = { invalidateQueries: (wish) => {
        const all = [['work', 1], ['plan', 2], ['today', 3]];
        window.told.push(wish ? all.filter((queryKey) => wish.predicate({ queryKey })).map((key) => key[0]) : 'all');
      } };
      window.changes = new Changes(queries);
      window.changes.open();
    })()`);
    await page.waitForFunction("window.changes.connection().state === 'live'");
    streams.at(-1)?.write('event: changed\ndata: {"seq":2,"stages":["work"]}\n\n');
    streams.at(-1)?.write('event: changed\ndata: {"seq":3,"stages":["work"]}\n\n');
    await page.waitForFunction('window.told.length > 0');
    expect(await page.evaluate('window.told')).toEqual([['work', 'today']]);
    for (const stream of streams.splice(0)) stream.destroy();
    await page.waitForFunction("window.changes.connection().state === 'lost'");
    await page.evaluate('window.changes.hurry()');
    await page.waitForFunction("window.changes.connection().state === 'live'");
    expect(await page.evaluate('window.told.at(-1)')).toBe('all');
    streams = [];
  });

  test('a page that is left lets go of its stream, and takes it up when it comes back', async () => {
    await page.evaluate(`(async () => {
      const { Changes } = await import('/data/changes.ts');
      window.told = [];
      window.changes = new Changes({ invalidateQueries: () => window.told.push('all') });
      window.changes.back();
      window.changes.open();
    })()`);
    await page.waitForFunction("window.changes.connection().state === 'live'");
    expect(streams).toHaveLength(1);
    const left = once(streams[0] as ServerResponse, 'close');
    await page.evaluate('window.changes.rest()');
    await left;
    await page.evaluate('window.changes.back()');
    await page.waitForFunction("window.told.at(-1) === 'all'");
    expect(streams).toHaveLength(2);
    streams = [];
  });
});
