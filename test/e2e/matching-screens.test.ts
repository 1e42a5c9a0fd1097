import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER_FLAGS, findChromium } from './chromium.ts';
import { WorkPlant } from './work-plant.ts';

const executablePath = findChromium();
const WEB = fileURLToPath(new URL('../../web/', import.meta.url));

if (!executablePath)
  process.stdout.write('No Chromium found: the screens of one fault are not tried in a browser.\n');

describe.skipIf(!executablePath)('one case per fault, on the screens', () => {
  let rig: WorkPlant;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    await build({ root: WEB, configFile: `${WEB}vite.config.ts`, logLevel: 'error' });
    rig = await WorkPlant.start([
      { machine: 1, fromH: 20, toH: 400 },
      { machine: 2, fromH: 44, toH: 400 },
    ]);
    const machine = rig.plant.site.state().strategy.assets.get('recorded.M-2');
    await rig.run('ada', 'strategy.register-asset', { ...machine, parentId: 'recorded.M-1' });
    browser = await chromium.launch({ executablePath: executablePath as string, args: BROWSER_FLAGS });
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await rig?.stop();
  });

  async function enter(person: string, path: string, width = 1440): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: width < 700 ? 800 : 900 } });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(rig.link(person));
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto(rig.url + path);
    await page.locator('h1').waitFor();
    return page;
  }

  async function sound(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const over = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(over).toBe(0);
  }

  const work = () => rig.plant.site.state().work;
  const openOn = (machine: number) =>
    [...work().open]
      .map((caseId) => work().cases.get(caseId))
      .find((one) => one?.fault.assetId === `recorded.M-${machine}`);

  test('a technician reports on the phone what he heard; the planner sees it', async () => {
    const page = await enter('tom', '/report', 360);
    await page.getByLabel('Machine').selectOption('recorded.M-1');
    await page.getByLabel('What is wrong?').fill('Howls when it starts.');
    await sound(page);
    await page.getByRole('button', { name: 'Report it' }).click();
    await page.getByText(/A planner sees it/).waitFor();
    const told = [...work().notifications.values()].at(-1);
    expect(told).toMatchObject({ origin: 'person', assetId: 'recorded.M-1', by: 'recorded.tom' });
    expect(told?.shortText).toMatch(/^text:/);
    const today = await enter('jo', '/');
    await today
      .getByRole('link', { name: /^Reported: Machine 1/ })
      .first()
      .click();
    await today.getByText('Howls when it starts.').waitFor();
    await today.getByRole('button', { name: 'Copy one from the CMMS' }).click();
    await today.getByLabel('Machine', { exact: true }).selectOption('recorded.M-2');
    await today.getByLabel('Its number in the CMMS').fill('10004698');
    await today.getByLabel('Short text').fill('M-2 runs rough');
    await sound(today);
    await today.getByRole('button', { name: 'Keep it here' }).click();
    await today.getByText('10004698').waitFor();
    await sound(today);
  });

  test('the alert asks whether it is the same fault; the answer takes the report', async () => {
    await rig.advance(36);
    const page = await enter('jo', '/');
    await page
      .getByRole('link', { name: /Same fault as one of 2 open notifications/ })
      .first()
      .click();
    await page.getByText('Howls when it starts.').first().waitFor();
    await sound(page);
    expect(await page.getByRole('button', { name: 'Same fault', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: 'Same fault as N-0001' }).check();
    await page.getByRole('button', { name: 'Same fault as N-0001', exact: true }).click();
    await page.getByText('seen by people first').waitFor();
    expect(openOn(1)).toMatchObject({ firstSeenBy: 'operator', notificationId: 'recorded.N-0001' });
    await sound(page);
  });

  test('a second case next to it gets its own notification with a reason, then is merged and split', async () => {
    await rig.advance(24);
    const second = openOn(2)?.caseId ?? '';
    const page = await enter('jo', `/work/case/${second}`, 360);
    await page.getByText('parent M-1', { exact: false }).first().waitFor();
    await sound(page);
    await page.getByRole('button', { name: 'Not the same' }).click();
    await page.getByLabel('Why is it another fault?').fill('This one has a bearing of its own.');
    await page.getByRole('button', { name: 'Create its own' }).click();
    await page.getByRole('button', { name: /^Accept D-/ }).waitFor();
    await page.getByRole('button', { name: 'Merge into another' }).click();
    await page.getByLabel('Why is it one fault?').fill('One bearing carries both.');
    await sound(page);
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText('Merged into').first().waitFor();
    await sound(page);
    const into = openOn(1);
    expect(into?.alerts).toHaveLength(2);
    const first = await enter('ada', `/work/case/${into?.caseId}`);
    await first.getByRole('button', { name: 'Split alerts off' }).click();
    await first.getByRole('checkbox').first().check();
    await first.getByLabel('Why is it another fault?').fill('Two bearings after all.');
    await sound(first);
    await first.getByRole('button', { name: 'Split off', exact: true }).click();
    await expect.poll(() => openOn(1)?.alerts.length).toBe(1);
    expect(openOn(2)?.splitOf).toBe(into?.caseId);
    await first
      .getByText(/split off/)
      .first()
      .waitFor();
  });
});
