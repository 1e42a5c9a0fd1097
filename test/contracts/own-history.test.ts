// A plant of its own goes live by a backtest: draft, history, backtest, record, signatures, live. Real server, real files.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  BacktestAnswer,
  Invitation,
  MonitorView,
  Problem,
  SourcesView,
  PersonView,
} from '#api/contract.ts';
import { DAY_MS, HOUR_MS, isoUtc, MINUTE_MS } from '#vocabulary/time.ts';
import { Caller } from './caller.ts';
import { throughline } from './serving.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SIGNAL = 'north.P-1-vibration';
const MONITOR = 'north.P-1-vibration-high';
const PAGE = `/monitor/${MONITOR}`;
const EVERY_MS = 5 * MINUTE_MS;
const ROWS = (35 * DAY_MS) / EVERY_MS;
const START_MS = Math.floor((Date.now() - 40 * DAY_MS) / EVERY_MS) * EVERY_MS;
/** Vibration rises for half a day in the second and in the fourth week. */
const EPISODES_MS = [10 * DAY_MS, 24 * DAY_MS].map((after) => START_MS + after);

function reading(atMs: number): number {
  return EPISODES_MS.some((fromMs) => atMs >= fromMs && atMs < fromMs + 12 * HOUR_MS) ? 8.4 : 4.2;
}

function recording(rows = ROWS, fromMs = START_MS): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const atMs = fromMs + n * EVERY_MS;
    return `${isoUtc(atMs)},${reading(atMs)}`;
  });
  return `timestamp,value\n${lines.join('\n')}\n`;
}

function upload(caller: Caller, csv: string, more = '', key = randomUUID()) {
  const path = `/acquire/history?signalId=${SIGNAL}&time=timestamp&value=value${more}`;
  return caller.send('POST', path, csv, 'text/csv', key);
}

const folder = mkdtempSync(join(tmpdir(), 'throughline-own-'));
const dataDir = join(folder, 'plant');
let server: ChildProcess;
let engineer: Caller;
let technician: Caller;
let owner: Caller;

async function serve(plan: string | null): Promise<{ url: string; open: string }> {
  const words = ['serve', '--data', dataDir, '--json', '--port', '0', '--mqtt-port', '0'];
  const main = join(ROOT, 'src/cli/main.ts');
  server = spawn(process.execPath, [main, ...words, ...(plan === null ? [] : ['--plan', plan])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let out = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('\n')) resolve(JSON.parse(out) as { url: string; open: string });
    });
    server.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
}

async function stop(): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
}

beforeAll(async () => {
  const plan = join(folder, 'plan.yaml');
  const text = readFileSync(join(ROOT, 'examples/first-monitor/plan.yaml'), 'utf8');
  writeFileSync(plan, text.replace('wanted: trial', 'wanted: draft'));
  const { url, open } = await serve(plan);
  const administrator = new Caller(url);
  await administrator.enter(open, 'Ana');
  const { people } = await administrator.ask<{ people: PersonView[] }>('GET', '/access/people');
  const seat = async (person: string, name: string): Promise<Caller> => {
    const path = `/access/people/${people.find((one) => one.name === person)?.personId}/invitation`;
    const invitation = await administrator.ask<Invitation>('POST', path);
    const caller = new Caller(url);
    await caller.enter(invitation.path, name);
    return caller;
  };
  engineer = await seat('reliability', 'Rita');
  technician = await seat('technician-1', 'Tom');
  owner = await seat('owner', 'Olga');
}, 60_000);

afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

const rowsOnDisk = (): string[] => readdirSync(join(dataDir, 'samples', 'history'));

