// Parquet's hybrid of runs and packed bits: which rows have a value, and places in a dictionary.

/**
 * Unpacks numbers of `width` bits (at most 24) from `bytes[from, to)`.
 * @param out filled from the start
 * @throws RangeError when the bytes end before `out` is full
 */
export function unpackHybrid(
  bytes: Uint8Array,
  from: number,
  to: number,
  width: number,
  out: Uint32Array,
): void {
  let at = from;
  let row = 0;
  const mask = 2 ** width - 1;
  while (row < out.length) {
    let head = 0;
    for (let scale = 1; ; scale *= 128) {
      if (at >= to) throw new RangeError('the levels end too early');
      const byte = bytes[at++] as number;
      head += (byte & 127) * scale;
      if (byte < 128) break;
    }
    if (head % 2 === 0) {
      let value = 0;
      for (let k = 0; k < width; k += 8) value |= (bytes[at++] as number) << k;
      const end = Math.min(out.length, row + head / 2);
      out.fill(value, row, end);
      row = end;
    } else {
      let held = 0;
      let bits = 0;
      const count = Math.min(out.length - row, ((head - 1) / 2) * 8);
      const next = at + ((head - 1) / 2) * width;
      for (let k = 0; k < count; k++) {
        while (bits < width) {
          held |= (bytes[at++] as number) << bits;
          bits += 8;
        }
        out[row++] = held & mask;
        held >>>= width;
        bits -= width;
      }
      at = next;
    }
    if (at > to) throw new RangeError('the levels end too early');
  }
}

/** True when the levels are one run of ones, as they are where nothing is missing. */
export function allDefined(bytes: Uint8Array, from: number, to: number, rows: number): boolean {
  let head = 0;
  let at = from;
  for (let scale = 1; at < to; scale *= 128) {
    const byte = bytes[at++] as number;
    head += (byte & 127) * scale;
    if (byte < 128) return head % 2 === 0 && head / 2 >= rows && bytes[at] === 1;
  }
  return false;
}
