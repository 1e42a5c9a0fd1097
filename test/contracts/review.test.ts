// A blind review by the real server: the alerts and what came of them are the server's, not of who opens it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BacktestAnswer, Invitation, MonitorView, PersonView, ReviewView } from '#api/contract.ts';
import { DAY_MS, HOUR_MS, isoUtc, MINUTE_MS } from '#vocabulary/time.ts';
import { Caller } from './caller.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SIGNAL = 'north.P-1-vibration';
const PAGE = '/monitor/north.P-1-vibration-high';
const EVERY_MS = 5 * MINUTE_MS;
const START_MS = Math.floor((Date.now() - 40 * DAY_MS) / EVERY_MS) * EVERY_MS;
/** It rises for half a day each time; only the first two and the last were breakdowns. */
const RISES_MS = [5, 10, 15, 20, 25, 30].map((day) => START_MS + day * DAY_MS);
const BROKE = [true, true, false, false, false, true];

const folder = mkdtempSync(join(tmpdir(), 'throughline-review-'));
let server: ChildProcess;
let engineer: Caller;
let technician: Caller;

function recording(): string {
  const lines = Array.from({ length: (35 * DAY_MS) / EVERY_MS }, (_, n) => {
    const atMs = START_MS + n * EVERY_MS;
    const high = RISES_MS.some((fromMs) => atMs >= fromMs && atMs < fromMs + 12 * HOUR_MS);
    return `${isoUtc(atMs)},${high ? 9.4 : 4.2}`;
  });
  return `timestamp,value\n${lines.join('\n')}\n`;
}

beforeAll(async () => {
  const plan = join(folder, 'plan.yaml');
  const text = readFileSync(join(ROOT, 'examples/first-monitor/plan.yaml'), 'utf8');
  writeFileSync(plan, text.replace('wanted: trial', 'wanted: draft'));
  const main = join(ROOT, 'src/cli/main.ts');
  const ports = ['--port', '0', '--mqtt-port', '0'];
  const words = ['serve', '--data', join(folder, 'plant'), '--json', ...ports, '--plan', plan];
  server = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { url, open } = await new Promise<{ url: string; open: string }>((resolve, reject) => {
    let out = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('\n')) resolve(JSON.parse(out) as { url: string; open: string });
    });
    server.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
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
  const upload = `/acquire/history?signalId=${SIGNAL}&time=timestamp&value=value`;
  const told = await engineer.send('POST', upload, recording(), 'text/csv');
  if (told.status !== 200) throw new Error(JSON.stringify(told.body));
}, 60_000);

afterAll(async () => {
  if (server.exitCode === null) {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
  }
  rmSync(folder, { recursive: true, force: true });
});

const open = () => engineer.send('POST', `${PAGE}/open-review`, JSON.stringify({ version: 1 }));

describe('a blind review of a monitor that was never live', () => {
  it('is not opened while the server knows no breakdown, whatever a backtest was told', async () => {
    const events = RISES_MS.map((fromMs) => ({ fromMs, toMs: fromMs + DAY_MS, atMs: fromMs + DAY_MS }));
    const run = await engineer.ask<BacktestAnswer>('POST', `${PAGE}/backtest`, { events, recordIt: true });
    expect(run.notifications).toHaveLength(RISES_MS.length);
    expect(await open()).toMatchObject({ status: 422, body: { code: 'E-MONITOR-071' } });
  });

  it('shows the notifications of the backtest, and counts against the marked breakdowns', async () => {
    const { definition } = await engineer.ask<MonitorView>('GET', PAGE);
    for (const [n, fromMs] of RISES_MS.entries()) {
      if (!BROKE[n]) continue;
      const times = { fromMs, toMs: fromMs + DAY_MS, atMs: fromMs + 12 * HOUR_MS };
      const about = { eventId: `north.E-${n}`, failureModeId: definition.failureModeId, note: null };
      await engineer.ask('POST', '/monitor/event/mark', { ...about, ...times });
    }
    expect(await open()).toMatchObject({ status: 200 });
    const { episodes } = await technician.ask<ReviewView>('GET', `${PAGE}/review`);
    expect(episodes).toHaveLength(RISES_MS.length);
    expect(JSON.stringify(episodes)).not.toContain('real');
    const answers = episodes.map(({ episodeId }, n) => ({ episodeId, wouldGo: n < 3 }));
    await technician.ask('POST', `${PAGE}/sign-review`, { version: 1, answers });
    const view = await technician.ask<ReviewView>('GET', `${PAGE}/review`);
    // right about the first two, and about the fourth and fifth
    expect(view.agreement).toMatchObject({ agreed: 4, of: 6 });
  });
});
