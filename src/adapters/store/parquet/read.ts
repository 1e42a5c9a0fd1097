// Reads wanted columns of one Parquet file into typed arrays, vector by vector.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api';
import {
  MAX_REJECTED_NAMED,
  TableFailure,
  type TableOptions,
  type TableRead,
  type TableSource,
  type WantedColumn,
} from '#ports/table.ts';
import { copyVector } from './columns.ts';
import { parquet, startEngine } from './engine.ts';

const NUMBERS = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))$/;
const INSTANTS = /^TIMESTAMP/;

/** Rows in a group of a Parquet file, unless its writer chose otherwise. */
const GROUP_ROWS = 122_880;
/**
 * Rows DuckDB holds at once, twice, 8 bytes a row and column. A finished slice is handed over without waiting for each
 * of its vectors, which is what takes the time when a result is streamed; 90 days at a second read fastest so.
 */
const SLICE_ROWS = 16 * GROUP_ROWS;

/**
 * A table source over one Parquet file. A time column holds timestamps, or numbers that are ms since 1970;
 * a timestamp without a zone is in UTC. A row without a time is rejected; its line is its row number.
 */
export function parquetTable(path: string): TableSource {
  return {
    async read(wanted, options, onProgress) {
      if (!existsSync(path)) {
        throw new TableFailure('missing', 'E-PARQUET-001', `There is no file ${path}.`, 'Check the path.');
      }
      const spill = await mkdtemp(join(tmpdir(), 'throughline-parquet-'));
      const engine = await startEngine(spill);
      try {
        const connection = await engine.connect();
        return await readTable(connection, path, wanted, options, onProgress);
      } finally {
        engine.closeSync();
        await rm(spill, { recursive: true });
      }
    },
  };
}

async function readTable(
  connection: DuckDBConnection,
  path: string,
  wanted: readonly WantedColumn[],
  options: TableOptions,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<TableRead> {
  const types = await columnTypes(connection, path);
  const header = [...types.keys()];
  const selected = wanted.map((column) => expressionOf(path, column, types, options));
  const counted = await connection.run(`SELECT count(*)::DOUBLE FROM ${parquet([path])}`);
  const total = Number((await counted.getRows())[0]?.[0]);
  const columns = wanted.map(() => new Float64Array(total));
  const slice = (from: number): Promise<DuckDBMaterializedResult> | null =>
    from >= total ? null : connection.run(sliceQuery(path, selected, from));
  let coming = slice(0);
  for (let from = 0; coming !== null; from += SLICE_ROWS) {
    const result = await coming;
    // The engine works on the next slice while this one is copied.
    coming = slice(from + SLICE_ROWS);
    let row = from;
    for (let i = 0; i < result.chunkCount; i++) {
      const chunk = result.getChunk(i);
      for (const [k, column] of columns.entries()) copyVector(chunk.getColumnVector(k), column, row);
      row += chunk.rowCount;
    }
    onProgress?.(row, total);
  }
  return { header, ...withoutTimeless(wanted, columns) };
}

function sliceQuery(path: string, selected: readonly string[], from: number): string {
  const source = parquet([path]).replace(/\)$/, ', file_row_number = true)');
  const rows = `file_row_number >= ${from} AND file_row_number < ${from + SLICE_ROWS}`;
  return `SELECT ${selected.join(', ')} FROM ${source} WHERE ${rows}`;
}

async function columnTypes(connection: DuckDBConnection, path: string): Promise<Map<string, string>> {
  try {
    const described = await connection.run(`DESCRIBE SELECT * FROM ${parquet([path])}`);
    return new Map((await described.getRows()).map((row) => [String(row[0]), String(row[1])]));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new TableFailure(
      'format',
      'E-PARQUET-002',
      `${path} is no Parquet file: ${why}`,
      'Check the file.',
    );
  }
}

/** SQL that gives the column as doubles, NaN for what is missing. */
function expressionOf(
  path: string,
  { name, as }: WantedColumn,
  types: Map<string, string>,
  options: TableOptions,
): string {
  const type = types.get(name);
  const header = [...types.keys()];
  if (type === undefined) {
    const list = header.map((column) => `"${column}"`).join(', ');
    const message = `${path} has no column "${name}".`;
    throw new TableFailure('column', 'E-PARQUET-003', message, `Its columns are: ${list}.`, name, header);
  }
  const column = `"${name.replaceAll('"', '""')}"`;
  if (NUMBERS.test(type)) return missingAsNan(`${column}::DOUBLE`);
  if (as === 'time' && INSTANTS.test(type)) {
    if (!type.includes('TIME ZONE') && options.zone !== 'UTC') {
      throw new TableFailure(
        'format',
        'E-PARQUET-004',
        `Column "${name}" holds timestamps without a zone, and only UTC can be read from Parquet.`,
        'Leave the zone out, or write the file with TIMESTAMP WITH TIME ZONE.',
      );
    }
    return missingAsNan(`epoch_us(${column}) / 1000.0`);
  }
  throw new TableFailure(
    'format',
    'E-PARQUET-005',
    `Column "${name}" of ${path} is of type ${type}, which is no ${as}.`,
    as === 'time' ? 'Write it as TIMESTAMP, or as a number of ms since 1970.' : 'Write it as DOUBLE.',
  );
}

function missingAsNan(sql: string): string {
  return `coalesce(${sql}, 'nan'::DOUBLE)`;
}

function withoutTimeless(
  wanted: readonly WantedColumn[],
  columns: Float64Array[],
): Omit<TableRead, 'header'> {
  const timeless = new Set<number>();
  for (const [k, column] of columns.entries()) {
    if (wanted[k]?.as === 'time') for (const row of missingIn(column)) timeless.add(row);
  }
  const kept =
    timeless.size === 0 ? columns : columns.map((column) => column.filter((_, i) => !timeless.has(i)));
  let badCells = 0;
  for (const [k, column] of kept.entries()) {
    if (wanted[k]?.as === 'number') badCells += missingIn(column).length;
  }
  return {
    columns: kept,
    rows: kept[0]?.length ?? 0,
    badCells,
    rejected: {
      count: timeless.size,
      first: [...timeless].slice(0, MAX_REJECTED_NAMED).map((i) => ({ line: i + 1, text: '' })),
    },
    notes: [],
  };
}

/** Rows that hold no finite number. */
function missingIn(column: Float64Array): number[] {
  const rows: number[] = [];
  for (let i = 0; i < column.length; i++) {
    const x = column[i] as number;
    if (x - x !== 0) rows.push(i);
  }
  return rows;
}
