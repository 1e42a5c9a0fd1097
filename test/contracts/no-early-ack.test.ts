import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { isoUtc } from '#vocabulary/time.ts';
import { Serving } from './serving.ts';
import { notOnce, storedReadings } from './stored.ts';

/** Long against a commit, which takes some ms; short against the writer's own patience with a held file. */
const SILENCE_MS = 1_500;
/** Messages that a device keeps while nobody takes them; more than the test sends. */
const MAX_UNANSWERED = 5_000;
const SMALL_DISK = 'size=40m';

let serving: Serving | null = null;
const mounted: string[] = [];
afterEach(async () => {
  await serving?.clear().catch(() => undefined);
  serving = null;
  for (const folder of mounted.splice(0)) {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function reading(value: number): string {
  return JSON.stringify([{ value, time: isoUtc(Date.now() - 60_000 + value) }]);
}

describe('an acknowledgement', () => {
  it('comes after the commit: none while the journal cannot be written, all of them when it can', async () => {
    serving = await Serving.prepare();
    const here = serving;
    await here.ready();
    await here.signIn();
    const device = await here.device(10);
    await device.publish('sim/tag', reading(1));
    await until('the first reading is acknowledged', async () => device.counts().acknowledged === 1);
    const other = new Database(join(here.dataDir, 'site.db'));
    other.exec('BEGIN IMMEDIATE');

    let answered = 0;
    for (const value of [2, 3, 4]) await device.publish('sim/tag', reading(value));
    const asked = here
      .ask('POST', '/access/people', { name: 'Late', crewId: null, roles: [] })
      .then((answer) => {
        answered++;
        return answer;
      });
    await later(SILENCE_MS);
    expect({ ...device.counts(), answered }).toEqual({
      sent: 4,
      acknowledged: 1,
      reconnects: 0,
      answered: 0,
    });
    // what is on disk is read all the while
    expect((await here.ask('GET', '/access/people')).status).toBe(200);

    other.exec('ROLLBACK');
    other.close();
    expect((await asked).status).toBe(200);
    expect(await device.finish()).toMatchObject({ sent: 4, acknowledged: 4 });
    await here.end('SIGTERM');
    expect(notOnce(await storedReadings(here.dataDir, 'sim.tag'), 4)).toEqual([]);
  }, 60_000);
});

/** A file system of its own that is soon full; null where the machine allows none. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-small-'));
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', SMALL_DISK, 'small', folder]);
  if (made.error || made.status !== 0) {
    rmSync(folder, { recursive: true });
    return null;
  }
  mounted.push(folder);
  return folder;
}

/** Takes what is left of the disk, down to the last block. */
function fill(file: string): void {
  for (let bytes = 1 << 20; bytes >= 4_096; bytes >>= 1) {
    try {
      for (;;) writeFileSync(file, new Uint8Array(bytes), { flag: 'a' });
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== 'ENOSPC') throw failure;
    }
  }
}

interface Sources {
  blocked: { code: string; mend: string } | null;
}

async function blockedNow(here: Serving): Promise<Sources['blocked']> {
  return ((await (await here.ask('GET', '/acquire')).json()) as Sources).blocked;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return;
    await later(50);
  }
  throw new Error(`it never came to this: ${what}`);
}

describe('a full disk under a running site', () => {
  it('stops input with a code, answers reads, and goes on by itself when there is space', async ({
    skip,
  }) => {
    const folder = smallDisk();
    if (folder === null) return skip('this machine mounts no file system for a test');
    serving = await Serving.prepare(folder);
    const here = serving;
    await here.ready();
    await here.signIn();
    const device = await here.device(MAX_UNANSWERED);
    const filler = join(folder, 'filler');
    let sent = 0;
    const publish = (): void => void device.publish('sim/tag', reading(++sent)).catch(() => undefined);
    publish();
    await until('the first reading is acknowledged', async () => device.counts().acknowledged === 1);
    fill(filler);
    const flood = setInterval(publish, 5);
    try {
      await until('the site says that it is blocked', async () => (await blockedNow(here)) !== null);
      expect(await blockedNow(here)).toMatchObject({ code: 'E-JOURNAL-001' });
      await later(200);
      const before = device.counts().acknowledged;
      await later(700);
      expect(device.counts().acknowledged).toBe(before);
      expect(sent).toBeGreaterThan(before);
      expect((await here.ask('GET', '/readyz')).status).toBe(503);
      expect((await here.ask('GET', '/today')).status).toBe(200);
      const refused = await here.ask('POST', '/access/people', { name: 'Full', crewId: null, roles: [] });
      expect(refused.status).toBe(503);
      expect(await refused.json()).toMatchObject({ code: 'E-JOURNAL-001' });
    } finally {
      clearInterval(flood);
    }
    rmSync(filler);
    await until('the site goes on', async () => (await blockedNow(here)) === null);
    expect(await device.finish()).toMatchObject({ sent, acknowledged: sent });
    expect((await here.ask('GET', '/readyz')).status).toBe(200);
    expect((await here.end('SIGTERM')).exit).toBe(0);
    const stored = await storedReadings(here.dataDir, 'sim.tag');
    expect(notOnce(stored, sent)).toEqual([]);
    expect(stored, stored.message).toMatchObject({ auditOk: true, replayEqual: true });
  }, 90_000);

  it('lets itself be stopped while it is full, and keeps what it acknowledged', async ({ skip }) => {
    const folder = smallDisk();
    if (folder === null) return skip('this machine mounts no file system for a test');
    serving = await Serving.prepare(folder);
    const here = serving;
    await here.ready();
    await here.signIn();
    const device = await here.device(10);
    await device.publish('sim/tag', reading(1));
    await until('the first reading is acknowledged', async () => device.counts().acknowledged === 1);
    const filler = join(folder, 'filler');
    fill(filler);
    await device.publish('sim/tag', reading(2));
    await until('the site says that it is blocked', async () => (await blockedNow(here)) !== null);
    const { exit } = await here.end('SIGTERM');
    device.close();
    expect(exit).toBe(0);
    rmSync(filler);
    const stored = await storedReadings(here.dataDir, 'sim.tag');
    expect(notOnce(stored, 1)).toEqual([]);
    expect(stored, stored.message).toMatchObject({ auditOk: true, replayEqual: true });
  }, 60_000);
});
