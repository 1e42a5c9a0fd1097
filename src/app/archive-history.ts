// A recorded file becomes rows that rest beside what was received; runs on the archive's thread.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PortFailure } from '#ports/failure.ts';
import type { SampleColumns } from '#ports/history.ts';
import type { SampleStore } from '#ports/samples.ts';
import type { DateOrder } from '#ports/table.ts';
import { BAD, GOOD } from '#vocabulary/quality.ts';
import { openTable } from './compose.ts';

/** A recorded file may have so many bytes; more would not fit into the memory of one import. */
export const MAX_HISTORY_BYTES = 1024 * 1024 * 1024;
/** A recorded file on this machine, and how it is to be read. */
export interface HistoryFile {
  path: string;
  /** what messages call the file */
  shownAs: string;
  timeColumn: string;
  valueColumn: string;
  timeZone: string;
  dateOrder: DateOrder | null;
  /** from the file's unit to the signal's: value * factor + offset */
  factor: number;
  offset: number;
}

/** What was read of a file. */
export interface HistoryRead {
  fileHash: string;
  rows: number;
  /** rows left out because their time cannot be read */
  refused: number;
  /** cells that hold no number; they rest with quality bad */
  bad: number;
  fromMs: number;
  toMs: number;
  notes: string[];
}

/** Reads a file and lays its rows down under the import's id. @throws PortFailure, TableFailure */
export async function importFile(
  store: SampleStore,
  importId: string,
  file: HistoryFile,
): Promise<HistoryRead> {
  try {
    const size = await stat(file.path).catch(() => null);
    if (size && size.size > MAX_HISTORY_BYTES) throw tooLarge(size.size);
    const wanted = [
      { name: file.timeColumn, as: 'time' as const },
      { name: file.valueColumn, as: 'number' as const },
    ];
    const table = await openTable(file.path).read(wanted, { zone: file.timeZone, dateOrder: file.dateOrder });
    const [timeMs, value] = table.columns as [Float64Array, Float64Array];
    const quality = new Uint8Array(value.length).fill(GOOD);
    for (let i = 0; i < value.length; i++) {
      value[i] = (value[i] as number) * file.factor + file.offset;
      if (Number.isNaN(value[i])) quality[i] = BAD;
    }
    const fileHash = await hashOfFile(file.path);
    await store.history.write(importId, { timeMs, value, quality }, { fileHash, importId });
    const { rejected, badCells, notes } = table;
    return { fileHash, refused: rejected.count, bad: badCells, notes, ...spanOf(timeMs) };
  } catch (failure) {
    if (!(failure instanceof PortFailure)) throw failure;
    const message = failure.message.replaceAll(file.path, file.shownAs);
    throw new PortFailure(failure.code, message, failure.mend, failure.retryable);
  }
}

/** Lays rows down that are in memory already. */
export async function importRows(
  store: SampleStore,
  importId: string,
  rows: SampleColumns,
): Promise<HistoryRead> {
  const fileHash = hashOfRows(rows);
  await store.history.write(importId, rows, { fileHash, importId });
  const bad = rows.quality.reduce((sum, quality) => sum + (quality === BAD ? 1 : 0), 0);
  return { fileHash, refused: 0, bad, notes: [], ...spanOf(rows.timeMs) };
}

function tooLarge(bytes: number): PortFailure {
  return new PortFailure(
    'E-HISTORY-001',
    `The file has ${Math.ceil(bytes / 1_048_576)} MB; at most ${MAX_HISTORY_BYTES / 1_048_576} are read at once.`,
    'Cut it by time and import the parts one after another.',
    false,
  );
}

function spanOf(timeMs: Float64Array): { rows: number; fromMs: number; toMs: number } {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const t of timeMs) {
    if (t < fromMs) fromMs = t;
    if (t > toMs) toMs = t;
  }
  const none = timeMs.length === 0;
  return { rows: timeMs.length, fromMs: none ? 0 : fromMs, toMs: none ? 0 : toMs };
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(path)) hash.update(block as Buffer);
  return hash.digest('hex');
}

/** SHA-256 over the three columns, hexadecimal. */
export function hashOfRows({ timeMs, value, quality }: SampleColumns): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of [timeMs, value, quality]) {
    hash.update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
