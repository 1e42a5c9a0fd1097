// The pages of one column chunk as doubles.
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { ColumnChunk, FileColumn } from './footer.ts';
import { allDefined, unpackHybrid } from './levels.ts';
import { unsnap } from './snappy.ts';
import { ThriftReader } from './thrift.ts';
import { plainValues } from './values.ts';

/** A page that says it is larger is left to the engine. */
const MAX_PAGE_BYTES = 256 * 1024 * 1024;

const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_V2 = 3;
const PLAIN = 0;
const PLAIN_DICTIONARY = 2;
const RLE = 3;
const RLE_DICTIONARY = 8;
const UNCOMPRESSED = 0;
const SNAPPY = 1;
const GZIP = 2;
const ZSTD = 6;
const MAX_WIDTH = 24;

interface PageHeader {
  kind: number;
  unpackedBytes: number;
  packedBytes: number;
  values: number;
  encoding: number;
  levelEncoding: number;
  /** levels of a page of version 2 lie before its packed bytes */
  levelBytes: number;
  packed: boolean;
}

/** Memory that every page of a file is unpacked into, one after another. */
export class PageMemory {
  #bytes = new Uint8Array(0);

  take(length: number): Uint8Array {
    if (length > MAX_PAGE_BYTES) throw new RangeError('a page is too large');
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(length);
    return this.#bytes.subarray(0, length);
  }
}

/**
 * Reads every page of a chunk.
 * @param bytes the chunk, `chunk.bytes` of them
 * @param out as long as the chunk has rows; a missing value becomes NaN
 * @throws RangeError when the pages use what is not read here, or do not fit their headers
 */
export function readPages(
  bytes: Uint8Array,
  chunk: ColumnChunk,
  column: FileColumn,
  memory: PageMemory,
  out: Float64Array,
): void {
  if (column.kind === null || chunk.values !== out.length) throw new RangeError('not read here');
  let at = 0;
  let row = 0;
  let dictionary: Float64Array | null = null;
  while (row < out.length) {
    const reader = new ThriftReader(bytes, at);
    const header = pageHeader(reader);
    const end = reader.at + header.packedBytes;
    if (end > bytes.length) throw new RangeError('a page is longer than its chunk');
    const packed = bytes.subarray(reader.at, end);
    at = end;
    if (header.kind === DICTIONARY_PAGE) {
      if (header.encoding !== PLAIN && header.encoding !== PLAIN_DICTIONARY)
        throw new RangeError('not read here');
      const page = unpacked(packed, header.unpackedBytes, chunk.codec, memory);
      if (header.values > page.length) throw new RangeError('more values than bytes');
      dictionary = new Float64Array(header.values);
      plainValues(page, column.kind, dictionary);
      continue;
    }
    if (row + header.values > out.length) throw new RangeError('more rows than the chunk has');
    const target = out.subarray(row, row + header.values);
    readDataPage(packed, header, chunk.codec, column, dictionary, memory, target);
    row += header.values;
  }
}

function readDataPage(
  packed: Uint8Array,
  header: PageHeader,
  codec: number,
  column: FileColumn,
  dictionary: Float64Array | null,
  memory: PageMemory,
  target: Float64Array,
): void {
  const second = header.kind === DATA_PAGE_V2;
  const levels = second ? packed.subarray(0, header.levelBytes) : null;
  const rest = levels === null ? packed : packed.subarray(levels.length);
  const restBytes = header.unpackedBytes - (levels?.length ?? 0);
  const page = unpacked(rest, restBytes, header.packed ? codec : UNCOMPRESSED, memory);
  let values = page;
  let present: Uint32Array | null = null;
  if (column.optional) {
    let defined = levels;
    if (defined === null) {
      if (header.levelEncoding !== RLE) throw new RangeError('not read here');
      const size = new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(0, true);
      if (4 + size > page.length) throw new RangeError('levels past the end of the page');
      defined = page.subarray(4, 4 + size);
      values = page.subarray(4 + size);
    }
    if (!allDefined(defined, 0, defined.length, target.length)) {
      present = new Uint32Array(target.length);
      unpackHybrid(defined, 0, defined.length, 1, present);
    }
  }
  if (present === null) {
    decode(values, header.encoding, column, dictionary, target);
    return;
  }
  let count = 0;
  for (let i = 0; i < present.length; i++) count += present[i] as number;
  decode(values, header.encoding, column, dictionary, target.subarray(0, count));
  spread(target, present, count);
}

