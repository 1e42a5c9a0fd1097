import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER_FLAGS, findChromium } from './chromium.ts';

const executablePath = findChromium();
const WEB = fileURLToPath(new URL('../../web/', import.meta.url));
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** As strict as the product's own server. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

if (!executablePath)
  process.stdout.write('No Chromium found: the page of parts is not looked at in a browser.\n');

describe.skipIf(!executablePath)('the page of parts in a browser', () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'throughline-web-'));
    await build({
      root: WEB,
      configFile: join(WEB, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder },
    });
    server = createServer((asked, answer) => void serve(folder, asked.url ?? '/', answer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: executablePath as string, args: BROWSER_FLAGS });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(
    width: number,
    colorScheme: 'light' | 'dark',
    path = '/parts?parts',
  ): Promise<[Page, string[]]> {
    const context = await browser.newContext({
      viewport: { width, height: width < 700 ? 760 : 1000 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const said: string[] = [];
    page.on('pageerror', (error) => said.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error' && !line.text().includes('404')) said.push(line.text());
    });
    await page.goto(base + path);
    await page.locator('h1').waitFor();
    return [page, said];
  }

  test.each([
    [1440, 'light'],
    [1440, 'dark'],
    [360, 'dark'],
    [320, 'light'],
  ] as const)('%i px, %s: no violation, no sideways scroll, no error, right theme', async (width, scheme) => {
    const [page, said] = await open(width, scheme);
    await page.locator('.uplot').first().waitFor();
    const found = await new AxeBuilder({ page }).analyze();
    expect(found.violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe(scheme);
    expect(said).toEqual([]);
    await page.context().close();
  });

  test('keys: list, palette, places, rows, table; and they can be switched off', async () => {
    const [page] = await open(1440, 'light');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'Chart' }).first().waitFor();
    await page.keyboard.press('t');

    await page.locator('.table-box [data-row]').first().focus();
    await page.keyboard.press('j');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('M-10');
    await page.keyboard.press('k');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('M-01');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/monitor/M-01');

    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox');
    await field.fill('outc');
    await page.getByRole('option', { name: /Outcome/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/outcome');

    await page.evaluate("localStorage.setItem('throughline.keys', 'off')");
    await page.locator('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.waitForTimeout(100);
    expect(page.url()).toContain('/outcome');
    await page.evaluate("localStorage.setItem('throughline.keys', 'on')");
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.waitForURL('**/line');
    await page.context().close();
  });

  test('the limit moves by keys, ten steps with Shift, and stops at its bounds', async () => {
    const [page] = await open(1440, 'light');
    const handle = page.getByRole('slider', { name: 'Limit' });
    await handle.focus();
    await page.keyboard.press('ArrowUp');
    expect(await handle.getAttribute('aria-valuetext')).toBe('1.80 s');
    await page.keyboard.press('Shift+ArrowUp');
    expect(await handle.getAttribute('aria-valuetext')).toBe('2.30 s');
    await page.keyboard.press('Shift+ArrowUp');
    expect(await handle.getAttribute('aria-valuetext')).toBe('2.40 s');
    const box = await handle.boundingBox();
    if (!box) throw new Error('the handle is not drawn');
    await page.mouse.move(box.x + 10, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 10, box.y + 130, { steps: 4 });
    await page.mouse.up();
    expect(Number(await handle.getAttribute('aria-valuenow'))).toBeLessThan(2.1);
    await page.context().close();
  });

  test('the first Tab leads past the rail', async () => {
    const [page] = await open(1440, 'light');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.context().close();
  });

  test('an address without a page says so', async () => {
    const [page] = await open(1440, 'light', '/nowhere');
    expect(await page.locator('h1').textContent()).toBe('There is no such page');
    await page.context().close();
  });
});

async function serve(folder: string, url: string, answer: import('node:http').ServerResponse): Promise<void> {
  const path = new URL(url, 'http://here').pathname;
  if (path.startsWith('/api/')) {
    answer.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"title":"no server here"}');
    return;
  }
  const wanted = extname(path) ? path : '/index.html';
  try {
    const body = await readFile(join(folder, wanted));
    const type = TYPES[extname(wanted)] ?? 'application/octet-stream';
    answer.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
  } catch {
    answer.writeHead(404).end();
  }
}
