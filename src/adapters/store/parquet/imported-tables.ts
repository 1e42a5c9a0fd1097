// Imported tables at rest: one Parquet file per import, which people can read with their own tools.
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBInstance,
  type DuckDBType,
  VARCHAR,
} from '@duckdb/node-api';
import { PortFailure } from '#ports/failure.ts';
import type { TableColumn, TableRows, ImportedTables, TableValue } from '#ports/imported-tables.ts';
import { guarded, path, startEngine } from './engine.ts';
import { makeFolderOf, publish } from './layout.ts';

const VECTOR = 2_048;
const TYPES: Record<TableColumn['as'], { type: DuckDBType; sql: string }> = {
  text: { type: VARCHAR, sql: 'VARCHAR' },
  whole: { type: BIGINT, sql: 'BIGINT' },
  number: { type: DOUBLE, sql: 'DOUBLE' },
};
const WORD = /^[a-z][a-z-]{0,39}$/;
const FILE_ID = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;
/** A file of rows, or one that a stop left half written. */
const WRITTEN = /^(.+)\.parquet(?:\.tmp)?$/;
const COLUMN = /^[a-z][A-Za-z]{0,39}$/;

export async function openImportedTables(dataDir: string): Promise<ImportedTables> {
  const root = join(dataDir, 'history');
  const engine = await guarded('Opening the imported history', () => startEngine(join(root, '.spill')));
  return new ParquetHistory(root, engine, await engine.connect());
}

class ParquetHistory implements ImportedTables {
  readonly #root: string;
  readonly #engine: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  constructor(root: string, engine: DuckDBInstance, connection: DuckDBConnection) {
    this.#root = root;
    this.#engine = engine;
    this.#connection = connection;
  }

  write(
    kind: string,
    importId: string,
    rows: TableRows,
    onProgress?: (done: number, total: number) => void,
  ): Promise<void> {
    const target = this.#fileOf(kind, importId);
    return guarded('Writing imported rows', async () => {
      const columns = rows.columns.map(({ name, as }) => `${quoted(name)} ${TYPES[as].sql}`).join(', ');
      await this.#connection.run(`CREATE OR REPLACE TABLE brought (${columns})`);
      const appender = await this.#connection.createAppender('brought');
      for (let from = 0; from < rows.length; from += VECTOR) {
        appender.appendDataChunk(chunkOf(rows, from, Math.min(VECTOR, rows.length - from)));
        onProgress?.(from, rows.length);
      }
      appender.closeSync();
      makeFolderOf(target);
      await this.#connection.run(
        `COPY brought TO ${path(`${target}.tmp`)} (FORMAT parquet, COMPRESSION zstd)`,
      );
      await this.#connection.run('DROP TABLE brought');
      chmodSync(`${target}.tmp`, 0o600);
      publish(target);
      onProgress?.(rows.length, rows.length);
    });
  }

  read(kind: string, importIds: readonly string[], columns: readonly TableColumn[]): Promise<TableRows> {
    return guarded('Reading imported rows', async () => {
      const values: TableValue[][] = columns.map(() => []);
      let length = 0;
      for (const importId of importIds)
        length += await this.#readInto(values, this.#fileOf(kind, importId), columns);
      return { columns: [...columns], values, length };
    });
  }

  async #readInto(values: TableValue[][], file: string, columns: readonly TableColumn[]): Promise<number> {
    if (!existsSync(file)) {
      throw new PortFailure(
        'E-TABLES-001',
        `The rows of an import are missing: ${file}.`,
        'Bring the file back from a backup, or undo that import and read its source again.',
        false,
      );
    }
    const known = await this.#connection.run(`SELECT name FROM parquet_schema(${path(file)})`);
    const names = new Set((await known.getRows()).map(([name]) => String(name)));
    const selected = columns.map(({ name, as }) => {
      if (!names.has(name)) return 'NULL::VARCHAR';
      return as === 'text' ? quoted(name) : `${quoted(name)}::DOUBLE`;
    });
    const result = await this.#connection.run(
      `SELECT ${selected.join(', ')} FROM read_parquet(${path(file)})`,
    );
    let rows = 0;
    for (const chunk of await result.fetchAllChunks()) {
      for (const [at, column] of values.entries()) {
        const vector = chunk.getColumnVector(at);
        for (let row = 0; row < chunk.rowCount; row++) column.push(vector.getItem(row) as TableValue);
      }
      rows += chunk.rowCount;
    }
    return rows;
  }

  async remove(kind: string, importId: string): Promise<void> {
    rmSync(this.#fileOf(kind, importId), { force: true });
  }

  async sweep(kind: string, standing: ReadonlySet<string>, beforeMs: number): Promise<number> {
    const folder = dirname(this.#fileOf(kind, 'any'));
    if (!existsSync(folder)) return 0;
    let removed = 0;
    for (const name of readdirSync(folder)) {
      const [, importId] = WRITTEN.exec(name) ?? [];
      if (importId === undefined || standing.has(importId)) continue;
      const file = join(folder, name);
      if (statSync(file).mtimeMs >= beforeMs) continue;
      rmSync(file, { force: true });
      removed++;
    }
    return removed;
  }

  close(): void {
    this.#connection.closeSync();
    this.#engine.closeSync();
  }

  #fileOf(kind: string, importId: string): string {
    if (WORD.test(kind) && FILE_ID.test(importId)) return join(this.#root, kind, `${importId}.parquet`);
    throw new Error(`bug: ${JSON.stringify([kind, importId])} cannot name a file`);
  }
}

function quoted(name: string): string {
  if (!COLUMN.test(name)) throw new Error(`bug: ${JSON.stringify(name)} is no column`);
  return `"${name}"`;
}

function chunkOf(rows: TableRows, from: number, count: number): DuckDBDataChunk {
  const types = rows.columns.map(({ as }) => TYPES[as].type);
  const chunk = DuckDBDataChunk.create(types, count);
  for (const [at, { as }] of rows.columns.entries()) {
    const vector = chunk.getColumnVector(at);
    const column = rows.values[at] as TableValue[];
    for (let row = 0; row < count; row++) {
      const value = column[from + row] ?? null;
      vector.setItem(row, as === 'whole' && value !== null ? BigInt(Math.round(Number(value))) : value);
    }
    vector.flush();
  }
  return chunk;
}