/** Moves the first `count` values to their rows, last first, so that none is written over before it is moved. */
function spread(target: Float64Array, present: Uint32Array, count: number): void {
  let next = count;
  for (let i = target.length - 1; i >= next; i--)
    target[i] = present[i] === 1 ? (target[--next] as number) : Number.NaN;
}

function decode(
  values: Uint8Array,
  encoding: number,
  column: FileColumn,
  dictionary: Float64Array | null,
  out: Float64Array,
): void {
  if (encoding === PLAIN && column.kind !== null) {
    plainValues(values, column.kind, out);
    return;
  }
  if ((encoding !== RLE_DICTIONARY && encoding !== PLAIN_DICTIONARY) || dictionary === null)
    throw new RangeError('not read here');
  if (out.length === 0) return;
  const width = values[0] as number;
  if (!(width <= MAX_WIDTH)) throw new RangeError('places wider than are read here');
  const places = new Uint32Array(out.length);
  unpackHybrid(values, 1, values.length, width, places);
  for (let i = 0; i < out.length; i++) {
    const place = places[i] as number;
    if (place >= dictionary.length) throw new RangeError('a place outside the dictionary');
    out[i] = dictionary[place] as number;
  }
}

function unpacked(packed: Uint8Array, length: number, codec: number, memory: PageMemory): Uint8Array {
  if (codec === UNCOMPRESSED) {
    if (packed.length !== length) throw new RangeError('another length than the header says');
    return packed;
  }
  if (codec === SNAPPY) {
    const page = memory.take(length);
    unsnap(packed, page);
    return page;
  }
  if (codec !== ZSTD && codec !== GZIP) throw new RangeError('not read here');
  const options = { maxOutputLength: Math.min(MAX_PAGE_BYTES, Math.max(1, length)) };
  const page = codec === ZSTD ? zstdDecompressSync(packed, options) : gunzipSync(packed, options);
  if (page.length !== length) throw new RangeError('another length than the header says');
  // no Buffer: its `slice` would be a view
  return new Uint8Array(page.buffer, page.byteOffset, page.byteLength);
}

function pageHeader(reader: ThriftReader): PageHeader {
  const page: PageHeader = {
    kind: -1,
    unpackedBytes: 0,
    packedBytes: 0,
    values: 0,
    encoding: -1,
    levelEncoding: RLE,
    levelBytes: 0,
    packed: true,
  };
  reader.struct((id, type) => {
    if (id === 1) page.kind = reader.integer();
    else if (id === 2) page.unpackedBytes = reader.integer();
    else if (id === 3) page.packedBytes = reader.integer();
    else if (id === 5 || id === 7) {
      reader.struct((inner, of) => {
        if (inner === 1) page.values = reader.integer();
        else if (inner === 2) page.encoding = reader.integer();
        else if (inner === 3 && id === 5) page.levelEncoding = reader.integer();
        else reader.skip(of);
      });
    } else if (id === 8) {
      reader.struct((inner, of) => {
        if (inner === 1) page.values = reader.integer();
        else if (inner === 4) page.encoding = reader.integer();
        else if (inner === 5) page.levelBytes = reader.integer();
        else if (inner === 7) page.packed = ThriftReader.isTrue(of);
        else reader.skip(of);
      });
    } else reader.skip(type);
  });
  const known = page.kind === DATA_PAGE || page.kind === DICTIONARY_PAGE || page.kind === DATA_PAGE_V2;
  if (!known || page.packedBytes < 0 || page.values < 0 || page.levelBytes < 0) {
    throw new RangeError('a page that is not read here');
  }
  return page;
}
