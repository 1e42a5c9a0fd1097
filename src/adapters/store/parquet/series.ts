import type { DuckDBConnection } from '@duckdb/node-api';
import { MAX_SERIES_POINTS, type Series } from '#ports/samples.ts';
import { ACCEPTED, MARK_BAD, MARK_FUTURE, MARK_LATE, MARK_REPEATED } from '#vocabulary/sample.ts';
import { FUTURE_TOLERANCE_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#vocabulary/time.ts';
import { number, numbers, parquet } from './engine.ts';
import { dayEndMs, type Stretch } from './layout.ts';

type NotAccepted = Series['notAccepted'];

/** What is asked for; times are source time, both ends included. */
export interface SeriesQuestion {
  signal: number;
  fromMs: number;
  toMs: number;
  maxPoints: number;
}

/**
 * Raw points where they still lie and fit; else one min/max/mean triple per bucket: from raw rows when a bucket is
 * shorter than an hour, else from the hourly roll-ups. A bucket's time is its start; a run of empty buckets is one
 * point of nulls, so that a line breaks there.
 */
export async function readSeries(
  connection: DuckDBConnection,
  stretches: Stretch[],
  question: SeriesQuestion,
): Promise<Series> {
  const maxPoints = Math.max(1, Math.min(MAX_SERIES_POINTS, Math.floor(question.maxPoints)));
  const asked = { ...question, maxPoints };
  // An accepted sample is never stamped further ahead of its receive time than the tolerance.
  const near = stretches.filter((each) => dayEndMs(each.day) + FUTURE_TOLERANCE_MS > asked.fromMs);
  if (near.length === 0 || asked.toMs < asked.fromMs) return emptySeries();
  if (near.every((each) => each.hasRaw)) {
    const raw = parquet(near.map((each) => each.raw));
    const narrow = (asked.toMs - asked.fromMs + 1) / maxPoints < HOUR_MS;
    if (narrow || (await rolledUpCount(connection, near, asked)) <= maxPoints) {
      return fromRaw(connection, raw, asked);
    }
  }
  return fromRollups(connection, near, asked);
}

async function fromRaw(connection: DuckDBConnection, raw: string, asked: SeriesQuestion): Promise<Series> {
  const range = `FROM ${raw} WHERE signal = ${number(asked.signal)}::UINTEGER
    AND time_ms BETWEEN ${number(asked.fromMs)} AND ${number(asked.toMs)}`;
  const counts = new Map<number, number>();
  for (const [mark, count] of await numbers(connection, `SELECT mark, count(*) ${range} GROUP BY mark`)) {
    counts.set(mark as number, count as number);
  }
  const of = (mark: number) => counts.get(mark) ?? 0;
  const notAccepted = {
    bad: of(MARK_BAD),
    late: of(MARK_LATE),
    repeated: of(MARK_REPEATED),
    future: of(MARK_FUTURE),
  };
  const accepted = `${range} AND mark = ${ACCEPTED}`;
  if (of(ACCEPTED) <= asked.maxPoints) {
    const points = await numbers(connection, `SELECT time_ms, value ${accepted} ORDER BY time_ms`);
    const timeMs = points.map(([at]) => at as number);
    const value = points.map(([, each]) => each as number);
    return { timeMs, value, min: null, max: null, bucketMs: 0, notAccepted };
  }
  const bucketMs = wholeWidth((asked.toMs - asked.fromMs + 1) / asked.maxPoints);
  const buckets = await numbers(
    connection,
    `SELECT floor((time_ms - ${number(asked.fromMs)}) / ${number(bucketMs)}) AS bucket, min(value), max(value), avg(value)
     ${accepted} GROUP BY bucket ORDER BY bucket`,
  );
  return bucketed(buckets, asked.fromMs, bucketMs, notAccepted);
}

/** A width people can say: rounded up to whole minutes, seconds or milliseconds, so that there are never too many. */
function wholeWidth(widthMs: number): number {
  const unitMs = widthMs > MINUTE_MS ? MINUTE_MS : widthMs > SECOND_MS ? SECOND_MS : 1;
  return Math.ceil(widthMs / unitMs) * unitMs;
}

async function fromRollups(
  connection: DuckDBConnection,
  stretches: Stretch[],
  asked: SeriesQuestion,
): Promise<Series> {
  const startMs = Math.floor(asked.fromMs / HOUR_MS) * HOUR_MS;
  const bucketMs = Math.ceil((asked.toMs - startMs + 1) / asked.maxPoints / HOUR_MS) * HOUR_MS;
  const rows = await numbers(
    connection,
    `SELECT floor((hour_ms - ${number(startMs)}) / ${number(bucketMs)}) AS bucket, min(min), max(max),
       sum(mean * count) / nullif(sum(count), 0), sum(bad), sum(late), sum(repeated), sum(future)
     ${rollupRange(stretches, { ...asked, fromMs: startMs })} GROUP BY bucket ORDER BY bucket`,
  );
  const sum = (column: number) => rows.reduce((total, row) => total + (row[column] ?? 0), 0);
  const notAccepted = { bad: sum(4), late: sum(5), repeated: sum(6), future: sum(7) };
  const withSamples = rows.filter((row) => row[3] !== null);
  return bucketed(withSamples, startMs, bucketMs, notAccepted);
}

async function rolledUpCount(
  connection: DuckDBConnection,
  stretches: Stretch[],
  asked: SeriesQuestion,
): Promise<number> {
  const startMs = Math.floor(asked.fromMs / HOUR_MS) * HOUR_MS;
  const sql = `SELECT sum(count) ${rollupRange(stretches, { ...asked, fromMs: startMs })}`;
  return (await numbers(connection, sql))[0]?.[0] ?? 0;
}

function rollupRange(stretches: Stretch[], asked: SeriesQuestion): string {
  return `FROM ${parquet(stretches.map((each) => each.rollup))} WHERE signal = ${number(asked.signal)}::UINTEGER
    AND hour_ms BETWEEN ${number(asked.fromMs)} AND ${number(asked.toMs)}`;
}

/** Rows are [bucket, min, max, mean], ascending; a hole becomes one point of nulls. */
function bucketed(
  rows: (number | null)[][],
  startMs: number,
  bucketMs: number,
  notAccepted: NotAccepted,
): Series {
  const series = { timeMs: [] as number[], value: [] as (number | null)[], bucketMs, notAccepted };
  const min: (number | null)[] = [];
  const max: (number | null)[] = [];
  const put = (bucket: number, low: number | null, high: number | null, mean: number | null) => {
    series.timeMs.push(startMs + bucket * bucketMs);
    min.push(low);
    max.push(high);
    series.value.push(mean);
  };
  let next: number | null = null;
  for (const [bucket, low, high, mean] of rows) {
    if (next !== null && (bucket as number) > next) put(next, null, null, null);
    put(bucket as number, low ?? null, high ?? null, mean ?? null);
    next = (bucket as number) + 1;
  }
  return { ...series, min, max };
}

function emptySeries(): Series {
  const notAccepted = { bad: 0, late: 0, repeated: 0, future: 0 };
  return { timeMs: [], value: [], min: null, max: null, bucketMs: 0, notAccepted };
}
