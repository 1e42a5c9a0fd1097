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
  process.stdout.write('No Chromium found: the screens of work are not tried in a browser.\n');

describe.skipIf(!executablePath)('from the draft to the money, on the screens', () => {
  let rig: WorkPlant;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    await build({ root: WEB, configFile: `${WEB}vite.config.ts`, logLevel: 'error' });
    rig = await WorkPlant.start([
      { machine: 1, fromH: 20, toH: 200 },
      { machine: 2, fromH: 30, toH: 200 },
    ]);
    await rig.advance(48);
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
    const context = await browser.newContext({
      viewport: { width, height: width < 700 ? 760 : 900 },
      // What is kept on a device has a test of its own; here every request can be held up.
      serviceWorkers: 'block',
    });
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
  const caseOf = (machine: number) => {
    const found = [...work().cases.values()].find((one) => one.fault.assetId === `recorded.M-${machine}`);
    if (!found) throw new Error(`machine ${machine} has no case`);
    return found;
  };

  test('a planner finds the case in the list, keeps its number and accepts it once', async () => {
    const page = await enter('jo', '/work');
    await sound(page);
    await page.getByRole('link', { name: /Machine 1/ }).click();
    await page.getByRole('navigation', { name: 'The line of this case' }).waitFor();
    await page.getByRole('img', { name: /Under its limit of 65/ }).waitFor();
    await sound(page);
    await page.getByLabel('Number that SAP gave it').fill('10004711');
    await page.getByRole('button', { name: 'Keep the number' }).click();
    await page.getByText('10004711').first().waitFor();
    await page.getByRole('button', { name: /^Accept D-/ }).click();
    await page.getByRole('button', { name: 'Release', exact: true }).waitFor();
    const { notificationId, openOrderId } = caseOf(1);
    expect(work().notifications.get(notificationId ?? '')?.cmmsNumber).toBe('10004711');
    expect(work().orders.get(openOrderId ?? '')?.status).toBe('created');
    await page.getByRole('button', { name: 'Release', exact: true }).click();
    await expect.poll(() => work().orders.get(openOrderId ?? '')?.status).toBe('released');
  });

  test('what is not real is rejected with a finding and a sentence', async () => {
    const { caseId } = caseOf(2);
    const page = await enter('jo', `/work/case/${caseId}`);
    await page.getByRole('button', { name: 'Not real' }).click();
    await page.getByLabel('What is it then?').selectOption('process');
    await page.getByLabel('Reason').fill('The line was washed with cold water.');
    await page.getByRole('button', { name: 'Reject it' }).click();
    await expect.poll(() => caseOf(2).findings.at(-1)?.finding).toBe('process');
    await page.locator('#findings').getByText('process', { exact: true }).waitFor();
  });

  test('an order moves to another day by keyboard, with its reason', async () => {
    const page = await enter('jo', '/plan');
    await sound(page);
    const orderId = caseOf(1).openOrderId ?? '';
    const before = rig.plant.site.state().plan.orders.get(orderId)?.dayMs;
    const job = page.locator('article', { has: page.locator(`a[href="/work/order/${orderId}"]`) });
    await job.focus();
    await page.keyboard.press('m');
    await page.getByLabel('Day', { exact: true }).selectOption({ index: 4 });
    await page.getByLabel('Reason').fill('The crew is away.');
    await page.getByRole('button', { name: 'Move it' }).click();
    await expect.poll(() => rig.plant.site.state().plan.orders.get(orderId)?.dayMs).not.toBe(before);
  });

  test('on the phone, without a network: start, finding in three taps, finish; all goes when it is back', async () => {
    const orderId = caseOf(1).openOrderId ?? '';
    const page = await enter('tom', `/work/order/${orderId}`, 360);
    await sound(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Start work' }).click();
    await page.getByText(/Kept here, sent when online/).waitFor();
    await page.getByRole('button', { name: 'What did you find?' }).click();
    await sound(page);
    await page.getByRole('button', { name: /It is as stated/ }).click();
    await page.getByRole('button', { name: /Measured/ }).click();
    await sound(page);
    await page.getByRole('button', { name: 'Keep it, then finish' }).click();
    await page.getByLabel('Person-hours worked').fill('7');
    await sound(page);
    await page.getByRole('button', { name: 'Finish the order' }).click();
    await page.getByText('This order is finished.').waitFor();
    expect(work().orders.get(orderId)?.status).toBe('released');
    await page.context().setOffline(false);
    await expect.poll(() => work().orders.get(orderId)?.status, { timeout: 20_000 }).toBe('finished');
    expect(caseOf(1).findings.at(-1)).toMatchObject({
      moment: 'as found',
      finding: 'as stated',
      evidence: 'strong',
    });
    expect(work().orders.get(orderId)?.finished?.actualH).toBe(7);
  });

  test('a technician is offered no decision of others', async () => {
    const page = await enter('eva', `/work/case/${caseOf(1).caseId}`);
    expect(await page.getByRole('button', { name: /Accept|Release|Keep the number/ }).count()).toBe(0);
  });

  test('the owner verifies an entry, finance accepts it; the two ledgers stay apart', async () => {
    const owner = await enter('mara', '/outcome');
    await owner.getByRole('button', { name: 'Verify' }).first().click();
    await owner.getByText(/verified, Mara Plant/).waitFor();
    const page = await enter('finn', '/outcome');
    await sound(page);
    const entry = () =>
      [...rig.plant.site.state().outcome.entries.values()].find((one) => one.amountMinor > 0);
    await page.locator(`[id="${entry()?.entryId}"]`).getByRole('button', { name: 'Accept' }).click();
    await expect.poll(() => entry()?.status).toBe('accepted');
    await page.getByText(/accepted, Finn Ledger/).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(
      expect.arrayContaining(['Cost avoided', 'Money saved']),
    );
  });

  test('an invitation is shown once and opens the door; a refusal stands beside its button', async () => {
    const page = await enter('ida', '/access');
    await sound(page);
    await page.getByLabel('Name', { exact: true }).fill('Nora New');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = await page.locator('.shown-link code').first().innerText();
    await page.reload();
    await page.getByText('Nora New').waitFor();
    expect(await page.locator('.shown-link').count()).toBe(0);
    await page.getByRole('button', { name: 'Take back: administrator of Ida Gate (simulated)' }).click();
    await page.getByRole('alert').getByText('E-ACCESS-007').waitFor();
    await page.getByLabel('Name of the device').fill('edge-7');
    await page.getByLabel('Topics it may send').fill('line-1/pump/#');
    await page.getByRole('button', { name: 'Enrol it' }).click();
    expect(await page.locator('.device-secret code').nth(2).innerText()).toMatch(/^[\w-]{40,}$/);
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.getByRole('button', { name: 'New secret: edge-7' }).click();
    await page.getByRole('button', { name: 'New secret', exact: true }).click();
    expect(await page.locator('.device-secret code').nth(1).innerText()).toBe('edge-7');
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.getByRole('button', { name: 'End its right: edge-7' }).click();
    await page.getByText('this name is never given out again').waitFor();
    await page.getByRole('button', { name: 'End its right', exact: true }).click();
    await expect.poll(() => rig.plant.site.state().access.clients.get('edge-7')?.revokedAtMs).not.toBeNull();
    const context = await browser.newContext();
    contexts.push(context);
    const door = await context.newPage();
    await door.goto(link);
    await door.getByLabel('E-mail').fill('nora@example.org');
    await door.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await door.getByRole('button', { name: 'Create the account' }).click();
    await door.waitForURL((url) => url.pathname === '/');
    await door.goto(link);
    await door.getByText('E-IDENTITY-003').waitFor();
  });

  test('in the demo one looks through the eyes of another role', async () => {
    const page = await enter('jo', '/outcome');
    await page
      .getByRole('button', { name: /Jo Week/ })
      .first()
      .click();
    await page.getByRole('menuitemradio', { name: /Finn Ledger/ }).click();
    await page
      .getByRole('button', { name: /Finn Ledger/ })
      .first()
      .waitFor();
    const who = 'fetch("/api/v1/access/me").then((answer) => answer.json())';
    expect(await page.evaluate(who)).toMatchObject({ personId: 'recorded.finn', roles: ['finance'] });
  });

  test('sources and audit answer their question', async () => {
    const sources = await enter('ada', '/acquire');
    await sources.getByText('recorded/machine-1/temperature').waitFor();
    await sound(sources);
    const audit = await enter('ada', '/audit');
    await audit
      .getByText(/Outcome: entry accepted/)
      .first()
      .waitFor();
    await sound(audit);
    await audit.getByRole('button', { name: 'Older facts' }).click();
    const { length, hash } = await rig.plant.archive.journal();
    await audit.getByText(hash, { exact: true }).waitFor();
    expect(length).toBeGreaterThan(50);
  });

  test('a list that does not come says why and keeps its place', async () => {
    const page = await enter('jo', '/work');
    await page.route('**/api/v1/plan', (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          title: 'The server failed',
          detail: 'A part broke.',
          code: 'E-HTTP-500',
          mend: 'Try again.',
        }),
      }),
    );
    await page.getByRole('link', { name: 'Plan', exact: true }).first().click();
    await page.getByRole('alert').getByText('E-HTTP-500').waitFor({ timeout: 30_000 });
    await sound(page);
    await page.unroute('**/api/v1/plan');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'MECH' }).waitFor();
  });
});
