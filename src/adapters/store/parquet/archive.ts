import type { IntakeEntry, Journal } from '#ports/journal.ts';
import type { SampleStore } from '#ports/samples.ts';
import type { Batch } from '#vocabulary/sample.ts';
import { emptyRows } from './columns.ts';

/** Rows gathered before they are written, so that an archive of any size keeps to so much memory (46 bytes a row). */
export const MAX_ARCHIVE_ROWS = 500_000;
/** Intake entries read per query. */
const READ_ENTRIES = 500;

/** Reads a batch's bytes back; the core's `decodeBatch`. */
export type Decode = (payload: Uint8Array) => { batch: Batch; marks: Uint8Array };

interface Decoded {
  entry: IntakeEntry;
  batch: Batch;
  marks: Uint8Array;
}

/** Moves accepted input from the intake log into the sample store. One at a time per data folder. */
export class Archiver {
  readonly #store: SampleStore;
  readonly #decode: Decode;

  constructor(store: SampleStore, decode: Decode) {
    this.#store = store;
    this.#decode = decode;
  }

  /**
   * Writes every kept batch that does not rest in the store yet. Doing it again after a crash writes nothing twice,
   * because it goes on after what the store's own files say.
   * @param journal a reading connection beside the writer is enough
   * @param progress called after each file with the last archived sequence and the one it goes to
   * @returns the highest intake sequence up to which the journal may forget batches
   */
  async archiveFrom(
    journal: Pick<Journal, 'head' | 'intake'>,
    progress?: (through: number, to: number) => void,
  ): Promise<number> {
    let through = await this.#store.archivedThrough();
    const to = journal.head().intakeSeq;
    while (through < to) {
      const { batches, next } = this.#gather(journal, through + 1, to);
      if (batches.length > 0) await this.#store.write(rowsOf(batches));
      through = next - 1;
      progress?.(through, to);
    }
    return through;
  }

  #gather(journal: Pick<Journal, 'intake'>, from: number, to: number): { batches: Decoded[]; next: number } {
    const batches: Decoded[] = [];
    let rows = 0;
    let next = from;
    while (next <= to) {
      const entries = journal.intake(next, READ_ENTRIES);
      if (entries.length === 0) return { batches, next: to + 1 };
      for (const entry of entries) {
        if (entry.seq > to || rows >= MAX_ARCHIVE_ROWS) return { batches, next: Math.min(entry.seq, to + 1) };
        next = entry.seq + 1;
        if (entry.kind !== 'batch') continue;
        const { batch, marks } = this.#decode(entry.payload);
        batches.push({ entry, batch, marks });
        rows += batch.length;
      }
    }
    return { batches, next };
  }
}

function rowsOf(batches: Decoded[]) {
  const rows = emptyRows(batches.reduce((sum, { batch }) => sum + batch.length, 0));
  let at = 0;
  for (const { entry, batch, marks } of batches) {
    const { length } = batch;
    rows.intakeSeq.fill(entry.seq, at, at + length);
    rows.receivedMs.fill(entry.receivedMs, at, at + length);
    rows.signal.set(batch.signal.subarray(0, length), at);
    rows.timeMs.set(batch.timeMs.subarray(0, length), at);
    rows.value.set(batch.value.subarray(0, length), at);
    rows.quality.set(batch.quality.subarray(0, length), at);
    rows.mark.set(marks.subarray(0, length), at);
    at += length;
  }
  return rows;
}
