// What rests, for how long: readings expire by a fact, the rest replays, and a start never leaves an alert active unseen.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunningPlant } from '#app/plant.ts';
import { replayData } from '#app/replay-data.ts';
import { Retention } from '#app/retention.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { emptyBatch } from '#vocabulary/sample.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { describingCommands, planFrom } from '../simulation/described.ts';
import { PLAN } from './serving.ts';

const START_MS = Date.UTC(2026, 8, 7);
const CALM = 90;
const LOW = 50;

let dir = '';
let plant: RunningPlant;
let nowMs = START_MS;

async function start(): Promise<void> {
  plant = await RunningPlant.start(
    {
      dataDir: join(dir, 'data'),
      site: 'sim',
      clock: { kind: 'driven', plantMs: nowMs },
      demo: true,
      tls: false,
      mqttHost: '127.0.0.1',
      mqttPort: 0,
      headsPath: null,
    },
    async () => ({ url: '', close: async () => undefined }),
  );
}

/** One reading a minute of the temperature until `toMs`. */
async function send(toMs: number, value: (atMs: number) => number): Promise<void> {
  const signal = plant.site.state().acquire.index.get('sim.temp') as number;
  while (nowMs < toMs) {
    const batch = emptyBatch(5);
    for (let n = 0; n < 5; n++) {
      nowMs += MINUTE_MS;
      batch.signal[n] = signal;
      batch.timeMs[n] = nowMs;
      batch.value[n] = value(nowMs);
    }
    batch.length = 5;
    await plant.site.drive(nowMs);
    await plant.site.accept(batch, nowMs);
  }
}

const rawDays = (): string[] => readdirSync(join(dir, 'data', 'samples', 'raw'));
const rawFiles = (): number =>
  rawDays().flatMap((day) => readdirSync(join(dir, 'data', 'samples', 'raw', day))).length;

/** Leaves the folder as a program of another version finds it: its snapshot fits no more. */
function forgetSnapshot(): void {
  const db = new Database(join(dir, 'data', 'site.db'));
  db.exec('DELETE FROM snapshot');
  db.close();
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'throughline-retention-'));
  nowMs = START_MS;
  await start();
  for (const command of await describingCommands(await planFrom(PLAN), START_MS)) {
    const answer = await plant.site.run(command);
    if (isRefusal(answer)) throw new Error(`${command.type}: ${answer.message}`);
  }
});
afterEach(async () => {
  await plant.stop();
  rmSync(dir, { recursive: true, force: true });
});

const weekly = (atMs: number): number => {
  const hour = ((atMs - START_MS) % (2 * DAY_MS)) / HOUR_MS;
  return hour >= 20 && hour < 21 ? LOW : CALM;
};

