// Tables of other systems through the command line, beside a running plant and without one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askDoor } from '#app/compose.ts';
import { DATA_ABSENT, recordedData } from './data.ts';
import { throughline } from './serving.ts';

const TABLES = join(import.meta.dirname, 'tables');
const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
const data = recordedData();
if (data === null) process.stderr.write(`${DATA_ABSENT}\n`);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let plants = 0;
const newPlant = (): string => join(folder, `plant-${plants++}`);

interface Problem {
  row: number;
  column: string;
  code: string;
  message: string;
}
interface Imported {
  rows: number;
  accepted: number;
  repeats: number;
  known: number;
  rejected: Problem[];
  warnings: Problem[];
  importId: string | null;
  mapping: Record<string, string>;
}

async function json<T>(exit: number, ...words: string[]): Promise<T> {
  const ended = await throughline([...words, '--json']);
  expect(ended.exit, ended.err + ended.out).toBe(exit);
  return JSON.parse(ended.out) as T;
}
const bring = (plant: string, kind: string, file: string, ...more: string[]) =>
  json<Imported>(0, 'import', kind, file.includes('/') ? file : join(TABLES, file), '--data', plant, ...more);

function counts(problems: readonly Problem[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { code } of problems) found[code] = (found[code] ?? 0) + 1;
  return found;
}

describe('lists of other systems', () => {
  it('SAP orders in German, saved with bars', async () => {
    const read = await bring(newPlant(), 'work-orders', 'iw39-german-bars.txt', '--currency', 'EUR');
    expect(read).toMatchObject({ rows: 5, accepted: 4, repeats: 0, known: 0 });
    expect(read.rejected).toMatchObject([{ row: 14, column: 'Eckstart', code: 'E-IMPORT-012' }]);
    expect(counts(read.warnings)).toEqual({ 'W-IMPORT-002': 1 });
    expect(read.mapping).toEqual({
      order: 'Auftrag',
      start: 'Eckstart',
      asset: 'Equipment',
      functionalLocation: 'Techn. Platz',
      text: 'Kurztext',
      orderType: 'Art',
      cost: 'GesKosten Ist',
      downtime: 'Ausfalldauer',
    });
  });

  it('SAP notifications in English, with tabs in UTF-16', async () => {
    const read = await bring(newPlant(), 'work-orders', 'iw28-english-tabs.txt');
    expect(read).toMatchObject({ rows: 3, accepted: 3, rejected: [], warnings: [] });
    expect(read.mapping).toMatchObject({ notification: 'Notification', downtime: 'Breakdown dur.' });
  });

  it('Maximo work orders, month first, one of them twice', async () => {
    const plant = newPlant();
    expect(await bring(plant, 'work-orders', 'maximo.csv', '--currency', 'USD')).toMatchObject({
      rows: 4,
      accepted: 3,
      known: 1,
    });
    const losses = await json<object[]>(0, 'losses', '--by', 'failure-mode', '--data', plant);
    expect(losses).toMatchObject([
      { key: 'PUMPS', orders: 1, cost: 1250.75 },
      { key: 'MOTORS', orders: 1, cost: 310 },
      { key: 'not coded', orders: 1, cost: 95.5 },
    ]);
  });

  it('decimal commas and minutes become money and hours', async () => {
    const plant = newPlant();
    await bring(plant, 'work-orders', 'decimal-comma.csv', '--currency', 'EUR');
    expect(await json<object[]>(0, 'losses', '--by', 'asset', '--data', plant)).toEqual([
      { key: 'Presse 1', orders: 1, cost: 1480.5, downtimeH: 1.5, share: expect.closeTo(0.9458, 4) },
      { key: 'Presse 2', orders: 2, cost: 84.9, downtimeH: 0.25, share: expect.closeTo(0.0542, 4) },
    ]);
  });

  it('places, stops, and the classes of assets', async () => {
    const plant = newPlant();
    expect(await bring(plant, 'functional-locations', 'ih01.txt')).toMatchObject({ accepted: 3 });
    expect(await bring(plant, 'downtime', 'stops.csv')).toMatchObject({ rows: 3, accepted: 2 });
    writeFileSync(join(folder, 'assets.csv'), 'Equipment;Object type\nPresse 1;hydraulic press\n');
    expect(await bring(plant, 'assets', join(folder, 'assets.csv'))).toMatchObject({ accepted: 1 });
    await bring(plant, 'work-orders', 'decimal-comma.csv', '--currency', 'EUR');
    const byClass = await json<{ key: string }[]>(0, 'losses', '--by', 'class', '--data', plant);
    expect(byClass.map(({ key }) => key)).toEqual(['hydraulic press', 'no class']);
  });

  it('what can be read two ways is asked, and the answer is remembered with the layout', async () => {
    const plant = newPlant();
    const words = ['import', 'work-orders', join(TABLES, 'ambiguous.csv'), '--data', plant];
    const asked = await json<{ error: { code: string } }>(4, ...words);
    expect(asked.error.code).toBe('E-IMPORT-004');
    const map = join(folder, 'map.yaml');
    writeFileSync(map, 'dates: mdy\ndecimal: point\ncurrency: EUR\n');
    expect(await bring(plant, 'work-orders', 'ambiguous.csv', '--map', map)).toMatchObject({ accepted: 2 });
    const more = join(folder, 'more.csv');
    writeFileSync(more, 'Date,Machine,Cost\n07/08/2025,Press 3,"3,750"\n');
    expect(await bring(plant, 'work-orders', more)).toMatchObject({ accepted: 1 });
    expect(await json<object[]>(0, 'losses', '--data', plant)).toMatchObject([
      { key: 'Press 3', cost: 3750 },
      { key: 'Press 2', cost: 2310 },
      { key: 'Press 1', cost: 1480 },
    ]);
  });

  it('a mapping file that misspells is refused by name', async () => {
    const map = join(folder, 'bad.yaml');
    writeFileSync(map, 'colums: { start: Date }\n');
    const words = ['import', 'work-orders', join(TABLES, 'maximo.csv'), '--data', newPlant(), '--map', map];
    const { error } = await json<{ error: { code: string; mend: string } }>(2, ...words);
    expect(error).toMatchObject({ code: 'E-IMPORT-008', mend: 'Did you mean "columns"?' });
  });
});

