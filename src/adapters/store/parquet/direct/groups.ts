// Row groups of a file, taken one after another by whichever thread is free.
import { closeSync, openSync, readSync } from 'node:fs';
import type { FileColumn, Footer } from './footer.ts';
import { PageMemory, readPages } from './pages.ts';

/** What the threads that read one file share. */
export interface GroupWork {
  path: string;
  groups: Footer['groups'];
  /** wanted columns, and their places in each group */
  columns: { column: FileColumn; place: number }[];
  /** one per wanted column, as long as the file has rows; over shared memory */
  out: Float64Array[];
  /** TAKEN, DONE, FAILED; over shared memory */
  counts: Int32Array;
}

/** Groups somebody has begun with, groups that are read, and 1 once a group cannot be read here. */
export const TAKEN = 0;
export const DONE = 1;
export const FAILED = 2;

/** Reads groups until none is left or one of any thread could not be read. */
export function readGroups(work: GroupWork, onGroup?: (doneRows: number) => void): void {
  const { groups, counts } = work;
  const firstRow = [0];
  for (const { rows } of groups) firstRow.push((firstRow.at(-1) as number) + rows);
  const memory = { packed: new PageMemory(), page: new PageMemory() };
  const file = openSync(work.path, 'r');
  try {
    for (;;) {
      const g = Atomics.add(counts, TAKEN, 1);
      if (g >= groups.length || Atomics.load(counts, FAILED) === 1) return;
      readGroup(file, work, g, firstRow[g] as number, memory);
      Atomics.add(counts, DONE, 1);
      onGroup?.(firstRow[Math.min(g + 1, Atomics.load(counts, DONE))] as number);
    }
  } catch (error) {
    Atomics.store(counts, FAILED, 1);
    if (!(error instanceof RangeError || isUnpackError(error))) throw error;
  } finally {
    closeSync(file);
  }
}

function readGroup(
  file: number,
  { groups, columns, out }: GroupWork,
  g: number,
  firstRow: number,
  memory: { packed: PageMemory; page: PageMemory },
): void {
  const { rows, chunks } = groups[g] as Footer['groups'][number];
  for (const [k, { column, place }] of columns.entries()) {
    const chunk = chunks[place];
    const target = out[k]?.subarray(firstRow, firstRow + rows);
    if (!chunk || !target) throw new RangeError('a group without this column');
    const bytes = readAt(file, chunk.offset, memory.packed.take(chunk.bytes));
    readPages(bytes, chunk, column, memory.page, target);
  }
}

/** @throws RangeError when the file ends before `into` is full */
export function readAt(file: number, from: number, into: Uint8Array): Uint8Array {
  let done = 0;
  while (done < into.length) {
    const got = readSync(file, into, done, into.length - done, from + done);
    if (got === 0) throw new RangeError('the file ends too early');
    done += got;
  }
  return into;
}

function isUnpackError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^(Z_|ZSTD_|ERR_)/.test(code);
}