describe('what is turned away', () => {
  it('a file for a signal that no monitor claims, by whom may not, without a readable time, or too new', async () => {
    const unclaimed = await engineer.send(
      'POST',
      '/acquire/history?signalId=north.nobody&time=timestamp&value=value',
      'timestamp,value\n',
      'text/csv',
    );
    expect(unclaimed).toMatchObject({ status: 422, body: { code: 'E-ACQUIRE-002' } });
    expect(await upload(technician, recording(3))).toMatchObject({
      status: 403,
      body: { code: 'E-ACCESS-013' },
    });
    expect(await upload(engineer, 'when,value\n1,2\n')).toMatchObject({
      status: 422,
      body: { code: 'E-CSV-006' },
    });
    expect(await upload(engineer, recording(3), '&unit=bar')).toMatchObject({
      body: { code: 'E-HISTORY-004' },
    });
    const tomorrow = recording(3, Date.now() + DAY_MS);
    expect(await upload(engineer, tomorrow)).toMatchObject({ status: 422, body: { code: 'E-ACQUIRE-004' } });
    expect((await upload(engineer, '"time",x\n"unfinished')).status).toBe(422);
    const json = await engineer.send('POST', `/acquire/history?signalId=${SIGNAL}&time=t&value=v`, '{}');
    expect(json.status).toBe(415);
    expect(rowsOnDisk()).toEqual([]);
    expect((await engineer.ask<SourcesView>('GET', '/acquire')).imports).toEqual([]);
  });

  it('names the file as the sender knows it, never where it lay for a moment', async () => {
    const { body } = await upload(engineer, '');
    expect((body as Problem).detail).toBe('the file is empty.');
  });

  it('a backtest without any reading, and a record of it', async () => {
    const run = await engineer.ask<BacktestAnswer>('POST', `${PAGE}/backtest`, {});
    expect(run).toMatchObject({ samples: 0, from: null, alerts: [], score: null, recorded: null });
    const recorded = await engineer.send('POST', `${PAGE}/backtest`, '{"recordIt":true}');
    expect(recorded).toMatchObject({ status: 422, body: { code: 'E-BACKTEST-015' } });
  });
});

describe('from draft to live on a history of its own', () => {
  it('imports a file once, however often it comes', async () => {
    const key = randomUUID();
    const first = await upload(engineer, recording(), '', key);
    expect(first).toMatchObject({ status: 200, body: { rows: ROWS, refused: 0, bad: 0, already: false } });
    const again = await upload(engineer, recording(), '', key);
    expect(again.body).toMatchObject({ importId: (first.body as { importId: string }).importId });
    expect((await upload(engineer, recording())).body).toMatchObject({ already: true, facts: 0 });
    const across = await upload(engineer, recording(10));
    expect(across).toMatchObject({ status: 422, body: { code: 'E-ACQUIRE-005' } });
    expect(rowsOnDisk()).toHaveLength(1);
    const { imports } = await engineer.ask<SourcesView>('GET', '/acquire');
    expect(imports).toMatchObject([{ signalId: SIGNAL, rows: ROWS, fromMs: START_MS }]);
  });

  it('judges it as the command line does', async () => {
    const csv = join(folder, 'vibration.csv');
    writeFileSync(csv, recording());
    const limits = ['--high', '7.1', '--deadband', '0.4', '--on-delay', '1h', '--off-delay', '2h'];
    const told = await throughline([
      'backtest',
      '--csv',
      csv,
      '--time',
      'timestamp',
      '--value',
      'value',
      '--stale',
      '30m',
      '--json',
      ...limits,
    ]);
    const { elapsedMs: _elapsed, rejected: _rejected, notes: _notes, ...byFile } = JSON.parse(told.out);
    const run = await engineer.ask<BacktestAnswer>('POST', `${PAGE}/backtest`, {});
    expect(run).toMatchObject(byFile);
    expect(run.alerts).toHaveLength(2);
    expect(run).toMatchObject({ imported: ROWS, received: 0, ownCondition: true, recorded: null });
  });

  it('scores known events, a shorter range and another limit, which the gate does not take', async () => {
    const events = EPISODES_MS.map((atMs) => ({ fromMs: atMs, toMs: atMs + DAY_MS, atMs: atMs + DAY_MS }));
    const scored = await engineer.ask<BacktestAnswer>('POST', `${PAGE}/backtest`, { events });
    expect(scored.score).toMatchObject({ events: 2, caught: 2, precision: 1, leadHours: [23, 23] });
    const half = { fromMs: START_MS, toMs: START_MS + 14 * DAY_MS };
    expect((await engineer.ask<BacktestAnswer>('POST', `${PAGE}/backtest`, half)).alerts).toHaveLength(1);
    const condition = {
      kind: 'limit',
      direction: 'high',
      limit: 9,
      deadband: 0,
      onDelayMs: 0,
      offDelayMs: 0,
    };
    const other = { condition, recordIt: true };
    const refused = await engineer.send('POST', `${PAGE}/backtest`, JSON.stringify(other));
    expect(refused).toMatchObject({ status: 422, body: { code: 'E-BACKTEST-014' } });
  });

  it('is recorded for the gate, signed by two people, and lives', async () => {
    const evidence = async () =>
      (await engineer.ask<MonitorView>('GET', PAGE)).gate.find((item) => item.code === 'E-GATE-215');
    expect((await evidence())?.met).toBe(false);
    const events = EPISODES_MS.map((atMs) => ({ fromMs: atMs, toMs: atMs + DAY_MS, atMs: atMs + DAY_MS }));
    const body = { events, recordIt: true };
    const barred = await technician.send('POST', `${PAGE}/backtest`, JSON.stringify(body));
    expect(barred).toMatchObject({ status: 403, body: { code: 'E-ACCESS-013' } });
    const run = await engineer.ask<BacktestAnswer>('POST', `${PAGE}/backtest`, body);
    expect(run.recorded).toMatchObject({ facts: 1 });
    expect((await evidence())?.met).toBe(true);
    await engineer.ask('POST', `${PAGE}/propose`, { version: 1 });
    await technician.ask('POST', `${PAGE}/sign-off`, { version: 1, as: 'technician' });
    await owner.ask('POST', `${PAGE}/activate`, { version: 1 });
    const view = await engineer.ask<MonitorView>('GET', PAGE);
    expect(view).toMatchObject({
      lifecycle: 'live',
      backtest: { notifications: 2, precision: 1, events: 2 },
    });
    expect(view.backtest?.dataHash).toBe(run.dataHash);
  });
});

