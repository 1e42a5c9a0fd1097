// Turns a judged batch into the bytes that lie in the intake log, and back, without loss.
import { type Batch, MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';

/** First byte of every encoded batch; another version is refused. */
export const BATCH_FORMAT = 1;

const HEADER_BYTES = 8;
const ROW_BYTES = 22;

/** A batch together with what became of each of its rows. */
export interface MarkedBatch {
  batch: Batch;
  /** ACCEPTED or MARK_* of vocabulary/sample.ts, one a row */
  marks: Uint8Array;
}

/**
 * Encodes the first `batch.length` rows, column after column, little endian:
 * format u8, three zero bytes, rows u32, then timeMs f64[], value f64[], signal u32[], quality u8[], mark u8[].
 * @param marks one byte a row, at least `batch.length` of them
 * @returns 8 + 22 bytes a row; values come back bit for bit, except that every NaN becomes the one canonical NaN
 */
export function encodeBatch(batch: Batch, marks: Uint8Array): Uint8Array {
  const rows = batch.length;
  if (rows > MAX_BATCH_SAMPLES) throw new Error(`batch of ${rows} rows exceeds ${MAX_BATCH_SAMPLES}`);
  if (marks.length < rows) throw new Error(`${marks.length} marks for ${rows} rows`);
  const bytes = new Uint8Array(HEADER_BYTES + rows * ROW_BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = BATCH_FORMAT;
  view.setUint32(4, rows, true);
  let at = HEADER_BYTES;
  for (let row = 0; row < rows; row++, at += 8) view.setFloat64(at, batch.timeMs[row] as number, true);
  for (let row = 0; row < rows; row++, at += 8) view.setFloat64(at, batch.value[row] as number, true);
  for (let row = 0; row < rows; row++, at += 4) view.setUint32(at, batch.signal[row] as number, true);
  bytes.set(batch.quality.subarray(0, rows), at);
  bytes.set(marks.subarray(0, rows), at + rows);
  return bytes;
}

/**
 * Reads what `encodeBatch` wrote. Bytes of another format, of the wrong length or with too many rows are a
 * damaged log, not an input: it throws, with code E-INTAKE-011.
 * @returns columns of exactly `batch.length` rows that share no memory with `bytes`
 */
export function decodeBatch(bytes: Uint8Array): MarkedBatch {
  if (bytes.length < HEADER_BYTES) throw damaged(`it has ${bytes.length} bytes, fewer than its header`);
  if (bytes[0] !== BATCH_FORMAT)
    throw damaged(`its format is ${bytes[0]}, this version reads ${BATCH_FORMAT}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows = view.getUint32(4, true);
  if (rows > MAX_BATCH_SAMPLES) throw damaged(`it claims ${rows} rows, more than ${MAX_BATCH_SAMPLES}`);
  const expected = HEADER_BYTES + rows * ROW_BYTES;
  if (bytes.length !== expected) throw damaged(`it has ${bytes.length} bytes where ${expected} belong`);
  const timeMs = new Float64Array(rows);
  const value = new Float64Array(rows);
  const signal = new Uint32Array(rows);
  let at = HEADER_BYTES;
  for (let row = 0; row < rows; row++, at += 8) timeMs[row] = view.getFloat64(at, true);
  for (let row = 0; row < rows; row++, at += 8) value[row] = view.getFloat64(at, true);
  for (let row = 0; row < rows; row++, at += 4) signal[row] = view.getUint32(at, true);
  const quality = new Uint8Array(bytes.subarray(at, at + rows));
  const marks = new Uint8Array(bytes.subarray(at + rows, at + 2 * rows));
  return { batch: { signal, timeMs, value, quality, length: rows }, marks };
}

function damaged(why: string): Error {
  return new Error(`E-INTAKE-011 a stored batch cannot be read: ${why}`);
}