describe('nothing is written before it is wished', () => {
  it('by a dry run, which tells the same', async () => {
    const plant = newPlant();
    const sheet = join(folder, 'errors.csv');
    const dry = await bring(plant, 'work-orders', 'iw39-german-bars.txt', '--dry-run', '--errors', sheet);
    expect(dry).toMatchObject({ accepted: 4, importId: null });
    expect(existsSync(plant)).toBe(false);
    const lines = readFileSync(sheet, 'utf8').split('\n');
    expect(lines[0]?.trim()).toBe('row,column,code,message');
    expect(lines[1]).toMatch(/^8,GesKosten Ist,W-IMPORT-002,/);
    expect(lines[2]).toMatch(/^14,Eckstart,E-IMPORT-012,/);
    expect(await bring(plant, 'work-orders', 'iw39-german-bars.txt')).toMatchObject({ accepted: 4 });
  });

  it('by a file that is missing or no table', async () => {
    const plant = newPlant();
    await json(3, 'import', 'work-orders', join(TABLES, 'nowhere.csv'), '--data', plant);
    await json(4, 'import', 'assets', join(TABLES, 'stops.csv'), '--data', plant);
    await json(3, 'losses', '--data', plant);
    expect(existsSync(plant)).toBe(false);
  });

  it('and can be undone: its rows count no more and come in again', async () => {
    const plant = newPlant();
    const { importId } = await bring(plant, 'work-orders', 'maximo.csv', '--currency', 'USD');
    expect(readdirSync(join(plant, 'history', 'work-orders'))).toEqual([`${importId}.parquet`]);
    await json(0, 'import', 'undo', importId as string, '--data', plant);
    expect(readdirSync(join(plant, 'history', 'work-orders'))).toEqual([]);
    expect(await json<object[]>(0, 'losses', '--data', plant)).toEqual([]);
    await json(4, 'import', 'undo', importId as string, '--data', plant);
    expect(await bring(plant, 'work-orders', 'maximo.csv', '--currency', 'EUR')).toMatchObject({
      accepted: 3,
    });
    const listed = await json<{ undoneAt: string | null }[]>(0, 'import', 'list', '--data', plant);
    expect(listed.map(({ undoneAt }) => undoneAt === null)).toEqual([false, true]);
    const audit = await json<{ ok: boolean; facts: number }>(0, 'audit', 'verify', '--data', plant);
    expect(audit).toMatchObject({ ok: true, facts: 3 });
    expect(await json(0, 'audit', 'replay', '--data', plant)).toMatchObject({ equal: true });
  });
});

