// Snappy's raw format (format_description.txt of google/snappy), as Parquet pages use it.

/** A piece up to here is moved as words that may write past its end; what comes next writes over that. */
const SHORT = 16;

/**
 * @param out takes exactly the length that the page header says
 * @throws RangeError when the bytes do not give that length
 */
export function unsnap(bytes: Uint8Array, out: Uint8Array): void {
  const from = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const into = new DataView(out.buffer, out.byteOffset, out.byteLength);
  const { length } = out;
  /** up to here a short piece may be moved as words */
  const roomyAt = bytes.length - SHORT;
  const roomyTo = length - SHORT;
  let at = lengthBytes(bytes, length);
  let to = 0;
  while (at < bytes.length) {
    const tag = bytes[at++] as number;
    let size = tag >> 2;
    if ((tag & 3) === 0) {
      if (size < SHORT && at <= roomyAt && to <= roomyTo) {
        for (let k = 0; k <= size; k += 4) into.setUint32(to + k, from.getUint32(at + k, true), true);
        size++;
      } else {
        if (size >= 60) {
          const width = size - 59;
          size = littleEndian(bytes, at, width);
          at += width;
        }
        size++;
        if (at + size > bytes.length || to + size > length) throw new RangeError('a literal past the end');
        out.set(bytes.subarray(at, at + size), to);
      }
      at += size;
    } else {
      let back: number;
      if ((tag & 3) === 1) {
        size = 4 + (size & 7);
        back = ((tag >> 5) << 8) | (bytes[at++] as number);
      } else {
        const width = (tag & 3) === 2 ? 2 : 4;
        size++;
        back = width === 2 && at <= roomyAt ? from.getUint16(at, true) : littleEndian(bytes, at, width);
        at += width;
      }
      if (!(back > 0 && back <= to && to + size <= length)) throw new RangeError('a copy past the end');
      if (back >= 4 && size <= SHORT && to <= roomyTo) {
        let k = 0;
        for (; k + 4 <= size; k += 4) into.setUint32(to + k, into.getUint32(to + k - back, true), true);
        for (; k < size; k++) out[to + k] = out[to + k - back] as number;
      } else if (back >= size) {
        out.copyWithin(to, to - back, to - back + size);
      } else {
        // byte by byte, because the copy runs over itself
        for (let k = 0; k < size; k++) out[to + k] = out[to + k - back] as number;
      }
    }
    to += size;
  }
  if (to !== length) throw new RangeError('it ends too early');
}

/** @returns where the pieces begin */
function lengthBytes(bytes: Uint8Array, wanted: number): number {
  let length = 0;
  for (let at = 0; at < 5; at++) {
    const byte = bytes[at] as number;
    length += (byte & 127) * 2 ** (7 * at);
    if (byte >= 128) continue;
    if (length !== wanted) break;
    return at + 1;
  }
  throw new RangeError('another length than the header says');
}

function littleEndian(bytes: Uint8Array, at: number, width: number): number {
  let n = 0;
  for (let k = 0; k < width; k++) n += (bytes[at + k] as number) * 2 ** (8 * k);
  return n;
}
