// Takes the pictures of the README from a running demo: node scripts/take-pictures.ts <the link that the demo printed>
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { BROWSER_FLAGS, findChromium } from '../test/e2e/chromium.ts';

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const WIDTH = 1440;
/** The bearing breaks soon after the start; the planner's row is on Today until a simulated planner has answered. */
const LOOKS = 60;

async function take(page: Page, address: string, name: string, height: number): Promise<void> {
  await page.goto(address);
  await page.waitForTimeout(2_500);
  await page.screenshot({ path: `${FOLDER}${name}.png`, clip: { x: 0, y: 0, width: WIDTH, height } });
}

const link = process.argv[2];
const executablePath = findChromium();
if (link === undefined || executablePath === null) {
  throw new Error('Start `throughline demo`, give the link it printed, and have a Chromium in PATH.');
}
const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
try {
  const context = await browser.newContext({ viewport: { width: WIDTH, height: 900 }, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: /enter/i }).first().click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  for (let n = 0; n < LOOKS; n++) {
    await page.goto(new URL('/', link).href);
    await page.waitForTimeout(1_500);
    if ((await page.getByRole('link', { name: /^Accept: / }).count()) > 0) break;
  }
  await take(page, new URL('/', link).href, 'today', 700);
  await take(page, new URL('/line', link).href, 'line', 866);
} finally {
  await browser.close();
}
