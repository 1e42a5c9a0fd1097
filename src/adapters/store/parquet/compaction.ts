// Many small files of one day become one: the large one counts from the moment its roll-up has its name.
import { chmodSync, rmSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { numbers, parquet, path } from './engine.ts';
import { makeFolderOf, publish, type SampleLayout, type Stretch } from './layout.ts';

/** Days that are made one file each in one go; the rest waits for the next. */
export const MAX_DAYS_AT_ONCE = 31;

const COPY_OPTIONS = '(FORMAT parquet, COMPRESSION zstd)';
/** Roll-ups of several stretches joined: an hour may lie across two of them. */
const JOINED = `signal, hour_ms, min(min) AS min, max(max) AS max,
  sum(mean * count) / nullif(sum(count), 0) AS mean, sum(count)::BIGINT AS count, sum(bad)::BIGINT AS bad,
  sum(late)::BIGINT AS late, sum(repeated)::BIGINT AS repeated, sum(future)::BIGINT AS future`;

/**
 * Stretches that can be joined: of one day before `beforeDay` (UTC, exclusive), following each other without another
 * between them, in intake order.
 */
export function scatteredDays(stretches: readonly Stretch[], beforeDay: string): Stretch[][] {
  const runs: Stretch[][] = [];
  let run: Stretch[] = [];
  for (const each of stretches) {
    if (run.length > 0 && run[0]?.day !== each.day) run = [];
    if (each.day >= beforeDay || !each.hasRaw) run = [];
    else {
      run.push(each);
      if (run.length === 2) runs.push(run);
    }
  }
  return runs.slice(0, MAX_DAYS_AT_ONCE);
}

/**
 * Joins the stretches of one day, which follow each other, into one. Rows keep their order, sequence and marks. The raw
 * file is named first, then the roll-up: from then on the parts are superseded, and only then they are removed.
 */
export async function compactDay(
  connection: DuckDBConnection,
  layout: SampleLayout,
  parts: readonly Stretch[],
): Promise<void> {
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last || first === last) return;
  const whole = layout.stretch(first.day, first.fromSeq, last.toSeq);
  const raws = parquet(parts.map((each) => each.raw));
  makeFolderOf(whole.raw);
  await copy(connection, `SELECT * FROM ${raws}`, whole.raw);
  const [before] = await numbers(connection, `SELECT count(*), sum(intake_seq) FROM ${raws}`);
  const [after] = await numbers(
    connection,
    `SELECT count(*), sum(intake_seq) FROM ${parquet([`${whole.raw}.tmp`])}`,
  );
  if (before?.[0] !== after?.[0] || before?.[1] !== after?.[1]) {
    throw new Error(`bug: ${after?.[0]} of ${before?.[0]} rows of ${first.day} were joined`);
  }
  const rollups = parquet(parts.map((each) => each.rollup));
  await copy(
    connection,
    `SELECT ${JOINED} FROM ${rollups} GROUP BY signal, hour_ms ORDER BY signal, hour_ms`,
    whole.rollup,
  );
  publish(whole.raw);
  publish(whole.rollup);
  for (const part of parts) {
    rmSync(part.raw, { force: true });
    rmSync(part.rollup, { force: true });
  }
}

async function copy(connection: DuckDBConnection, select: string, target: string): Promise<void> {
  await connection.run(`COPY (${select}) TO ${path(`${target}.tmp`)} ${COPY_OPTIONS}`);
  chmodSync(`${target}.tmp`, 0o600);
}