describe('beside a running plant', () => {
  it('commands pass through its door, which only its owner may use', async () => {
    const plant = newPlant();
    const words = ['serve', '--data', plant, '--site', 'bay', '--port', '0', '--mqtt-port', '0'];
    const serving = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await once(serving.stdout, 'data');
      const door = join(plant, 'door.sock');
      expect(statSync(door).mode & 0o777).toBe(0o600);
      expect(await bring(plant, 'work-orders', 'maximo.csv', '--currency', 'USD')).toMatchObject({
        accepted: 3,
        importId: expect.stringMatching(/^bay\.IM-/),
      });
      expect(await bring(plant, 'work-orders', 'maximo.csv')).toMatchObject({ accepted: 0, known: 4 });
      const forbidden = { id: 'x', type: 'access.grant-role', data: {} };
      expect(await askDoor(plant, { kind: 'command', command: forbidden })).toMatchObject({
        code: 'E-ACCESS-015',
      });
      expect(await told(door, 'nonsense\n')).toContain('E-DOOR-002');
      expect(await told(door, '{"kind":"else"}\n')).toContain('E-DOOR-003');
    } finally {
      serving.kill('SIGTERM');
      await once(serving, 'close');
    }
    expect(await bring(plant, 'work-orders', 'decimal-comma.csv', '--currency', 'USD')).toMatchObject({
      accepted: 3,
    });
  });

  it('a folder that another process holds without a door is told', async () => {
    const plant = newPlant();
    await bring(plant, 'work-orders', 'maximo.csv', '--currency', 'USD');
    const { acquireDataLock } = await import('#adapters/store/sqlite/lock.ts');
    const lock = acquireDataLock(plant);
    try {
      const words = ['import', 'work-orders', join(TABLES, 'iw28-english-tabs.txt'), '--data', plant];
      expect(await json(5, ...words)).toMatchObject({ error: { code: 'E-DOOR-001' } });
      expect(readdirSync(join(plant, 'history', 'work-orders'))).toHaveLength(1);
    } finally {
      lock.release();
    }
  });
});

/** What the door answers to a line. */
async function told(door: string, line: string): Promise<string> {
  const socket = connect(door);
  socket.write(line);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString();
}

describe.skipIf(data === null)('the orders of five excavators', () => {
  const file = join(data ?? '', 'excavators', 'excavators.csv');
  const cleaned = join(data ?? '', 'excavators', 'excavators-cleaned.csv');

  it('come in with each defect named, and once', async () => {
    const plant = newPlant();
    const first = await bring(plant, 'work-orders', file, '--currency', 'AUD');
    expect(first).toMatchObject({ rows: 5485, accepted: 5484, repeats: 358, known: 0 });
    expect(first.rejected).toMatchObject([{ row: 3454, column: 'Cost', code: 'E-IMPORT-010' }]);
    expect(counts(first.warnings)).toEqual({ 'W-IMPORT-001': 358, 'W-IMPORT-002': 6, 'W-IMPORT-003': 1288 });
    const again = await bring(plant, 'work-orders', file);
    expect(again).toMatchObject({ rows: 5485, accepted: 0, repeats: 0, known: 5484, warnings: [] });
    expect(again.rejected).toHaveLength(1);
    const losses = await json<{ key: string; orders: number; cost: number; downtimeH: null }[]>(
      0,
      'losses',
      '--by',
      'asset',
      '--data',
      plant,
    );
    expect(losses.map(({ key }) => key)).toEqual(['C', 'D', 'E', 'B', 'A']);
    expect(losses.reduce((sum, { orders }) => sum + orders, 0)).toBe(5484);
    expect(losses.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(17_506_068.13, 2);
  });

  it('are coded by suggestion better than a bare naive Bayes', async () => {
    const columns = ['--text', 'OriginalShorttext', '--truth', 'FM', '--date', 'BscStartDate'];
    const record = await json<{
      rows: number;
      heldOut: number;
      coverage: number;
      agreement: number;
      coded: number;
    }>(0, 'code', '--csv', cleaned, ...columns);
    expect(record).toMatchObject({ rows: 5485, heldOut: 691 });
    expect(record.coverage).toBeGreaterThanOrEqual(0.8);
    expect(record.agreement).toBeGreaterThanOrEqual(0.91);
    expect(record.coverage).toBeCloseTo(record.coded / record.heldOut, 10);
  });
});
