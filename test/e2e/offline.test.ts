import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER_FLAGS, findChromium } from './chromium.ts';
import { WorkPlant } from './work-plant.ts';

const executablePath = findChromium();
const WEB = fileURLToPath(new URL('../../web/', import.meta.url));

if (!executablePath) process.stdout.write('No Chromium found: pages without a network are not tried.\n');

describe.skipIf(!executablePath)('screens without a network', () => {
  let rig: WorkPlant;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    await build({ root: WEB, configFile: `${WEB}vite.config.ts`, logLevel: 'error' });
    rig = await WorkPlant.start([{ machine: 1, fromH: 20, toH: 200 }]);
    await rig.advance(48);
    browser = await chromium.launch({ executablePath: executablePath as string, args: BROWSER_FLAGS });
  });
  afterEach(async () => {
    await context?.close();
  });
  afterAll(async () => {
    await browser?.close();
    await rig?.stop();
  });

  /** A page whose device keeps what it reads. */
  async function enter(person: string): Promise<Page> {
    context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(rig.link(person));
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.evaluate('navigator.serviceWorker.ready.then(() => null)');
    await page.waitForFunction('navigator.serviceWorker.controller !== null', null, { timeout: 10_000 });
    return page;
  }

  const kept = (page: Page): Promise<string[]> =>
    page.evaluate(`(async () => {
      const urls = [];
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname);
      return urls;
    })()`);

  test('a page that was open, and one that was only read, open again', async () => {
    const page = await enter('jo');
    const found = [...rig.plant.site.state().work.cases.values()][0];
    const path = `/work/case/${found?.caseId}`;
    await page.goto(`${rig.url}${path}`);
    await page.getByRole('button', { name: /^Accept D-/ }).waitFor();
    await page.goto(`${rig.url}/`);
    await page.locator('.today-list li').first().waitFor();
    await context.setOffline(true);
    await page.reload();
    await page.locator('.today-list li').first().waitFor();
    await page.getByText('Offline since').waitFor();
    await page.goto(`${rig.url}${path}`);
    await page.getByRole('button', { name: /^Accept D-/ }).waitFor();
    await context.setOffline(false);
    await page.getByText('Offline since').waitFor({ state: 'detached' });
  });

  test('what is done without a network outlives the page and goes when it is back', async () => {
    const { work } = rig.plant.site.state();
    const planner = await enter('jo');
    const caseId = [...work.cases.keys()][0] ?? '';
    await planner.goto(`${rig.url}/work/case/${caseId}`);
    await planner.getByRole('button', { name: /^Accept D-/ }).click();
    await planner.getByRole('button', { name: 'Release', exact: true }).click();
    const order = () => [...rig.plant.site.state().work.orders.values()][0];
    await expect.poll(() => order()?.status).toBe('released');
    await context.close();
    const page = await enter('tom');
    const path = `${rig.url}/work/order/${order()?.orderId}`;
    await page.goto(path);
    await page.getByRole('button', { name: 'Start work' }).waitFor();
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('button', { name: 'Start work' }).click();
    await page.getByText(/Kept here, sent when online/).waitFor();
    await page.reload();
    await page.getByText(/Kept here, sent when online/).waitFor();
    expect(order()?.status).toBe('released');
    await context.setOffline(false);
    await expect.poll(() => order()?.status, { timeout: 20_000 }).toBe('started');
  });

  test('only screens and readings are kept, and nothing of a person after signing out, with or without a network', async () => {
    for (const offline of [false, true]) {
      const page = await enter('ida');
      await page.goto(`${rig.url}/access`);
      await page.locator('h1').waitFor();
      await expect.poll(() => kept(page)).toContain('/api/v1/access/me');
      const of = (await kept(page)).filter((one) => one.startsWith('/api/v1/access/'));
      expect(new Set(of)).toEqual(new Set(['/api/v1/access/me', '/api/v1/access/people']));
      await context.setOffline(offline);
      await page.evaluate(
        `fetch('/api/v1/access/sign-out', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: '{}' }).catch(() => null)`,
      );
      await expect.poll(async () => (await kept(page)).filter((one) => one.startsWith('/api/'))).toEqual([]);
      await context.close();
    }
  });

  test('a newer version of the screens is shown at the next load, and the older one is not kept', async () => {
    const page = await enter('jo');
    await page.evaluate(`(async () => {
      const shell = await caches.open('throughline-shell');
      await shell.put('/', new Response('<!doctype html><title>older</title>', { headers: { 'content-type': 'text/html' } }));
      await shell.put('/assets/older-1.js', new Response(''));
    })()`);
    await page.reload();
    await page.locator('.phone-bar').waitFor();
    await expect.poll(() => kept(page)).not.toContain('/assets/older-1.js');
    await context.setOffline(true);
    await page.reload();
    await page.locator('.phone-bar').waitFor();
  });
});
