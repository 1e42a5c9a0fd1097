import { mkdirSync } from 'node:fs';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { PortFailure } from '#ports/failure.ts';

/** What one engine may take; the rest of the process has to live beside it. */
export const ENGINE_MEMORY = '192MB';
export const ENGINE_THREADS = '2';
export const ENGINE_SPILL = '1GB';

/** Starts a DuckDB engine in memory; it holds no data of its own, only Parquet files do. */
export async function startEngine(spillFolder: string): Promise<DuckDBInstance> {
  mkdirSync(spillFolder, { recursive: true, mode: 0o700 });
  const engine = await DuckDBInstance.create(':memory:', {
    memory_limit: ENGINE_MEMORY,
    threads: ENGINE_THREADS,
    temp_directory: spillFolder,
    max_temp_directory_size: ENGINE_SPILL,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_file_cache: 'false',
  });
  const connection = await engine.connect();
  await connection.run('SET GLOBAL parquet_metadata_cache = true');
  connection.closeSync();
  return engine;
}

/** A number as SQL text. Only numbers and paths of the house's own layout ever become SQL. */
export function number(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`bug: ${value} in a query`);
  return `${value}`;
}

/** A path as SQL text. */
export function path(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A table function over files, in the order given; at least one file. */
export function parquet(files: string[]): string {
  return `read_parquet([${files.map(path).join(', ')}])`;
}

/** All rows of a query as arrays of numbers and nulls. */
export async function numbers(connection: DuckDBConnection, sql: string): Promise<(number | null)[][]> {
  const rows = await (await connection.run(sql)).getRows();
  return rows.map((row) => row.map((value) => (value === null ? null : Number(value))));
}

/** Runs work on the sample store and turns what DuckDB or the disk says into a PortFailure. */
export async function guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PortFailure || !(error instanceof Error)) throw error;
    if (error.message.startsWith('bug:')) throw error;
    const full = /no space left|ENOSPC/i.test(error.message);
    throw new PortFailure(
      full ? 'E-SAMPLES-003' : 'E-SAMPLES-004',
      `${what} failed: ${full ? 'there is no space left' : error.message}.`,
      full
        ? 'Free space on that disk; nothing is lost, the samples stay in the intake log until they rest here.'
        : 'Check that the folder samples/ belongs to the user that runs Throughline and that its files are whole.',
      true,
    );
  }
}
