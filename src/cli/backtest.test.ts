import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from './backtest.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-backtest-'));
});
afterAll(() => rm(folder, { recursive: true }));

const BASE = Date.UTC(2024, 0, 1);
const at = (second: number): string => new Date(BASE + second * 1_000).toISOString();
const seconds = (iso: string | null): number | null =>
  iso === null ? null : (Date.parse(iso) - BASE) / 1_000;

let files = 0;
async function run(text: string, values: Record<string, string>, json = true): Promise<string> {
  const path = join(folder, `${files++}.csv`);
  await writeFile(path, text);
  const out: string[] = [];
  const defaults = { csv: path, time: 't', value: 'x', quiet: '24h', zone: 'UTC' };
  const terminal = { data: (line: string) => out.push(line), say: () => {}, progress: () => {} };
  await command.run(
    { positionals: [], values: { ...defaults, ...values }, switches: new Set(), json },
    terminal,
  );
  return out.join('\n');
}

const MONITOR = { high: '10', deadband: '2', 'on-delay': '10s', 'off-delay': '5s', stale: '30s' };

/** The vectors as a file: `second:value`. */
async function vector(rows: string, values: Record<string, string> = {}) {
  const lines = rows.split(' ').map((word) => {
    const [second, value] = word.split(':');
    return `${at(Number(second))},${value}`;
  });
  return JSON.parse(await run(`t,x\n${lines.join('\n')}\n`, { ...MONITOR, ...values }));
}

describe('the binding vectors through a file', () => {
  it.each([
    ['0:11 25:5', {}, [[10, 30]], []],
    ['0:11 5:bad 12:11', {}, [[10, null]], []],
    ['0:11 35:11 50:11 76:11', { 'on-delay': '40s' }, [[75, null]], [[30, 35]]],
    ['0:10 4:8 5:7.9', {}, [], []],
    ['0:11 20:11 5:0 21:11', {}, [[10, null]], []],
    ['0:11 15:11 20:7 23:11', {}, [[10, null]], []],
  ])('%s', async (rows, values, alerts, blind) => {
    const result = await vector(rows, values);
    const raised = result.alerts.map((a: Record<string, string>) => [
      seconds(a['raisedAt'] ?? null),
      seconds(a['clearedAt'] ?? null),
    ]);
    expect(raised).toEqual(alerts);
    expect(
      result.blind.map((b: Record<string, string>) => [seconds(b['from'] ?? null), seconds(b['to'] ?? null)]),
    ).toEqual(blind);
  });

  it('a late sample counts, and a stamp 1 h ahead is future while the next is accepted', async () => {
    expect(await vector('0:11 20:11 5:0 21:11')).toMatchObject({ late: 1, used: 3 });
    expect(await vector('0:5 3601:11 2:5')).toMatchObject({ future: 1, used: 2, late: 0, alerts: [] });
    expect(await vector('0:5 1:5 3601:11 2:5 3:5 4:5')).toMatchObject({
      future: 1,
      used: 5,
      late: 0,
      alerts: [],
    });
  });
});

describe('what it prints', () => {
  const rows = `t,x\n${Array.from({ length: 20 }, (_, i) => `${at(i)},${i < 15 ? 11 : 5}`).join('\n')}\n`;

  it('as JSON, the agreed fields and what was left out', async () => {
    const result = JSON.parse(await run(rows, { high: '10' }));
    expect(Object.keys(result)).toEqual([
      'samples',
      'used',
      'bad',
      'late',
      'duplicates',
      'future',
      'gaps',
      'from',
      'to',
      'alerts',
      'notifications',
      'blind',
      'alertsPerWeek',
      'notificationsPerWeek',
      'score',
      'rejected',
      'notes',
      'elapsedMs',
    ]);
    expect(result.score).toBeNull();
    expect(result.alerts).toEqual([{ raisedAt: at(0), clearedAt: at(15), extreme: 11 }]);
  });

  it('as text, alerts, notifications, score and what it cannot say', async () => {
    const events = join(folder, 'events.csv');
    await writeFile(
      events,
      `from,to,at,what\n${at(0)},${at(30)},${at(7_200)},pump\n${at(900)},${at(901)},${at(901)},none\n`,
    );
    const text = await run(rows, { high: '10', events }, false);
    expect(text).toContain('Alerts: 1');
    expect(text).toContain('1 of 2 caught; precision 1.00');
    expect(text).toContain('2.0 h');
    expect(text).toContain('missed');
    expect(text).toContain('What this cannot say');
  });
});

describe('what it refuses', () => {
  const rows = `t,x\n${at(0)},1\n${at(1)},1\n`;
  it.each([
    [{}, 'E-BACKTEST-001', 2],
    [{ high: '1', low: '0' }, 'E-BACKTEST-001', 2],
    [{ high: 'warm' }, 'E-BACKTEST-002', 2],
    [{ high: '1', deadband: '-1' }, 'E-BACKTEST-002', 2],
    [{ high: '1', 'on-delay': '6 hours' }, 'E-BACKTEST-003', 2],
    [{ high: '1', stale: '0' }, 'E-BACKTEST-003', 2],
    [{ high: '1', 'date-order': 'ymd' }, 'E-BACKTEST-004', 2],
    [{ high: '1', csv: '/nowhere/x.csv' }, 'E-CSV-001', 3],
    [{ high: '1', value: 'X1' }, 'E-CSV-006', 2],
    [{ high: '1', zone: 'Mars/Base' }, 'E-CSV-008', 1],
  ])('%o', async (values, code, exitCode) => {
    await expect(run(rows, values as Record<string, string>)).rejects.toMatchObject({ code, exitCode });
  });

  it('names the nearest column', async () => {
    await expect(run('time,vlaue\n1,2\n', { high: '1', time: 'time', value: 'value' })).rejects.toMatchObject(
      {
        mend: expect.stringContaining('Did you mean "vlaue"?'),
      },
    );
  });

  it('a single row, from which no usual interval follows, and events that cannot be scored', async () => {
    await expect(run(`t,x\n${at(0)},1\n`, { high: '1' })).rejects.toMatchObject({ code: 'E-BACKTEST-005' });
    const events = join(folder, 'bad-events.csv');
    await writeFile(events, `from,to,at\n${at(5)},${at(1)},${at(1)}\n`);
    await expect(run(rows, { high: '1', events })).rejects.toMatchObject({ code: 'E-BACKTEST-007' });
    await writeFile(events, `from,to,at\n${at(5)},soon,${at(1)}\n${at(5)},${at(6)},${at(6)}\n`);
    await expect(run(rows, { high: '1', events })).rejects.toMatchObject({ code: 'E-BACKTEST-006' });
  });
});
