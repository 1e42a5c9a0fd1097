// One serving plant, and what people run beside it. A stranger's sign-up is refused in test/http/closed.test.ts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isoUtc } from '#vocabulary/time.ts';
import { type Ended, PLAN, Serving, throughline } from './serving.ts';

let here: Serving;
beforeAll(async () => {
  here = await Serving.prepare();
  await here.ready();
  await here.signIn();
}, 60_000);
afterAll(() => here.clear());

const beside = (words: string[]): Promise<Ended> =>
  throughline(words, { NODE_COMPILE_CACHE: join(here.dir, 'compiled') });
const isWell = async (): Promise<boolean> => (await here.ask('GET', '/readyz')).status === 200;

describe('beside a serving plant', () => {
  it('a second one on the same folder is refused, and the first goes on', async () => {
    const words = ['serve', '--data', here.dataDir, '--port', '0', '--mqtt-port', '0', '--json'];
    const { exit, out } = await beside(words);
    expect(exit).toBe(4);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'E-LOCK-001' } });
    expect(out).toContain(String(here.pid));
    expect(await isWell()).toBe(true);
  }, 30_000);

  it('audits and a backtest run, and leave it alone', async () => {
    const verified = await beside(['audit', 'verify', '--data', here.dataDir, '--json']);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true, firstBad: null });
    const replayed = await beside(['audit', 'replay', '--data', here.dataDir, '--json']);
    expect(JSON.parse(replayed.out)).toMatchObject({ equal: true, firstDifference: null });
    const csv = join(here.dir, 'history.csv');
    const rows = Array.from({ length: 600 }, (_, n) => `${isoUtc(n * 60_000)},${n > 300 ? 50 : 90}`);
    writeFileSync(csv, `timestamp,value\n${rows.join('\n')}\n`);
    const limit = ['--low', '65', '--deadband', '3', '--on-delay', '1h'];
    const tested = await beside([
      'backtest',
      '--csv',
      csv,
      '--time',
      'timestamp',
      '--value',
      'value',
      ...limit,
      '--json',
    ]);
    expect(JSON.parse(tested.out)).toMatchObject({
      samples: 600,
      alerts: [{ clearedAt: null, extreme: 50 }],
    });
    expect([verified.exit, replayed.exit, tested.exit]).toEqual([0, 0, 0]);
    expect(await isWell()).toBe(true);
  }, 60_000);

  it('a broken plan, an absent one and a wrong flag end with a sentence, a code and nothing begun', async () => {
    const broken = join(here.dir, 'broken.yaml');
    writeFileSync(
      broken,
      readFileSync(PLAN, 'utf8').replace('failureMode: component', 'failureMode: componnt'),
    );
    const fresh = join(here.dir, 'fresh');
    const refused = await beside(['serve', '--data', fresh, '--plan', broken]);
    expect({ exit: refused.exit, out: refused.out }).toEqual({ exit: 1, out: '' });
    expect(refused.err).toContain('E-SERVE-002');
    expect(refused.err).toMatch(/broken\.yaml:\d+:\d+ E-PLAN-\d+ .*componnt/);
    const absent = await beside(['serve', '--data', fresh, '--plan', join(here.dir, 'none.yaml')]);
    expect(absent.err).toContain('E-PLAN-010');
    expect(absent.exit).not.toBe(0);
    const wrong = await beside(['serve', '--dta', fresh]);
    expect(wrong.exit).toBe(2);
    expect(wrong.err).toContain('--data');
    expect(readdirSync(here.dir)).not.toContain('fresh');
  }, 60_000);

  it('an erased person is gone from answers and files, and the audit still verifies', async () => {
    const name = 'Zebedee Quartermain';
    const made = await here.ask('POST', '/access/people', { name, crewId: null, roles: ['technician'] });
    const { personId, path } = (await made.json()) as { personId: string; path: string };
    const account = { name, email: 'zebedee@plant.example', password: 'correct horse battery' };
    const token = path.split('#')[1];
    const entered = await fetch(`${here.url}/api/v1/access/link`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: here.url,
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ token, account }),
    });
    expect(entered.status).toBe(200);
    expect(await (await here.ask('GET', '/access/people')).text()).toContain(name);
    expect((await here.ask('POST', `/access/people/${personId}/erase`)).status).toBe(200);
    const people = await (await here.ask('GET', '/access/people')).text();
    const accounts = await (await here.ask('GET', '/access/accounts')).text();
    const files = readdirSync(here.dataDir, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const named = files.filter((file) => /zebedee|quartermain/i.test(readFileSync(file, 'latin1')));
    expect(people + accounts).not.toMatch(/zebedee|quartermain/i);
    expect(named).toEqual([]);
    const verified = await beside(['audit', 'verify', '--data', here.dataDir, '--json']);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true });
  }, 30_000);
});
