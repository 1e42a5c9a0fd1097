import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTable } from '#app/compose.ts';
import { type BacktestResult, backtest, usualIntervalMs } from '#core/backtest.ts';
import { command } from '#cli/backtest.ts';
import { DATA_ABSENT, recordedData } from './data.ts';

const data = recordedData();
if (data === null) process.stderr.write(`${DATA_ABSENT}\n`);

async function nab(values: Record<string, string>): Promise<BacktestResult> {
  const folder = join(data as string, 'nab');
  const out: string[] = [];
  const asked = {
    csv: join(folder, 'machine_temperature_system_failure.csv'),
    events: join(folder, 'machine_temperature_events.csv'),
    time: 'timestamp',
    value: 'value',
    low: '65',
    zone: 'UTC',
    ...values,
  };
  const terminal = { data: (line: string) => out.push(line), say: () => {}, progress: () => {} };
  expect(
    await command.run({ positionals: [], values: asked, switches: new Set(), json: true }, terminal),
  ).toBe(0);
  return JSON.parse(out.join(''));
}

describe.skipIf(data === null)('a machine that really failed (NAB machine temperature)', () => {
  it('gives 7 alerts, 5 notifications, precision 0.80 and all four events with their leads', async () => {
    const result = await nab({ deadband: '3', 'on-delay': '6h', 'off-delay': '2h', quiet: '24h' });
    expect(result.alerts).toHaveLength(7);
    expect(result.notifications.map((n) => n.alerts)).toEqual([1, 1, 3, 1, 1]);
    expect(result.score).toMatchObject({ events: 4, caught: 4, precision: 0.8 });
    expect(result.score?.leadHours.map((lead) => lead?.toFixed(1))).toEqual(['22.3', '10.5', '11.9', '23.8']);
    expect(result).toMatchObject({
      samples: 22_695,
      used: 22_683,
      late: 11,
      duplicates: 1,
      future: 0,
      gaps: 0,
      bad: 0,
    });
  });

  it('gives 55 alerts on the raw limit', async () => {
    const result = await nab({ quiet: '0' });
    expect(result.alerts).toHaveLength(55);
    expect(result.score?.precision).toBeCloseTo(0.27, 2);
    expect(result.score?.leadHours.map((lead) => lead?.toFixed(1))).toEqual(['28.3', '16.5', '25.0', '28.9']);
  });
});

describe.skipIf(data === null)('the other recordings', () => {
  async function read(path: string, time: string, value: string) {
    const wanted = [
      { name: time, as: 'time' as const },
      { name: value, as: 'number' as const },
    ];
    const table = await openTable(join(data as string, path)).read(wanted, { zone: 'UTC', dateOrder: null });
    const [timeMs, x] = table.columns as [Float64Array, Float64Array];
    return {
      table,
      history: { timeMs, value: x, quality: Uint8Array.from(x, (v) => (Number.isNaN(v) ? 2 : 0)) },
    };
  }
  const quiet = { quietMs: 86_400_000 };
  const limit = (direction: 'high' | 'low', at: number) => ({
    kind: 'limit' as const,
    direction,
    limit: at,
    deadband: 0,
    onDelayMs: 0,
    offDelayMs: 0,
  });

  it('finds the 10 gaps of the ambient temperature, the longest 174 h', async () => {
    const { history } = await read('nab/ambient_temperature_system_failure.csv', 'timestamp', 'value');
    const staleAfterMs = (usualIntervalMs(history.timeMs) as number) * 1;
    const result = backtest(history, { staleAfterMs, condition: limit('high', 1e9) }, quiet);
    expect(result.gaps).toBe(10);
    const longest = Math.max(...result.blind.map((b) => Date.parse(b.to as string) - Date.parse(b.from)));
    expect((longest + staleAfterMs) / 3_600_000).toBe(174);
  });

  it('reads the dotted times of the bearings and sees their 148 h gap', async () => {
    const { history } = await read('ims/1st_test_resmaple_10minutes.csv', 'Datetime', 'Bearing 3-A');
    const result = backtest(history, { staleAfterMs: 86_400_000, condition: limit('high', 1e9) }, quiet);
    expect(result).toMatchObject({ samples: 2_156, used: 2_156 });
    const longest = Math.max(...result.blind.map((b) => Date.parse(b.to as string) - Date.parse(b.from)));
    expect(Math.round((longest + 86_400_000) / 3_600_000)).toBe(148);
  });

  it('reads the d/m/Y dates of the steel plant and counts its 365 midnights as late', async () => {
    const { table, history } = await read('steel/Steel_industry_data.csv', 'date', 'Usage_kWh');
    expect(table.notes[0]).toContain('day/month/year');
    const result = backtest(history, { staleAfterMs: 3_600_000, condition: limit('high', 1e9) }, quiet);
    expect(result).toMatchObject({ samples: 35_040, late: 365, duplicates: 0, future: 0 });
  });
});