describe('the same by the command line, beside the server and without it', () => {
  const importId = async (): Promise<string> =>
    (await engineer.ask<SourcesView>('GET', '/acquire')).imports[0]?.importId ?? '';

  it('undoes the import and imports the file again through the running server', async () => {
    const undone = await throughline([
      'import',
      'history',
      '--data',
      dataDir,
      '--remove',
      await importId(),
      '--json',
    ]);
    expect(undone.exit, undone.err).toBe(0);
    expect(rowsOnDisk()).toEqual([]);
    const csv = join(folder, 'vibration.csv');
    const words = ['import', 'history', '--data', dataDir, '--signal', SIGNAL, '--csv', csv, '--json'];
    const imported = await throughline(words);
    expect(imported.exit, imported.err).toBe(0);
    expect(JSON.parse(imported.out)).toMatchObject({ signalId: SIGNAL, rows: ROWS, already: false });
    expect((await engineer.ask<SourcesView>('GET', '/acquire')).imports).toHaveLength(1);
    const wrong = await throughline([...words.slice(0, 4), '--signal', 'north.no', '--csv', csv, '--json']);
    expect(wrong.exit).toBe(4);
    expect(JSON.parse(wrong.out)).toMatchObject({ error: { code: 'E-ACQUIRE-002' } });
  });

  it('and opens the folder itself while no server holds it; rows without a fact are swept', async () => {
    const standing = await importId();
    await stop();
    writeFileSync(join(dataDir, 'samples', 'history', 'orphan.parquet'), 'x');
    const csv = join(folder, 'vibration.csv');
    const words = ['import', 'history', '--data', dataDir, '--signal', SIGNAL, '--csv', csv, '--json'];
    const again = await throughline(words);
    expect(again.exit, again.err).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ already: true, importId: standing });
    expect(rowsOnDisk()).toEqual([`${standing}.parquet`]);
    const replayed = await throughline(['audit', 'replay', '--data', dataDir, '--json']);
    expect(JSON.parse(replayed.out)).toMatchObject({ equal: true });
  });
});
