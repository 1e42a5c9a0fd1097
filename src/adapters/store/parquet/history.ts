// Imported history: `samples/history/<importId>.parquet`, marked as imported in the file itself.
import { chmodSync, existsSync, rmSync } from 'node:fs';
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBInstance,
  type DuckDBType,
  UTINYINT,
} from '@duckdb/node-api';
import { PortFailure } from '#ports/failure.ts';
import type { HistoryStore, ReadLimits, SampleColumns } from '#ports/history.ts';
import { copyVector, VECTOR } from './columns.ts';
import { guarded, number, parquet, path } from './engine.ts';
import { makeFolderOf, publish, type SampleLayout } from './layout.ts';

const TYPES: DuckDBType[] = [DOUBLE, DOUBLE, UTINYINT];
const TABLE = '(time_ms DOUBLE, value DOUBLE, quality UTINYINT)';

export class ParquetHistory implements HistoryStore {
  readonly #layout: SampleLayout;
  readonly #engine: DuckDBInstance;
  /** imports one after another: they share one table in memory */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(layout: SampleLayout, engine: DuckDBInstance) {
    this.#layout = layout;
    this.#engine = engine;
  }

  write(importId: string, rows: SampleColumns, origin: Record<string, string>): Promise<void> {
    const target = this.#layout.history(importId);
    const work = (): Promise<void> =>
      guarded('Writing imported readings', async () => {
        const connection = await this.#engine.connect();
        try {
          await connection.run(`CREATE OR REPLACE TABLE imported ${TABLE}`);
          await append(connection, rows);
          makeFolderOf(target);
          const marks = Object.entries({ ...origin, origin: 'imported' }).map(
            ([key, value]) => `${path(key)}: ${path(value)}`,
          );
          await connection.run(
            `COPY (SELECT * FROM imported) TO ${path(`${target}.tmp`)}
             (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${marks.join(', ')}})`,
          );
          await connection.run('DROP TABLE imported');
          chmodSync(`${target}.tmp`, 0o600);
          publish(target);
        } finally {
          connection.closeSync();
        }
      });
    const mine = this.#turn.catch(() => undefined).then(work);
    this.#turn = mine;
    return mine;
  }

  read(importId: string, fromMs: number, toMs: number, limits: ReadLimits): Promise<SampleColumns> {
    const file = this.#layout.history(importId);
    if (!existsSync(file)) {
      throw new PortFailure(
        'E-SAMPLES-006',
        `The rows of the import ${importId} are gone: ${file} does not exist.`,
        'Remove the import and import its file again.',
        false,
      );
    }
    const range = `time_ms BETWEEN ${number(fromMs)} AND ${number(toMs)}`;
    return guarded('Reading imported readings', () =>
      readColumns(
        this.#engine,
        `SELECT time_ms, value, quality::DOUBLE FROM ${parquet([file])} WHERE ${range}`,
        limits,
      ),
    );
  }

  async remove(importId: string): Promise<void> {
    rmSync(this.#layout.history(importId), { force: true });
  }

  async sweep(kept: readonly string[]): Promise<void> {
    this.#layout.sweepHistory(new Set(kept));
  }
}

/** Streams a query of three number columns, so that it can be stopped between two slices. */
export async function readColumns(
  engine: DuckDBInstance,
  sql: string,
  limits: ReadLimits,
): Promise<SampleColumns> {
  const connection = await engine.connect();
  try {
    const result = await connection.stream(sql);
    const taken = {
      timeMs: new Float64Array(VECTOR),
      value: new Float64Array(VECTOR),
      quality: new Float64Array(VECTOR),
    };
    let rows = 0;
    for (;;) {
      const stop = limits.stop();
      if (stop) throw stop;
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      if (rows + chunk.rowCount > limits.maxRows) throw tooMany(limits.maxRows);
      for (const [at, name] of (['timeMs', 'value', 'quality'] as const).entries()) {
        taken[name] = withRoom(taken[name], rows + chunk.rowCount);
        copyVector(chunk.getColumnVector(at), taken[name], rows);
      }
      rows += chunk.rowCount;
    }
    const { timeMs, value, quality } = taken;
    return {
      timeMs: timeMs.slice(0, rows),
      value: value.slice(0, rows),
      quality: Uint8Array.from(quality.subarray(0, rows)),
    };
  } finally {
    connection.closeSync();
  }
}

function withRoom(column: Float64Array<ArrayBuffer>, rows: number): Float64Array<ArrayBuffer> {
  if (rows <= column.length) return column;
  const larger = new Float64Array(Math.max(rows, column.length * 2));
  larger.set(column);
  return larger;
}

function tooMany(maxRows: number): PortFailure {
  return new PortFailure(
    'E-SAMPLES-007',
    `More than ${maxRows} readings lie in the range.`,
    'Ask for a shorter range.',
    false,
  );
}

async function append(connection: DuckDBConnection, rows: SampleColumns): Promise<void> {
  const appender = await connection.createAppender('imported');
  const columns = [rows.timeMs, rows.value, rows.quality];
  for (let start = 0; start < rows.timeMs.length; start += VECTOR) {
    const count = Math.min(VECTOR, rows.timeMs.length - start);
    const chunk = DuckDBDataChunk.create(TYPES, count);
    for (const [at, column] of columns.entries()) {
      const vector = chunk.getColumnVector(at);
      for (let row = 0; row < count; row++) vector.setItem(row, column[start + row] as number);
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
