// How fast a limit that is moved by hand is judged again, with both parts of history and known events apart.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { History, KnownEvent } from '#core/backtest.ts';
import { judgeDesign, profileStep } from '#core/design.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { load, monitor, QUIET_MS, ROWS, writeSignal } from './backtest.ts';
import { type BenchOptions, interleaved, type Section } from './measure.ts';

const EVENTS = 10;

export const designerSection: Section = {
  name: 'designer',
  summary: 'a limit moved by hand on 90 days at a second, with ten known breakdowns',
  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
    const path = join(folder, 'signal.parquet');
    const database = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
    try {
      if (!existsSync(path)) await writeSignal(await database.connect(), path);
      return await measure(options, path);
    } finally {
      database.closeSync();
      await rm(folder, { recursive: true });
    }
  },
};

async function measure(options: BenchOptions, path: string) {
  const loaded = await load(path);
  const asked = { quietMs: QUIET_MS, events: eventsOf(loaded), splitAtMs: null, others: [] };
  const first = judgeDesign(loaded, monitor(72), asked);
  let limit = 72;
  const measured = await interleaved(options, 'ms', [
    {
      name: 'start: readings loaded and judged',
      per: 1,
      run: async () => judgeDesign(await load(path), monitor(72), asked),
    },
    {
      name: 'moved limit',
      per: 1,
      run: () => judgeDesign(loaded, monitor((limit = limit === 72 ? 71.5 : 72)), asked),
    },
    {
      name: 'one limit of the profile',
      per: 1,
      run: () => profileStep(loaded, monitor(72), 70, asked),
    },
  ]);
  const { notifications, score } = first.whole;
  return {
    section: 'designer',
    about: [
      `ms; ${ROWS.toLocaleString('en')} samples of one signal, high limit with deadband, on- and off-delay of 60 s; ${EVENTS} known events.`,
      `Notifications: ${notifications}, of them true ${score?.hits ?? 0}; a start shall stay under 1,000 ms, a moved limit under 100 ms.`,
    ],
    measured,
    ratios: [],
  };
}

function eventsOf({ timeMs }: History): KnownEvent[] {
  const startMs = timeMs[0] as number;
  return Array.from({ length: EVENTS }, (_, n) => {
    const atMs = startMs + (n + 1) * 8 * DAY_MS;
    return { fromMs: atMs - 2 * DAY_MS, toMs: atMs, atMs };
  });
}