describe('retention', () => {
  it('drops single readings by a fact, keeps roll-ups and evidence, and says what is left to replay', async () => {
    await send(START_MS + 8 * DAY_MS, weekly);
    await plant.archiveNow();
    const alerts = plant.site.state().alert.alerts.size;
    expect(alerts).toBeGreaterThan(2);
    const before = await plant.series(0, START_MS, nowMs, 100);
    const retention = new Retention(plant.site, plant.archive, 3);
    await retention.look();
    const expired = plant.site.state().acquire.expired;
    expect(expired?.untilMs).toBe(START_MS + 5 * DAY_MS);
    expect(rawFiles()).toBe(4);
    expect(readdirSync(join(dir, 'data', 'samples', 'evidence')).length).toBeGreaterThan(0);
    const after = await plant.series(0, START_MS, nowMs, 100);
    expect(after.timeMs.length).toBeGreaterThan(before.timeMs.length / 4);
    expect(Math.min(...(after.min ?? []).map((low) => low ?? CALM))).toBe(LOW);
    const facts = plant.site.state().facts;
    await retention.look();
    expect(plant.site.state().facts).toBe(facts);

    const data = join(dir, 'data');
    const whole = await replayData(data, { fromMs: null, toMs: null });
    expect(whole).toMatchObject({ equal: true, firstDifference: null });
    expect(whole.message).toContain('Samples expired: what came before 2026-09-11T23:55');
    expect(whole.live).toBeGreaterThan(0);
    expect(whole.live).toBeLessThan(alerts);
    const late = await replayData(data, { fromMs: START_MS + 6 * DAY_MS, toMs: null });
    expect(late).toMatchObject({ equal: true, message: 'Every fact of the replay equals the journal.' });
    const early = await replayData(data, { fromMs: START_MS, toMs: START_MS + 2 * DAY_MS });
    expect(early.equal).toBe(false);
    expect(early.message).toContain('Samples expired');
  }, 60_000);

  it('moves the base on day by day, and a start without a snapshot begins there', async () => {
    const retention = new Retention(plant.site, plant.archive, 1);
    for (let day = 1; day <= 4; day++) {
      await send(START_MS + day * DAY_MS, weekly);
      await plant.archiveNow();
      await retention.look();
    }
    await plant.site.checkpoint();
    expect(rawDays().flatMap((day) => readdirSync(join(dir, 'data', 'samples', 'raw', day)))).toHaveLength(3);
    const alerts = [...plant.site.state().alert.alerts.values()];
    await plant.stop();
    forgetSnapshot();
    await start();
    expect(plant.site.recovery.held).toBeNull();
    expect([...plant.site.state().alert.alerts.values()]).toEqual(alerts);
    await send(nowMs + DAY_MS, weekly);
    const again = await replayData(join(dir, 'data'), { fromMs: null, toMs: null });
    expect(again).toMatchObject({ equal: true, firstDifference: null });
  }, 60_000);

  it('begins a new base at the saved line when the old one is of another version', async () => {
    const retention = new Retention(plant.site, plant.archive, 1);
    for (let day = 1; day <= 5; day++) {
      await send(START_MS + day * DAY_MS, weekly);
      await plant.archiveNow();
      if (day !== 3) continue;
      await plant.site.checkpoint();
      await plant.archiveNow();
      await retention.look();
    }
    const data = join(dir, 'data');
    rmSync(join(data, 'samples', 'replay-base.bin'));
    expect((await replayData(data, { fromMs: nowMs - DAY_MS, toMs: null })).equal).toBe(false);
    await plant.site.checkpoint();
    await retention.look();
    await send(nowMs + 2 * DAY_MS, weekly);
    const later = await replayData(data, { fromMs: nowMs - 2 * DAY_MS, toMs: null });
    expect(later).toMatchObject({ equal: true, firstDifference: null });
    expect(later.live).toBeGreaterThan(0);
  }, 60_000);
});

describe('a start with samples expired and nothing that fits', () => {
  it('says so and holds the alert: a good reading clears it, silence takes its signal away', async () => {
    await send(START_MS + 2 * DAY_MS, () => CALM);
    await send(nowMs + HOUR_MS, () => LOW);
    expect(plant.site.state().alert.active.size).toBeGreaterThan(0);
    await plant.archiveNow();
    await plant.site.checkpoint();
    await plant.archiveNow();
    await new Retention(plant.site, plant.archive, 1).look();
    await plant.stop();
    forgetSnapshot();
    rmSync(join(dir, 'data', 'samples', 'replay-base.bin'));
    await start();
    expect(plant.site.recovery.held).toMatchObject({ code: 'E-RECOVER-001' });
    expect(plant.site.state().alert.active.size).toBeGreaterThan(0);
    await plant.site.drive(nowMs + 11 * MINUTE_MS);
    nowMs += 11 * MINUTE_MS;
    expect(plant.site.state().detect.blind.size).toBeGreaterThan(0);
    await send(nowMs + HOUR_MS, () => CALM);
    expect(plant.site.state().detect.blind.size).toBe(0);
    expect(plant.site.state().alert.active.size).toBe(0);
  }, 60_000);

  it('forgets the batches of the journal once they rest in the archive, and nothing of commands and ticks', async () => {
    await send(START_MS + DAY_MS, weekly);
    await plant.site.checkpoint();
    await plant.archiveNow();
    await plant.site.checkpoint();
    const db = new Database(join(dir, 'data', 'site.db'), { readonly: true });
    const left = db.prepare('SELECT kind, count(*) AS n FROM intake GROUP BY kind').all();
    db.close();
    expect(left.find((row) => (row as { kind: number }).kind === 0)).toBeUndefined();
    expect(left.length).toBeGreaterThan(0);
    expect(existsSync(join(dir, 'data', 'samples', 'raw'))).toBe(true);
    expect(await replayData(join(dir, 'data'), { fromMs: null, toMs: null })).toMatchObject({ equal: true });
  }, 60_000);
});
