import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPeople } from '../compose.ts';
import { Site } from '../site.ts';
import { examine } from './doctor.ts';

const NOW_MS = Date.now();
let dir: string;
let servers: Server[] = [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'throughline-doctor-'));
  chmodSync(dir, 0o700);
  const site = await openSite();
  await site.run({
    id: 'c1',
    type: 'strategy.form-crew',
    actor: 'system:setup',
    data: { crewId: 'p1.mech' },
  });
  await site.close();
  (await openPeople(dir)).close();
});

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(dir, { recursive: true });
});

const openSite = (): Promise<Site> =>
  Site.open({ dataDir: dir, site: 'p1', clock: { kind: 'machine' }, headsPath: null });

/** What does not stand well, as `check: code`. */
async function wrong(environment: Record<string, string> = {}): Promise<string[]> {
  const ports = { THROUGHLINE_PORT: '0', THROUGHLINE_MQTT_PORT: '0' };
  const { findings } = await examine(dir, { ...ports, ...environment }, NOW_MS, () => undefined);
  return findings
    .filter((found) => found.verdict !== 'ok' && found.check !== 'backup')
    .map((found) => `${found.check}: ${found.code}`);
}

describe('the doctor', () => {
  it('finds a plant well, without a server and beside one, and says that no backup is known', async () => {
    expect(await wrong()).toEqual([]);
    const site = await openSite();
    try {
      const { ok, findings } = await examine(dir, { THROUGHLINE_PORT: '0' }, NOW_MS, () => undefined);
      expect(ok).toBe(true);
      expect(findings.find((found) => found.check === 'lock')?.message).toContain(`Process ${process.pid}`);
      expect(findings.find((found) => found.check === 'backup')?.code).toBe('W-DOCTOR-08');
    } finally {
      await site.close();
    }
  });

  it('names files that others may read, and how to close them', async () => {
    chmodSync(join(dir, 'keys', 'journal.key'), 0o644);
    const { findings } = await examine(dir, {}, NOW_MS, () => undefined);
    const found = findings.find((one) => one.check === 'permissions');
    expect(found).toMatchObject({ verdict: 'failed', code: 'E-DOCTOR-06' });
    expect(found?.message).toContain('keys/journal.key (0644)');
    expect(found?.mend).toContain('chmod');
  });

  it('lets others read what is given away, and not write it', async () => {
    const given = join(dir, 'keys', 'journal.pub');
    chmodSync(given, 0o644);
    expect(await wrong()).toEqual([]);
    chmodSync(given, 0o664);
    expect(await wrong()).toEqual(['permissions: E-DOCTOR-06']);
  });

  it('finds a damaged people store and a damaged list of devices', async () => {
    writeFileSync(join(dir, 'people.db'), 'no database at all, but long enough to be read as one'.repeat(20));
    writeFileSync(join(dir, 'keys', 'devices.json'), '{"format":7}', { mode: 0o600 });
    expect(await wrong()).toEqual(['people: E-DOCTOR-13', 'devices: E-DEVICE-001']);
  });

  it('finds a journal that an older copy has taken the place of', async () => {
    copyFileSync(join(dir, 'site.db'), join(dir, 'older.db'));
    chmodSync(join(dir, 'older.db'), 0o600);
    const site = await openSite();
    for (const person of ['a', 'b']) {
      await site.run({
        id: `join-${person}`,
        type: 'access.join-person',
        actor: 'system:setup',
        data: { personId: `p1.${person}`, crewId: null, simulated: true },
      });
    }
    expect(site.state().facts).toBeGreaterThan(0);
    await site.close();
    copyFileSync(join(dir, 'older.db'), join(dir, 'site.db'));
    for (const rest of ['site.db-wal', 'site.db-shm']) rmSync(join(dir, rest), { force: true });
    expect(await wrong()).toEqual(['signed head: E-DOCTOR-10']);
  });

  it('finds a port that another program holds, and a setting that is none', async () => {
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(await wrong({ THROUGHLINE_PORT: String(port) })).toEqual(['port of screens and API: E-DOCTOR-17']);
    writeFileSync(join(dir, 'config.yaml'), 'prot: 7070\n', { mode: 0o600 });
    expect((await wrong())[0]).toBe('settings: E-CONFIG-001');
  });

  it('finds a clock that went back', async () => {
    const { findings } = await examine(dir, {}, NOW_MS - 86_400_000, () => undefined);
    expect(findings.find((found) => found.check === 'clock')?.code).toBe('E-DOCTOR-03');
  });
});
