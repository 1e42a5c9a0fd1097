// Plain values of Parquet as doubles. The format is little-endian, and so is every machine that Node runs on here.
import type { ValueKind } from './footer.ts';

const HIGH_WORD = 2 ** 32;

/**
 * @param bytes plain values, 4 or 8 bytes each
 * @param out as many as are wanted; timestamps become ms
 * @throws RangeError when there are fewer
 */
export function plainValues(bytes: Uint8Array, kind: ValueKind, out: Float64Array): void {
  const size = kind.stored === 'double' || kind.stored.endsWith('64') ? 8 : 4;
  if (bytes.length < out.length * size) throw new RangeError('fewer values than rows');
  if (kind.stored === 'double') {
    new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(bytes.subarray(0, out.byteLength));
    return;
  }
  const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice(0, out.length * size);
  const { buffer, byteOffset } = aligned;
  if (kind.stored === 'int64' || kind.stored === 'uint64') {
    wide(new Int32Array(buffer, byteOffset, out.length * 2), kind, out);
  } else if (kind.stored === 'float') {
    out.set(new Float32Array(buffer, byteOffset, out.length));
  } else if (kind.stored === 'int32') {
    out.set(new Int32Array(buffer, byteOffset, out.length));
  } else {
    out.set(new Uint32Array(buffer, byteOffset, out.length));
  }
}

/** The two halves joined as doubles: one rounding, the same as that of a 64-bit whole number to a double. */
function wide(halves: Int32Array, kind: ValueKind, out: Float64Array): void {
  const perMs = kind.perMs || 1;
  const unsigned = kind.stored === 'uint64';
  for (let i = 0; i < out.length; i++) {
    const high = unsigned ? (halves[2 * i + 1] as number) >>> 0 : (halves[2 * i + 1] as number);
    const low = (halves[2 * i] as number) >>> 0;
    out[i] = (high * HIGH_WORD + low) / perMs;
  }
}
