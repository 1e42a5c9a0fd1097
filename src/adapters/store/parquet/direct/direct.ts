// Wanted columns of a plain Parquet file without an engine: nothing to start, no copy per vector.
import { closeSync, fstatSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { TableOptions, WantedColumn } from '#ports/table.ts';
import { type Footer, readFooter } from './footer.ts';
import { DONE, FAILED, type GroupWork, readAt, readGroups } from './groups.ts';

const MAGIC = 0x31524150;
const TAIL_BYTES = 8;
const MAX_FOOTER_BYTES = 64 * 1024 * 1024;
/** A file that tells of more is left to the engine, which reads it in pieces. */
const MAX_ROWS = 200_000_000;
/** From here a second thread saves more than its start costs. */
const SECOND_THREAD_ROWS = 2_000_000;

export interface DirectRead {
  header: string[];
  /** one per wanted column, in that order; NaN for what is missing; over shared memory */
  columns: Float64Array[];
}

/**
 * Reads flat files of numbers and of timestamps in ms or us, with or without missing values; pages plain or by
 * dictionary; not packed, Snappy, gzip or Zstandard. That is what writers choose when nobody asks for more.
 * @returns null for every other file, also a broken one, so that the engine reads it or says why not
 */
export async function readDirect(
  path: string,
  wanted: readonly WantedColumn[],
  options: TableOptions,
  onProgress?: (done: number, total: number) => void,
): Promise<DirectRead | null> {
  const footer = footerOf(path);
  if (footer === null) return null;
  const places = wanted.map((column) => placeOf(footer, column, options));
  if (places.includes(-1)) return null;
  const work: GroupWork = {
    path,
    groups: footer.groups,
    columns: places.map((place) => ({ column: footer.columns[place] as Footer['columns'][number], place })),
    out: wanted.map(() => sharedDoubles(footer.rows)),
    counts: new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)),
  };
  const second = footer.rows >= SECOND_THREAD_ROWS && availableParallelism() > 1 ? startSecond(work) : null;
  readGroups(work, (done) => onProgress?.(done, footer.rows));
  await second?.();
  if (Atomics.load(work.counts, FAILED) === 1) return null;
  onProgress?.(footer.rows, footer.rows);
  return { header: footer.columns.map((column) => column.name), columns: work.out };
}

/** @returns waits until nothing of the work is still with the second thread */
function startSecond(work: GroupWork): () => Promise<void> {
  const worker = new Worker(new URL('./group-thread.ts', import.meta.url), {
    workerData: work,
    name: 'throughline parquet',
  });
  const ended = once(worker, 'message').catch(() => Atomics.store(work.counts, FAILED, 1));
  return async () => {
    if (Atomics.load(work.counts, DONE) < work.groups.length) await ended;
    worker.terminate().catch(() => undefined);
  };
}

function sharedDoubles(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** @returns null when the file is no Parquet file, or one that nests or is broken */
function footerOf(path: string): Footer | null {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size < TAIL_BYTES) return null;
    const tail = Buffer.from(readAt(file, size - TAIL_BYTES, new Uint8Array(TAIL_BYTES)));
    const length = tail.readUInt32LE(0);
    if (tail.readUInt32LE(4) !== MAGIC || length > Math.min(MAX_FOOTER_BYTES, size - TAIL_BYTES)) return null;
    const footer = readFooter(readAt(file, size - TAIL_BYTES - length, new Uint8Array(length)));
    return footer !== null && footer.rows <= MAX_ROWS ? footer : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Place of the one column of that name whose values can be read as asked; -1 without. */
function placeOf(footer: Footer, { name, as }: WantedColumn, options: TableOptions): number {
  const found = footer.columns.filter((column) => column.name === name);
  const kind = found.length === 1 ? found[0]?.kind : null;
  if (!kind) return -1;
  if (kind.perMs > 0 && (as !== 'time' || options.zone !== 'UTC')) return -1;
  return footer.columns.findIndex((column) => column.name === name);
}
