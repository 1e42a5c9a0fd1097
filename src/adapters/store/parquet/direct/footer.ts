// What the end of a Parquet file says of its columns and where their pages lie.
import { ThriftReader } from './thrift.ts';

/** How a column's plain values look, and what a double of them is worth. */
export interface ValueKind {
  stored: 'int32' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double';
  /** timestamps are divided by it to give ms; 0 for a number */
  perMs: number;
}

export interface FileColumn {
  name: string;
  /** null when its values are read by the engine only */
  kind: ValueKind | null;
  optional: boolean;
}

export interface ColumnChunk {
  codec: number;
  values: number;
  /** of the first page, which may be its dictionary */
  offset: number;
  bytes: number;
}

export interface Footer {
  rows: number;
  columns: FileColumn[];
  /** rows of each group, and its chunks in the order of `columns` */
  groups: { rows: number; chunks: ColumnChunk[] }[];
}

/** Numbers of the Parquet format, parquet.thrift. */
const PHYSICAL: Record<number, ValueKind['stored']> = { 1: 'int32', 2: 'int64', 4: 'float', 5: 'double' };
const TIMESTAMP_MILLIS = 9;
const TIMESTAMP_MICROS = 10;
const UNSIGNED = [11, 12, 13, 14];
const SIGNED = [15, 16, 17, 18];
const LOGICAL_TIMESTAMP = 8;
const LOGICAL_INTEGER = 10;
const REQUIRED = 0;
const OPTIONAL = 1;

/** @returns null for a file whose columns nest */
export function readFooter(bytes: Uint8Array): Footer | null {
  const reader = new ThriftReader(bytes);
  const elements: SchemaElement[] = [];
  const footer: Footer = { rows: 0, columns: [], groups: [] };
  reader.struct((id, type) => {
    if (id === 2) reader.list(() => elements.push(schemaElement(reader)));
    else if (id === 3) footer.rows = reader.integer();
    else if (id === 4) reader.list(() => footer.groups.push(rowGroup(reader)));
    else reader.skip(type);
  });
  const [root, ...columns] = elements;
  const flat = root?.children === columns.length && columns.every((one) => one.children === 0);
  if (!flat) return null;
  footer.columns = columns.map((one) => ({
    name: one.name,
    kind: kindOf(one),
    optional: one.repetition === OPTIONAL,
  }));
  const told = footer.groups.reduce((sum, group) => sum + group.rows, 0);
  const whole = footer.groups.every(({ chunks }) => chunks.length === columns.length);
  return told === footer.rows && whole ? footer : null;
}

interface SchemaElement {
  name: string;
  physical: number;
  repetition: number;
  children: number;
  converted: number;
  /** number of the logical type's member, 0 without one */
  logical: number;
}

function schemaElement(reader: ThriftReader): SchemaElement {
  const one: SchemaElement = {
    name: '',
    physical: -1,
    repetition: REQUIRED,
    children: 0,
    converted: -1,
    logical: 0,
  };
  reader.struct((id, type) => {
    if (id === 1) one.physical = reader.integer();
    else if (id === 3) one.repetition = reader.integer();
    else if (id === 4) one.name = reader.string();
    else if (id === 5) one.children = reader.integer();
    else if (id === 6) one.converted = reader.integer();
    else if (id === 10) {
      reader.struct((member, of) => {
        one.logical = member;
        reader.skip(of);
      });
    } else reader.skip(type);
  });
  return one;
}

/** What is told by an older and a newer field alike must be known by the older: nanoseconds are not. */
function kindOf({ physical, repetition, converted, logical }: SchemaElement): ValueKind | null {
  const stored = PHYSICAL[physical];
  if (stored === undefined || repetition > OPTIONAL) return null;
  if (converted === TIMESTAMP_MILLIS || converted === TIMESTAMP_MICROS) {
    if (stored !== 'int64') return null;
    return { stored, perMs: converted === TIMESTAMP_MILLIS ? 1 : 1_000 };
  }
  if (logical === LOGICAL_TIMESTAMP) return null;
  if (logical !== 0 && logical !== LOGICAL_INTEGER) return null;
  if (converted === -1) return logical === 0 ? { stored, perMs: 0 } : null;
  if (SIGNED.includes(converted)) return { stored, perMs: 0 };
  if (!UNSIGNED.includes(converted)) return null;
  if (stored === 'int32') return { stored: 'uint32', perMs: 0 };
  return stored === 'int64' ? { stored: 'uint64', perMs: 0 } : null;
}

function rowGroup(reader: ThriftReader): Footer['groups'][number] {
  const group: Footer['groups'][number] = { rows: 0, chunks: [] };
  reader.struct((id, type) => {
    if (id === 1) reader.list(() => group.chunks.push(columnChunk(reader)));
    else if (id === 3) group.rows = reader.integer();
    else reader.skip(type);
  });
  return group;
}

function columnChunk(reader: ThriftReader): ColumnChunk {
  const chunk: ColumnChunk = { codec: -1, values: 0, offset: 0, bytes: 0 };
  let dictionary = 0;
  reader.struct((outer, outerType) => {
    // a chunk may lie in another file; that one is left to the engine
    if (outer === 1) throw new RangeError('a column lies in another file');
    if (outer !== 3) return reader.skip(outerType);
    reader.struct((id, type) => {
      if (id === 4) chunk.codec = reader.integer();
      else if (id === 5) chunk.values = reader.integer();
      else if (id === 7) chunk.bytes = reader.integer();
      else if (id === 9) chunk.offset = reader.integer();
      else if (id === 11) dictionary = reader.integer();
      else reader.skip(type);
    });
  });
  if (dictionary > 0) chunk.offset = Math.min(chunk.offset, dictionary);
  return chunk;
}
