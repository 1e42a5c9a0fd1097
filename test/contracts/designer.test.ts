// A limit is moved on a plant's own history by the real server: figures, profile, marked breakdowns, why, and the version.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DesignAnswer,
  DesignChoices,
  Invitation,
  MonitorView,
  ProfileStep,
  Series,
  Why,
  PersonView,
} from '#api/contract.ts';
import { DAY_MS, HOUR_MS, isoUtc, MINUTE_MS } from '#vocabulary/time.ts';
import { Caller } from './caller.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SIGNAL = 'north.P-1-vibration';
const MONITOR = 'north.P-1-vibration-high';
const EVERY_MS = 5 * MINUTE_MS;
const ROWS = (35 * DAY_MS) / EVERY_MS;
const START_MS = Math.floor((Date.now() - 40 * DAY_MS) / EVERY_MS) * EVERY_MS;
const BROKE_MS = START_MS + 10 * DAY_MS + 12 * HOUR_MS;
const TALL_MS = START_MS + 20 * DAY_MS;

/** Rises for half a day before the breakdown, a little less for no reason, and rests. */
function valueAt(atMs: number): number {
  if (atMs >= BROKE_MS - 12 * HOUR_MS && atMs < BROKE_MS) return 9.4;
  return atMs >= TALL_MS && atMs < TALL_MS + 6 * HOUR_MS ? 7.6 : 4.2;
}

const folder = mkdtempSync(join(tmpdir(), 'throughline-designer-'));
let server: ChildProcess;
let engineer: Caller;
let definition: MonitorView['definition'];

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
  const seat = people.find((person) => person.name === 'reliability')?.personId;
  const invitation = await administrator.ask<Invitation>('POST', `/access/people/${seat}/invitation`);
  engineer = new Caller(url);
  await engineer.enter(invitation.path, 'Rita');
  const lines = Array.from({ length: ROWS }, (_, n) => {
    const atMs = START_MS + n * EVERY_MS;
    return `${isoUtc(atMs)},${valueAt(atMs)}`;
  });
  const csv = `timestamp,value\n${lines.join('\n')}\n`;
  const upload = `/acquire/history?signalId=${SIGNAL}&time=timestamp&value=value`;
  const told = await engineer.send('POST', upload, csv, 'text/csv');
  if (told.status !== 200) throw new Error(JSON.stringify(told.body));
  ({ definition } = await engineer.ask<MonitorView>('GET', `/monitor/${MONITOR}`));
}, 60_000);

afterAll(async () => {
  if (server.exitCode === null) {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
  }
  rmSync(folder, { recursive: true, force: true });
});

function judge(more: object = {}): Promise<DesignAnswer> {
  return engineer.ask('POST', '/monitor/design/judge', { monitorId: MONITOR, definition, ...more });
}

describe('a limit on history', () => {
  it('is unproven while no breakdown is known, and drawn from what was imported', async () => {
    const { judged, samples, imported, range, events } = await judge();
    expect({ samples, imported, events }).toEqual({ samples: ROWS, imported: ROWS, events: [] });
    expect(range).toEqual({ low: 4.2, high: 9.4 });
    expect(judged[0]?.whole).toMatchObject({ notifications: 2, score: null });
    const body = { monitorId: MONITOR, definition, points: 200 };
    const picture = await engineer.ask<Series>('POST', '/monitor/design/picture', body);
    expect(Math.max(...picture.value.map(Number))).toBe(9.4);
    expect(picture.timeMs.length).toBeLessThanOrEqual(200);
  });

  it('is scored against a breakdown that a person marks, beside another limit', async () => {
    const event = {
      eventId: 'north.E-1',
      failureModeId: definition.failureModeId,
      fromMs: BROKE_MS - DAY_MS,
      toMs: BROKE_MS,
      atMs: BROKE_MS,
      note: 'bearing seized at night',
    };
    await engineer.ask('POST', '/monitor/event/mark', event);
    const beside = { ...definition.condition, limit: 8 };
    const { judged, events, meaning } = await judge({ beside });
    expect(events).toMatchObject([
      { source: 'marked', note: 'bearing seized at night', by: expect.stringMatching(/^p-/) },
    ]);
    expect(judged[0]?.whole.score).toMatchObject({ hits: 1, wrong: 1, caught: 1, missed: 0 });
    expect(judged[1]?.whole.score).toMatchObject({ hits: 1, wrong: 0 });
    expect(judged[0]?.chosen.score).toMatchObject({ events: 1 });
    expect(judged[0]?.checked).toMatchObject({ notifications: 0, score: { events: 0 } });
    expect(meaning[0]?.noise?.thisH).toBeGreaterThan(meaning[1]?.noise?.thisH ?? Number.NaN);
    const limits = [5, 8, 10];
    const asked = { monitorId: MONITOR, definition, limits };
    const steps = await engineer.ask<ProfileStep[]>('POST', '/monitor/design/profile', asked);
    expect(steps.map(({ hits, wrong, missed }) => [hits, wrong, missed])).toEqual([
      [1, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
  });

  it('says step by step why it would have fired, or not', async () => {
    const at = (ms: number) => engineer.ask<Why>('GET', `/monitor/${MONITOR}/why?at=${ms}`);
    expect(await at(START_MS + DAY_MS)).toMatchObject({ active: false, stopsAt: 'condition' });
    expect(await at(TALL_MS + 10 * MINUTE_MS)).toMatchObject({ active: false, stopsAt: 'delay' });
    const fired = await at(BROKE_MS - HOUR_MS);
    expect(fired.active).toBe(true);
    expect(fired.steps.at(-1)).toMatchObject({ step: 'work', passed: false });
    expect(await at(START_MS - DAY_MS)).toMatchObject({ stopsAt: 'reading' });
  });

  it('is kept as a version or as a draft of its own', async () => {
    const other = { ...definition, condition: { ...definition.condition, limit: 8 } };
    await engineer.ask('POST', `/monitor/${MONITOR}/redesign`, {
      definition: other,
      reason: 'too many visits',
    });
    const view = await engineer.ask<MonitorView>('GET', `/monitor/${MONITOR}`);
    expect(view.inWork).toMatchObject({ version: 2, condition: { limit: 8 }, reason: 'too many visits' });
    const draft = { monitorId: 'north.M-2', definition: { ...other, name: 'Another' }, reason: 'tried' };
    await engineer.ask('POST', '/monitor/design/draft', draft);
    expect(await engineer.ask('GET', '/monitor/north.M-2')).toMatchObject({ lifecycle: 'draft' });
  });

  it('turns away what cannot be judged', async () => {
    const unknown = { monitorId: MONITOR, definition: { ...definition, signalId: 'north.nobody' } };
    const path = '/monitor/design/judge';
    expect(await engineer.send('POST', path, JSON.stringify(unknown))).toMatchObject({
      body: { code: 'E-DESIGN-002' },
    });
    const wrong = { ...definition, condition: { ...definition.condition, deadband: -1 } };
    const answer = await engineer.send(
      'POST',
      path,
      JSON.stringify({ monitorId: MONITOR, definition: wrong }),
    );
    expect(answer).toMatchObject({ body: { code: 'E-DESIGN-005' } });
    const { kinds, signals } = await engineer.ask<DesignChoices>('GET', '/monitor/design/choices');
    expect(kinds.map(({ kind }) => kind)).toContain('expression');
    expect(signals.find((one) => one.signalId === SIGNAL)?.starting.quantity).toBe('vibration velocity');
    await engineer.ask('POST', '/monitor/event/north.E-1/unmark');
    expect((await judge()).events).toEqual([]);
  });
});
