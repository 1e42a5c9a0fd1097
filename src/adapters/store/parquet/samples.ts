import { chmodSync, existsSync, rmSync } from 'node:fs';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ReadLimits } from '#ports/history.ts';
import type { AcceptedRows, ArchivedRows, SampleStore } from '#ports/samples.ts';
import { ACCEPTED, MARK_BAD, MARK_FUTURE, MARK_LATE, MARK_REPEATED } from '#vocabulary/sample.ts';
import { FUTURE_TOLERANCE_MS, HOUR_MS } from '#vocabulary/time.ts';
import { compactDay, scatteredDays } from './compaction.ts';
import { appendRows, emptyRows, RAW_COLUMNS, RAW_TABLE, readRows } from './columns.ts';
import { guarded, number, numbers, parquet, path, startEngine } from './engine.ts';
import { dayEndMs, dayOf, makeFolderOf, publish, SampleLayout, type Stretch } from './layout.ts';
import { ParquetHistory, readColumns } from './history.ts';
import { readSeries } from './series.ts';

/** Rows as read for replay: the sequence back as a number that JavaScript counts with. */
const READ_COLUMNS = RAW_COLUMNS.replace('intake_seq', 'intake_seq::DOUBLE AS intake_seq');
const STORED_COLUMNS = RAW_COLUMNS.replace('intake_seq', 'intake_seq::BIGINT AS intake_seq');
const COPY_OPTIONS = '(FORMAT parquet, COMPRESSION zstd)';
const count = (mark: number) => `count(*) FILTER (WHERE mark = ${mark})`;
const ROLLUP_COLUMNS = `signal, floor(time_ms / ${HOUR_MS}) * ${HOUR_MS} AS hour_ms,
  min(value) FILTER (WHERE mark = ${ACCEPTED}) AS min, max(value) FILTER (WHERE mark = ${ACCEPTED}) AS max,
  avg(value) FILTER (WHERE mark = ${ACCEPTED}) AS mean, ${count(ACCEPTED)} AS count,
  ${count(MARK_BAD)} AS bad, ${count(MARK_LATE)} AS late, ${count(MARK_REPEATED)} AS repeated, ${count(MARK_FUTURE)} AS future`;

/**
 * Opens the sample store of a data folder. Any number may read at once, in any thread or process; one at a time may
 * write (the archive). Nothing is changed before the first write.
 */
export async function openSampleStore(dataDir: string): Promise<SampleStore> {
  const layout = new SampleLayout(dataDir);
  return guarded('Opening the sample store', async () => {
    const engine = await startEngine(layout.spill());
    return new ParquetSamples(layout, engine, await engine.connect(), await engine.connect());
  });
}

class ParquetSamples implements SampleStore {
  readonly history: ParquetHistory;
  readonly #layout: SampleLayout;
  readonly #engine: DuckDBInstance;
  readonly #reading: DuckDBConnection;
  readonly #writing: DuckDBConnection;
  /** writes one after another: they share one table in memory */
  #turn: Promise<unknown> = Promise.resolve();
  #clean = false;

  constructor(
    layout: SampleLayout,
    engine: DuckDBInstance,
    reading: DuckDBConnection,
    writing: DuckDBConnection,
  ) {
    this.#layout = layout;
    this.#engine = engine;
    this.#reading = reading;
    this.#writing = writing;
    this.history = new ParquetHistory(layout, engine);
  }

