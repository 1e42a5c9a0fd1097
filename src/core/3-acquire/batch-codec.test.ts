import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBatch, encodeBatch } from '#acquire/batch-codec.ts';
import { type Batch, emptyBatch, MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';

const row = fc.record({
  signal: fc.nat(0xffffffff),
  timeMs: fc.double({ noNaN: true }),
  value: fc.double(),
  quality: fc.nat(2),
  mark: fc.nat(4),
});

function batchOf(rows: { signal: number; timeMs: number; value: number; quality: number }[]): Batch {
  return {
    signal: Uint32Array.from(rows, (each) => each.signal),
    timeMs: Float64Array.from(rows, (each) => each.timeMs),
    value: Float64Array.from(rows, (each) => each.value),
    quality: Uint8Array.from(rows, (each) => each.quality),
    length: rows.length,
  };
}

describe('batch codec', () => {
  it('gives back every bit of every row', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: MAX_BATCH_SAMPLES }), (rows) => {
        const batch = batchOf(rows);
        const marks = Uint8Array.from(rows, (each) => each.mark);
        const read = decodeBatch(encodeBatch(batch, marks));
        expect(read.batch).toEqual(batch);
        expect(read.marks).toEqual(marks);
        for (const [at, each] of rows.entries())
          expect(Object.is(read.batch.value[at], each.value)).toBe(true);
      }),
    );
  });

  it('reads bytes that start at an odd offset and shares no memory with them', () => {
    const bytes = encodeBatch(batchOf([{ signal: 7, timeMs: 1.5, value: -0, quality: 1 }]), Uint8Array.of(3));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const read = decodeBatch(shifted.subarray(3));
    shifted.fill(255);
    expect(read.batch.signal[0]).toBe(7);
    expect(read.batch.quality[0]).toBe(1);
    expect(read.marks[0]).toBe(3);
  });

  it('lies little endian on every machine', () => {
    const bytes = encodeBatch(batchOf([{ signal: 258, timeMs: 1, value: 2, quality: 0 }]), Uint8Array.of(4));
    expect(Array.from(bytes)).toEqual(
      [
        [1, 0, 0, 0, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
        [0, 0, 0, 0, 0, 0, 0, 0x40],
        [2, 1, 0, 0],
        [0, 4],
      ].flat(),
    );
  });

  it('ignores capacity beyond the length', () => {
    const batch = emptyBatch(500);
    batch.length = 2;
    expect(encodeBatch(batch, new Uint8Array(500)).length).toBe(8 + 44);
  });

  it('refuses a cut, a lengthened, a foreign and an oversize record', () => {
    const bytes = encodeBatch(batchOf([{ signal: 1, timeMs: 1, value: 1, quality: 0 }]), Uint8Array.of(0));
    expect(() => decodeBatch(bytes.subarray(0, 3))).toThrow('E-INTAKE-011');
    expect(() => decodeBatch(bytes.subarray(0, -1))).toThrow('E-INTAKE-011');
    expect(() => decodeBatch(Uint8Array.of(...bytes, 0))).toThrow('E-INTAKE-011');
    expect(() => decodeBatch(Uint8Array.of(2, ...bytes.subarray(1)))).toThrow('format is 2');
    const huge = Uint8Array.from(bytes);
    huge[7] = 255;
    expect(() => decodeBatch(huge)).toThrow('E-INTAKE-011');
    expect(() => encodeBatch(emptyBatch(600), new Uint8Array(600))).not.toThrow();
    expect(() => encodeBatch({ ...emptyBatch(600), length: 501 }, new Uint8Array(600))).toThrow('exceeds');
    expect(() => encodeBatch({ ...emptyBatch(5), length: 5 }, new Uint8Array(4))).toThrow('4 marks');
  });
});
