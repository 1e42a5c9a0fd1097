import {
  DOUBLE,
  type DuckDBAppender,
  DuckDBDataChunk,
  DuckDBDoubleVector,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBVector,
  UINTEGER,
  UTINYINT,
} from '@duckdb/node-api';
import type { ArchivedRows } from '#ports/samples.ts';

/** Columns of a raw file, in this order. */
export const RAW_COLUMNS = 'intake_seq, signal, time_ms, received_ms, value, quality, mark';

/** Rows DuckDB takes in one vector. */
export const VECTOR = 2_048;
const TYPES: DuckDBType[] = [DOUBLE, UINTEGER, DOUBLE, DOUBLE, DOUBLE, UTINYINT, UTINYINT];

/** Table definition of the rows while they are in memory. */
export const RAW_TABLE =
  '(intake_seq DOUBLE, signal UINTEGER, time_ms DOUBLE, received_ms DOUBLE, value DOUBLE, quality UTINYINT, mark UTINYINT)';

/** Appends rows `from` (inclusive) to `to` (exclusive), vector by vector. */
export function appendRows(appender: DuckDBAppender, rows: ArchivedRows, from: number, to: number): void {
  const columns = columnsOf(rows);
  for (let start = from; start < to; start += VECTOR) {
    const count = Math.min(VECTOR, to - start);
    const chunk = DuckDBDataChunk.create(TYPES, count);
    for (const [at, column] of columns.entries()) {
      const vector = chunk.getColumnVector(at);
      for (let row = 0; row < count; row++) vector.setItem(row, column[start + row] as number);
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
}

/** Reads a result whose columns are RAW_COLUMNS. */
export async function readRows(result: DuckDBResult): Promise<ArchivedRows> {
  const chunks = await result.fetchAllChunks();
  const rows = emptyRows(chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0));
  const columns = columnsOf(rows);
  let start = 0;
  for (const chunk of chunks) {
    const count = chunk.rowCount;
    for (const [at, column] of columns.entries()) {
      const vector = chunk.getColumnVector(at);
      for (let row = 0; row < count; row++) column[start + row] = vector.getItem(row) as number;
    }
    start += count;
  }
  return rows;
}

/** Rows of the given capacity; `length` is set to it. */
export function emptyRows(length: number): ArchivedRows {
  return {
    intakeSeq: new Float64Array(length),
    signal: new Uint32Array(length),
    timeMs: new Float64Array(length),
    receivedMs: new Float64Array(length),
    value: new Float64Array(length),
    quality: new Uint8Array(length),
    mark: new Uint8Array(length),
    length,
  };
}

function columnsOf(rows: ArchivedRows): (Float64Array | Uint32Array | Uint8Array)[] {
  return [rows.intakeSeq, rows.signal, rows.timeMs, rows.receivedMs, rows.value, rows.quality, rows.mark];
}

/**
 * Copies a vector of doubles whose missing values are NaN already. Value by value it takes five times as long, so
 * the vector's own array is used where the package still keeps it under that name.
 */
export function copyVector(vector: DuckDBVector, column: Float64Array, from: number): void {
  const items: unknown = vector instanceof DuckDBDoubleVector ? vector['items'] : null;
  if (items instanceof Float64Array) {
    column.set(items, from);
    return;
  }
  for (let i = 0; i < vector.itemCount; i++) column[from + i] = Number(vector.getItem(i));
}