  write(rows: ArchivedRows): Promise<void> {
    return this.#inTurn('Writing samples', async () => {
      if (rows.length === 0) return;
      this.#tidy();
      const through = await this.archivedThrough();
      if ((rows.intakeSeq[0] as number) <= through) {
        throw new Error(`bug: input ${rows.intakeSeq[0]} is archived already, through ${through}`);
      }
      for (let from = 0; from < rows.length; ) {
        const to = endOfDay(rows, from);
        await this.#writeStretch(rows, from, to);
        from = to;
      }
    });
  }

  async archivedThrough(): Promise<number> {
    return this.#layout.stretches().reduce((highest, each) => Math.max(highest, each.toSeq), 0);
  }

  series(signal: number, fromMs: number, toMs: number, maxPoints: number) {
    return this.#read('Reading a series', (stretches) =>
      readSeries(this.#reading, stretches, { signal, fromMs, toMs, maxPoints }),
    );
  }

  rows(fromIntakeSeq: number, toIntakeSeq: number): Promise<ArchivedRows> {
    return this.#read('Reading samples for replay', async (stretches) => {
      const files = stretches
        .filter((each) => each.hasRaw && each.toSeq >= fromIntakeSeq && each.fromSeq <= toIntakeSeq)
        .map((each) => each.raw);
      if (files.length === 0) return emptyRows(0);
      // No ORDER BY: files and rows come in stored order, and a sort would not keep rows of one input in theirs.
      return readRows(
        await this.#reading.run(
          `SELECT ${READ_COLUMNS} FROM ${parquet(files)}
           WHERE intake_seq BETWEEN ${number(fromIntakeSeq)}::BIGINT AND ${number(toIntakeSeq)}::BIGINT`,
        ),
      );
    });
  }

  accepted(signal: number, fromMs: number, toMs: number, limits: ReadLimits): Promise<AcceptedRows> {
    return this.#read('Reading the readings of a signal', async (stretches) => {
      const near = stretches.filter((each) => dayEndMs(each.day) + FUTURE_TOLERANCE_MS > fromMs);
      const kept = near.filter((each) => each.hasRaw);
      const expired = near.filter((each) => !each.hasRaw);
      const rows =
        kept.length === 0
          ? { timeMs: new Float64Array(0), value: new Float64Array(0), quality: new Uint8Array(0) }
          : await readColumns(
              this.#engine,
              `SELECT time_ms, value, quality::DOUBLE FROM ${parquet(kept.map((each) => each.raw))}
               WHERE signal = ${number(signal)}::UINTEGER AND mark = ${ACCEPTED}
               AND time_ms BETWEEN ${number(fromMs)} AND ${number(toMs)}`,
              limits,
            );
      return {
        ...rows,
        expiredToMs: expired.length === 0 ? null : dayEndMs((expired.at(-1) as Stretch).day),
      };
    });
  }

  keepEvidence(alertId: string, signal: number, fromMs: number, toMs: number): Promise<void> {
    const target = this.#layout.evidence(alertId);
    return this.#inTurn('Keeping evidence', async () => {
      const files = this.#layout.stretches().filter((each) => each.hasRaw);
      if (files.length === 0) return;
      makeFolderOf(target);
      await this.#copy(
        `SELECT ${RAW_COLUMNS} FROM ${parquet(files.map((each) => each.raw))} WHERE signal = ${number(signal)}::UINTEGER
         AND time_ms BETWEEN ${number(fromMs)} AND ${number(toMs)}`,
        target,
      );
      // Asked again after retention has bitten, the window has fewer rows than the evidence already kept.
      if (existsSync(target) && (await this.#rowsIn(target)) >= (await this.#rowsIn(`${target}.tmp`))) {
        rmSync(`${target}.tmp`);
      } else {
        publish(target);
      }
    });
  }

  async expirable(beforeMs: number): Promise<{ untilMs: number; throughSeq: number } | null> {
    const last = this.#expired(beforeMs).at(-1);
    return last ? { untilMs: dayEndMs(last.day), throughSeq: last.toSeq } : null;
  }

  #expired(beforeMs: number): Stretch[] {
    return this.#layout.stretches().filter((each) => each.hasRaw && dayEndMs(each.day) <= beforeMs);
  }

  compact(beforeMs: number): Promise<number> {
    return this.#inTurn('Joining the files of a day', async () => {
      this.#tidy();
      const days = scatteredDays(this.#layout.stretches(), dayOf(beforeMs));
      for (const parts of days) await compactDay(this.#writing, this.#layout, parts);
      return days.length;
    });
  }

  /** Once: only this store writes, so what is unfinished when it begins is of a process that is gone. */
  #tidy(): void {
    if (!this.#clean) this.#layout.removeLeftovers();
    this.#clean = true;
  }

  expireRaw(beforeMs: number): Promise<number> {
    return this.#inTurn('Dropping expired samples', async () => {
      const expired = this.#expired(beforeMs);
      for (const each of expired) rmSync(each.raw);
      return expired.length;
    });
  }

  async close(): Promise<void> {
    await this.#turn.catch(() => {});
    this.#reading.closeSync();
    this.#writing.closeSync();
    this.#engine.closeSync();
  }

  async #writeStretch(rows: ArchivedRows, from: number, to: number): Promise<void> {
    const day = dayOf(rows.receivedMs[from] as number);
    const stretch = this.#layout.stretch(
      day,
      rows.intakeSeq[from] as number,
      rows.intakeSeq[to - 1] as number,
    );
    await this.#writing.run(`CREATE OR REPLACE TABLE stretch ${RAW_TABLE}`);
    const appender = await this.#writing.createAppender('stretch');
    appendRows(appender, rows, from, to);
    appender.closeSync();
    makeFolderOf(stretch.raw);
    makeFolderOf(stretch.rollup);
    await this.#copy(`SELECT ${STORED_COLUMNS} FROM stretch`, stretch.raw);
    await this.#copy(
      `SELECT ${ROLLUP_COLUMNS} FROM stretch GROUP BY signal, hour_ms ORDER BY signal, hour_ms`,
      stretch.rollup,
    );
    await this.#writing.run('DROP TABLE stretch');
    publish(stretch.raw);
    publish(stretch.rollup);
  }

  async #copy(select: string, target: string): Promise<void> {
    await this.#writing.run(`COPY (${select}) TO ${path(`${target}.tmp`)} ${COPY_OPTIONS}`);
    chmodSync(`${target}.tmp`, 0o600);
  }

  async #rowsIn(file: string): Promise<number> {
    return (await numbers(this.#writing, `SELECT count(*) FROM ${parquet([file])}`))[0]?.[0] ?? 0;
  }

  #inTurn<T>(what: string, work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.catch(() => {}).then(() => guarded(what, work));
    this.#turn = mine;
    return mine;
  }

  /** Reads over today's files; once more when retention dropped one of them in the meantime. */
  #read<T>(what: string, work: (stretches: Stretch[]) => Promise<T>): Promise<T> {
    return guarded(what, async () => {
      const before = this.#layout.stretches();
      try {
        return await work(before);
      } catch (error) {
        const after = this.#layout.stretches();
        if (after.length === before.length && after.every((each, at) => each.hasRaw === before[at]?.hasRaw))
          throw error;
        return work(after);
      }
    });
  }
}

/** End (exclusive) of the rows received on the same UTC day as row `from`; an input is never split. */
function endOfDay(rows: ArchivedRows, from: number): number {
  const end = dayEndMs(dayOf(rows.receivedMs[from] as number));
  let to = from + 1;
  while (to < rows.length && (sameDay(rows, to, end) || rows.intakeSeq[to] === rows.intakeSeq[to - 1])) to++;
  return to;
}

/** A receive time that went back stays with the day that was reached: stretches follow the intake order. */
function sameDay(rows: ArchivedRows, row: number, endMs: number): boolean {
  return (rows.receivedMs[row] as number) < endMs;
}
