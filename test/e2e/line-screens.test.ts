import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER_FLAGS, findChromium } from './chromium.ts';
import { LinePlant } from './line-plant.ts';

const executablePath = findChromium();
const WEB = fileURLToPath(new URL('../../web/', import.meta.url));

if (!executablePath)
  process.stdout.write(
    'No Chromium found: Today, the line, strategy, monitors and alerts are not looked at.\n',
  );

describe.skipIf(!executablePath)('what people read first, against a running plant', () => {
  let plant: LinePlant;
  let browser: Browser;

  beforeAll(async () => {
    await build({ root: WEB, configFile: `${WEB}vite.config.ts`, logLevel: 'error' });
    plant = await LinePlant.start();
    await plant.load();
    await plant.live();
    browser = await chromium.launch({ executablePath: executablePath as string, args: BROWSER_FLAGS });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await plant?.stop();
  });

  /** A page of one person, who came by a link. */
  async function as(person: string, path: string, width = 1440, dark = false): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    await page.goto(plant.link(person));
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('heading', { level: 1, name: 'What needs me?' }).waitFor();
    if (path !== '/') await page.goto(plant.url + path);
    return page;
  }

  test('Today shows a planner the drafts, soonest first, and leads to the case', async () => {
    const page = await as('brandt', '/');
    const rows = page.locator('.today-list li');
    await expect.poll(() => rows.count()).toBe(3);
    expect(await page.locator('.today-list').innerText()).toMatch(/Verify (a|\d+) money entr/);
    expect(await rows.nth(0).innerText()).toContain('Homogeniser HOM-204');
    expect(await rows.nth(0).innerText()).toContain('€45,800');
    expect(await rows.nth(0).innerText()).toContain('M. Silva was asked');
    expect(await page.locator('main .mantine-Button-root[data-variant="filled"]').count()).toBe(1);
    await page.keyboard.press('e');
    await page.waitForURL((url) => url.pathname.startsWith('/work/case/'));
    await page.context().close();
  });

  test('an empty list says the good news and how we know', async () => {
    const page = await as('novak', '/');
    await page.getByText('Nothing needs you.').waitFor();
    expect(await page.locator('.today-list .state').innerText()).toMatch(
      /monitors watch \d+ assets, newest reading/,
    );
    await page.context().close();
  });

  test('the line shows every thread, each break with its reason, and every stop opens', async () => {
    const page = await as('fischer', '/line');
    const picture = page.locator('svg.picture');
    await picture.getByText('L. Haddad').first().waitFor();
    const words = await picture.innerText().catch(() => picture.textContent());
    for (const reason of [
      'nobody answered',
      'in trial',
      'only a draft',
      'no monitor',
      'no valid signal since',
    ])
      expect(words).toContain(reason);
    expect(words).toContain('run to failure, accepted by L. Haddad, review Jan 2027');
    await page.locator('svg.picture a[href="/monitor/eastmoor.M-07"]').first().click();
    await page.getByRole('heading', { level: 1, name: 'What did this limit do?' }).waitFor();
    await page.locator('.thread a', { hasText: 'Torque drifts' }).click();
    await page.getByRole('heading', { level: 1, name: 'How does C-102 Capper fail?' }).waitFor();
    await page.context().close();
  });

  test('a change of the limit becomes a version, gets its signatures by two people, and the gate says what is missing', async () => {
    const engineer = await as('fischer', '/monitor/eastmoor.M-01');
    await engineer.getByRole('button', { name: 'Change the limit' }).click();
    await engineer.getByLabel('Limit, mm/s').fill('2.6');
    await engineer.getByLabel('Why').fill('the bearing is seen two days earlier');
    await engineer.getByRole('button', { name: 'Make the version' }).click();
    await engineer.getByText('Version 2 waits, limit 2.6 mm/s').waitFor();
    await engineer.getByText('proposed it').waitFor();
    await engineer.getByRole('button', { name: 'Go live' }).click();
    const refusal = engineer.locator('.state-failure');
    await refusal.waitFor();
    expect(await refusal.innerText()).toContain('E-GATE-215');
    expect(await refusal.innerText()).toContain('E-GATE-216');
    await engineer.context().close();

    const technician = await as('novak', '/monitor/eastmoor.M-01');
    await technician.getByRole('button', { name: 'Sign as technician' }).click();
    await expect.poll(() => technician.getByRole('button', { name: 'Sign as technician' }).count()).toBe(0);
    const versions = plant.plant.site.state().monitor.monitors.get(plant.id('M-01'));
    expect(versions?.versions.get(2)?.signOffs.map((one) => one.by)).toEqual([plant.id('novak')]);
    expect(versions?.inEffect).toBe(1);
    await technician.context().close();
  });

  test('the trend stands on the page, with its limit, and as a table', async () => {
    const page = await as('okafor', '/monitor/eastmoor.M-04');
    const drawing = page.getByRole('img', {
      name: /Discharge temperature of Compressor: now .* past its limit of 100/,
    });
    await drawing.waitFor();
    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'Chart' }).waitFor();
    expect(await page.locator('.trend-table tbody tr').count()).toBeGreaterThan(100);
    await page.getByRole('button', { name: '12 months' }).click();
    expect(await page.locator('.trend-table tbody tr').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  test('an alert is acknowledged, and a trial gets its answer', async () => {
    const page = await as(
      'novak',
      `/alert/${plant.plant.site.state().work.cases.get(plant.id('C-0005'))?.alertId}`,
    );
    const marked = page.locator('tr:has([data-marked])');
    await marked.getByRole('button', { name: /^Seen/ }).click();
    await marked.getByText('T. Novak').waitFor();
    await page.getByRole('button', { name: 'Trials' }).click();
    const first = page.locator('.alert-list tbody tr').first();
    await first.getByRole('button', { name: 'Would not' }).click();
    await first.getByText('would not go').waitFor();
    await page.context().close();
  });

  test('who may not act sees no button', async () => {
    const page = await as('haddad', '/monitor/eastmoor.M-01');
    await page.locator('.monitor-gate').waitFor();
    expect(await page.locator('.monitor-gate button').count()).toBe(0);
    await page.goto(`${plant.url}/alert`);
    await page.locator('.alert-list tbody tr').first().waitFor();
    expect(await page.locator('.alert-list tbody button').count()).toBe(0);
    await page.context().close();
  });

  test.each([
    '/',
    '/line',
    '/strategy',
    '/strategy/asset/eastmoor.C-102',
    '/monitor',
    '/monitor/eastmoor.M-07',
    '/alert',
    '/detect',
  ])('%s is readable by all, at 1440 light and 320 dark', async (path) => {
    for (const [width, dark] of [
      [1440, false],
      [320, true],
    ] as const) {
      const page = await as('fischer', path, width, dark);
      await page.locator('.panel').first().waitFor();
      await page.waitForTimeout(300);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });

  test('a server that fails is said beside the thing, with what to do', async () => {
    const page = await as('fischer', '/');
    await page.route('**/api/v1/strategy', (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          title: 'The server failed',
          status: 500,
          detail: 'why',
          code: 'E-HTTP-500',
          mend: 'Try again.',
        }),
      }),
    );
    await page.goto(`${plant.url}/monitor/eastmoor.M-99`);
    await page
      .getByRole('alert')
      .filter({ hasText: 'E-MONITOR' })
      .or(page.getByRole('alert').filter({ hasText: 'M-99' }))
      .first()
      .waitFor();
    await page.goto(`${plant.url}/strategy`);
    await page.getByText('E-HTTP-500').waitFor({ timeout: 20_000 });
    await page.context().close();
  });

  test('rows do not move: what comes by itself says so and waits', async () => {
    const page = await as('brandt', '/');
    await expect.poll(() => page.locator('.today-list li').count()).toBe(3);
    const { work } = plant.plant.site.state();
    const draftId = work.cases.get(plant.id('C-0004'))?.openDraftId;
    await plant.run('brandt', 'work.accept-draft', { draftId, dayMs: plant.plant.site.nowMs() });
    await page.getByRole('button', { name: '1 new, show' }).waitFor();
    expect(await page.locator('.today-list li').count()).toBe(2);
    await page.getByRole('button', { name: '1 new, show' }).click();
    expect(await page.locator('.today-list li', { hasText: 'Release: Change the bearing' }).count()).toBe(1);
    await page.context().close();
  });
});
