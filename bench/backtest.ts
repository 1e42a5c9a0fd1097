// How fast a limit is judged on history, beside the same rule as a window query of a database.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { openTable } from '#app/compose.ts';
import { rowsAhead } from '#acquire/ahead.ts';
import { type BacktestMonitor, type BacktestResult, backtest, type History } from '#core/backtest.ts';
import { createSense, senseAdvance, senseBatch, type SenseMonitor, type StateChange } from '#core/sense.ts';
import { BAD, GOOD } from '#vocabulary/quality.ts';
import { MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';
import { type BenchOptions, interleaved, type Section, times } from './measure.ts';

export const ROWS = 90 * 86_400;
const START = "TIMESTAMP '2024-01-01'";
export const QUIET_MS = 86_400_000;
const DEADBAND = 1;
const DELAY_MS = 60_000;
/** Longer than a batch of the live engine lasts, so that only the delays tell. */
const STALE_MS = 600_000;
/** What the query may take; the window holds all rows at once. */
const QUERY_MEMORY = '2GB';

export const backtestSection: Section = {
  name: 'backtest',
  summary: 'a limit on 90 days at a second from Parquet',
  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
    const database = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: QUERY_MEMORY });
    try {
      return await measure(options, join(folder, 'signal.parquet'), await database.connect());
    } finally {
      database.closeSync();
      await rm(folder, { recursive: true });
    }
  },
};

async function measure(options: BenchOptions, path: string, connection: DuckDBConnection) {
  await writeSignal(connection, path);
  const loaded = await load(path);
  const first = judge(loaded, 72);
  const live = liveAlerts(loaded, 72);
  const query = await queryAlerts(connection, path, 72);
  const told = first.alerts.map((alert) => Date.parse(alert.raisedAt));
  let limit = 72;
  const measured = await interleaved(options, 'ms', [
    {
      name: 'from Parquet to alerts',
      per: 1,
      run: async () => judge(await load(path), 72),
    },
    {
      name: 'moved limit, samples loaded',
      per: 1,
      run: () => judge(loaded, (limit = limit === 72 ? 71.5 : 72)),
    },
    {
      name: 'the rule as a DuckDB window query',
      per: 1,
      run: () => queryAlerts(connection, path, 72),
    },
  ]);
  return {
    section: 'backtest',
    about: [
      `ms; ${ROWS.toLocaleString('en')} samples of one signal, high limit with deadband, on- and off-delay of 60 s.`,
      `Alerts: ${told.length}; the live engine, in batches of ${MAX_BATCH_SAMPLES} with a tick after each, gives ${same(told, live)}; the query gives ${same(told, query)}.`,
      'The query knows no late, repeated, bad or missing samples.',
    ],
    measured,
    ratios: [
      times(
        'speed beside the query, from Parquet to alerts',
        measured,
        'the rule as a DuckDB window query',
        'from Parquet to alerts',
        '10',
      ),
      times(
        'speed beside the query, moved limit',
        measured,
        'the rule as a DuckDB window query',
        'moved limit, samples loaded',
        null,
      ),
    ],
  };
}

function same(told: readonly number[], other: readonly number[]): string {
  const equal = told.length === other.length && told.every((at, i) => at === other[i]);
  return equal ? 'the same' : `others (${other.length})`;
}

export async function writeSignal(connection: DuckDBConnection, path: string): Promise<void> {
  if (existsSync(path)) return;
  await connection.run('SELECT setseed(0.5)');
  await connection.run(`COPY (
    SELECT ${START} + to_seconds(i) AS t, 60 + 5 * sin(i / 7000.0) + 8 * sin(i / 90000.0) + 2 * random() AS v
    FROM range(${ROWS}) r(i)
  ) TO '${path}' (FORMAT parquet)`);
}

export async function load(path: string): Promise<History> {
  const wanted = [
    { name: 't', as: 'time' as const },
    { name: 'v', as: 'number' as const },
  ];
  const table = await openTable(path).read(wanted, { zone: 'UTC', dateOrder: null });
  const [timeMs, value] = table.columns as [Float64Array, Float64Array];
  const quality = new Uint8Array(table.rows);
  if (table.badCells > 0) value.forEach((x, i) => (quality[i] = Number.isNaN(x) ? BAD : GOOD));
  return { timeMs, value, quality, ahead: rowsAhead(timeMs, quality) };
}

export function monitor(limit: number): BacktestMonitor {
  const delays = { onDelayMs: DELAY_MS, offDelayMs: DELAY_MS };
  return {
    staleAfterMs: STALE_MS,
    condition: { kind: 'limit', direction: 'high', limit, deadband: DEADBAND, ...delays },
  };
}

function judge(history: History, limit: number): BacktestResult {
  return backtest(history, monitor(limit), { quietMs: QUIET_MS });
}

/** Times of `raised` as the pipeline would say them; a batch is received with its last sample. */
function liveAlerts(history: History, limit: number): number[] {
  const watched: SenseMonitor = { ...monitor(limit), monitorId: 'm', version: 1, signal: 0 };
  const sense = createSense(1, [watched]);
  const signal = new Uint32Array(MAX_BATCH_SAMPLES);
  const marks = new Uint8Array(MAX_BATCH_SAMPLES);
  const raised: number[] = [];
  const take = (changes: StateChange[]): void => {
    for (const change of changes) if (change.kind === 'raised') raised.push(change.atMs);
  };
  for (let from = 0; from < history.timeMs.length; from += MAX_BATCH_SAMPLES) {
    const to = Math.min(history.timeMs.length, from + MAX_BATCH_SAMPLES);
    const timeMs = history.timeMs.subarray(from, to);
    const value = history.value.subarray(from, to);
    const quality = history.quality.subarray(from, to);
    const receivedMs = timeMs.at(-1) as number;
    take(senseBatch(sense, { signal, timeMs, value, quality, length: to - from }, receivedMs, marks));
    take(senseAdvance(sense, receivedMs));
  }
  return raised;
}

/**
 * The rule in SQL: side with deadband, stretches of one side, those that last long enough, and of these each
 * first one after the other side.
 * @returns times of `raised`, ms since 1970
 */
async function queryAlerts(connection: DuckDBConnection, path: string, limit: number): Promise<number[]> {
  const result = await connection.run(`
    WITH side AS (
      SELECT t, last_value(CASE WHEN v >= ${limit} THEN 1 WHEN v < ${limit - DEADBAND} THEN 0 END IGNORE NULLS)
        OVER (ORDER BY t) AS s FROM read_parquet('${path}')
    ), turned AS (SELECT t, s FROM side QUALIFY s IS DISTINCT FROM lag(s) OVER (ORDER BY t)),
    stretch AS (SELECT t, s, lead(t) OVER (ORDER BY t) AS until FROM turned),
    lasting AS (
      SELECT t + to_milliseconds(${DELAY_MS}) AS said, s FROM stretch
      WHERE until IS NULL OR until >= t + to_milliseconds(${DELAY_MS})
    ), changed AS (SELECT said, s FROM lasting QUALIFY s IS DISTINCT FROM lag(s) OVER (ORDER BY said))
    SELECT epoch_ms(said)::DOUBLE FROM changed WHERE s = 1 ORDER BY said`);
  return (await result.getRows()).map((row) => Number(row[0]));
}
