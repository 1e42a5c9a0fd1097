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
import { BAD } from '#vocabulary/quality.ts';
import { MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';
import { type BenchOptions, interleaved, type Section, times } from './measure.ts';
import { type QueryAlert, queryAlerts, type QueryRule } from './window-query.ts';

export const ROWS = 90 * 86_400;
const START = "TIMESTAMP '2024-01-01'";
export const QUIET_MS = 86_400_000;
const DEADBAND = 1;
const DELAY_MS = 60_000;
/** Longer than a batch of the live engine lasts, so that only the delays tell. */
const STALE_MS = 600_000;
/** What the query may take; the window holds all rows at once. */
const QUERY_MEMORY = '4GB';
/** One row in so many is late, one repeated, one without a value; and so often nothing comes for half an hour. */
const ODD_EVERY = 2_000;
const GAP_EVERY = 400_000;
const GAP_MS = 1_800_000;

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
  const query = await queryAlerts(connection, path, ruleOf(72));
  const told = first.alerts.map((alert) => Date.parse(alert.raisedAt));
  const { late, duplicates, bad, gaps, notifications } = first;
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
      run: () => queryAlerts(connection, path, ruleOf(72)),
    },
  ]);
  return {
    section: 'backtest',
    about: [
      `ms; ${ROWS.toLocaleString('en')} samples of one signal, high limit with deadband, on- and off-delay of 60 s.`,
      `Late ${late}, repeated ${duplicates}, without a value ${bad}, gaps ${gaps}; ${told.length} alerts, ${notifications.length} notifications.`,
      `The live engine, in batches of ${MAX_BATCH_SAMPLES} with a tick after each, raises ${same(told, live)}.`,
      `The query gives ${sameAlerts(first, query)}: raised, cleared, worst value, notification. It knows no stamps from the future.`,
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

/** Each alert with its times, worst value and notification as the backtest has them. */
function sameAlerts(told: BacktestResult, query: readonly QueryAlert[]): string {
  let notification = 0;
  let left = 0;
  const ours = told.alerts.map(({ raisedAt, clearedAt, extreme }): QueryAlert => {
    if (left === 0) left = told.notifications[notification++]?.alerts ?? 0;
    left--;
    const clearedMs = clearedAt === null ? null : Date.parse(clearedAt);
    return { raisedMs: Date.parse(raisedAt), clearedMs, extreme, notification };
  });
  return JSON.stringify(ours) === JSON.stringify(query) ? 'the same' : `others (${query.length})`;
}

export async function writeSignal(connection: DuckDBConnection, path: string): Promise<void> {
  if (existsSync(path)) return;
  await connection.run('SELECT setseed(0.5)');
  await connection.run(`COPY (
    SELECT ${START} + to_milliseconds(1000 * CASE i % ${ODD_EVERY} WHEN 500 THEN i - 3 WHEN 900 THEN i - 1 ELSE i END
        + ${GAP_MS} * (i // ${GAP_EVERY})) AS t,
      CASE WHEN i % ${ODD_EVERY} <> 1500 THEN 60 + 5 * sin(i / 7000.0) + 8 * sin(i / 90000.0) + 2 * random() END AS v
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
  if (table.badCells > 0) for (let i = 0; i < value.length; i++) if (Number.isNaN(value[i])) quality[i] = BAD;
  return { timeMs, value, quality, ahead: rowsAhead(timeMs, quality) };
}

function ruleOf(limit: number): QueryRule {
  const delays = { onDelayMs: DELAY_MS, offDelayMs: DELAY_MS };
  return { limit, deadband: DEADBAND, ...delays, staleMs: STALE_MS, quietMs: QUIET_MS };
}

export function monitor(limit: number): BacktestMonitor {
  const { deadband, onDelayMs, offDelayMs } = ruleOf(limit);
  return {
    staleAfterMs: STALE_MS,
    condition: { kind: 'limit', direction: 'high', limit, deadband, onDelayMs, offDelayMs },
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
