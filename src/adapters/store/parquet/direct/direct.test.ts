import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WantedColumn } from '#ports/table.ts';
import { type DirectRead, readDirect } from './direct.ts';
import { unsnap } from './snappy.ts';

const UTC = { zone: 'UTC', dateOrder: null };
const TIME: WantedColumn = { name: 't', as: 'time' };
const VALUE: WantedColumn = { name: 'x', as: 'number' };
let folder: string;
let database: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-direct-test-'));
  database = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  connection = await database.connect();
});
afterAll(async () => {
  database.closeSync();
  await rm(folder, { recursive: true });
});

let files = 0;
async function file(select: string, options = ''): Promise<string> {
  const path = join(folder, `${files++}.parquet`);
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet${options})`);
  return path;
}

/** What the engine says of the columns, missing as NaN. */
async function engineSays(path: string): Promise<number[][]> {
  const rows = await connection.run(
    `SELECT coalesce(epoch_us(t) / 1000.0, 'nan'), coalesce(x::DOUBLE, 'nan') FROM '${path}'`,
  );
  const columns = await rows.getColumns();
  return columns.map((column) => column.map(Number));
}

const START = "TIMESTAMP '2024-01-01' + to_milliseconds(i * 1003)";
const SHAPES: Record<string, string> = {
  'noise, times at a step': `SELECT ${START} AS t, sin(i) * 1e6 AS x FROM range(300000) r(i)`,
  'few values, a third missing': `SELECT ${START} AS t, CASE WHEN hash(i) % 3 > 0 THEN i % 7 END AS x FROM range(300000) r(i)`,
  'missing times': `SELECT CASE WHEN i % 1000 <> 5 THEN ${START} END AS t, i::FLOAT / 3 AS x FROM range(150000) r(i)`,
  'whole numbers up to 64 bits': `SELECT ${START} AS t, (i * 8070450532247 - 9e17)::BIGINT AS x FROM range(200000) r(i)`,
  'whole numbers without a sign': `SELECT ${START} AS t, (18446744073709551615 - i * 922337)::UBIGINT AS x FROM range(1000) r(i)`,
  'small whole numbers': `SELECT ${START} AS t, (i % 100 - 50)::TINYINT AS x FROM range(5000) r(i)`,
  'unsigned 32 bits': `SELECT ${START} AS t, (4294967295 - i)::UINTEGER AS x FROM range(5000) r(i)`,
  'not a number and infinity': `SELECT ${START} AS t, CASE i % 3 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN '-inf'::DOUBLE ELSE i::DOUBLE END AS x FROM range(5000) r(i)`,
  'only missing': `SELECT ${START} AS t, NULL::DOUBLE AS x FROM range(5000) r(i)`,
  'other columns between': `SELECT 'a' || i AS note, ${START} AS t, true AS b, i * 0.1::DOUBLE AS x FROM range(5000) r(i)`,
};

describe('a plain Parquet file without an engine', () => {
  for (const codec of ['uncompressed', 'snappy', 'gzip', 'zstd']) {
    it.each(Object.entries(SHAPES))(`reads as the engine does, ${codec}: %s`, async (_, select) => {
      const path = await file(select, `, COMPRESSION ${codec}, ROW_GROUP_SIZE 40960`);
      const read = await readDirect(path, [TIME, VALUE], UTC);
      expect(read?.columns.map((column) => [...column])).toEqual(await engineSays(path));
    });
  }

  it('reads a long file on two threads in file order', async () => {
    const rows = 2_500_000;
    const path = await file(`SELECT i::BIGINT AS t, i * 0.5::DOUBLE AS x FROM range(${rows}) r(i)`);
    let told = 0;
    const read = await readDirect(path, [TIME, VALUE], UTC, (done) => (told = done));
    const [t, x] = (read as DirectRead).columns as [Float64Array, Float64Array];
    let wrong = 0;
    for (let i = 0; i < rows; i++) if (t[i] !== i || x[i] !== i * 0.5) wrong++;
    expect([t.length, wrong, told]).toEqual([rows, 0, rows]);
  });

  it.each([
    ['a list', 'SELECT 1 AS t, [1, 2] AS x'],
    ['a text', "SELECT 1 AS t, 'warm' AS x"],
    ['a decimal', 'SELECT 1 AS t, 1.25::DECIMAL(9, 2) AS x'],
    ['nanoseconds', "SELECT TIMESTAMP_NS '2024-01-01' AS t, 1.5::DOUBLE AS x"],
    ['a date', "SELECT DATE '2024-01-01' AS t, 1.5::DOUBLE AS x"],
    ['no such column', 'SELECT 1 AS t, 2 AS y'],
  ])('leaves to the engine: %s', async (_, select) => {
    expect(await readDirect(await file(select), [TIME, VALUE], UTC)).toBeNull();
  });

  it('leaves encodings of version 2 and a zone of its own to the engine', async () => {
    const select = `SELECT ${START} AS t, i * 1.5::DOUBLE AS x FROM range(200000) r(i)`;
    expect(await readDirect(await file(select, ', PARQUET_VERSION V2'), [TIME, VALUE], UTC)).toBeNull();
    const zoned = { ...UTC, zone: 'Asia/Tokyo' };
    expect(await readDirect(await file(select), [TIME, VALUE], zoned)).toBeNull();
  });

  it('says nothing of a file with a changed byte but what it says of a whole one, or null', async () => {
    const path = await file(SHAPES['few values, a third missing'] as string, ', ROW_GROUP_SIZE 40960');
    const whole = await readFile(path);
    const broken = join(folder, 'broken.parquet');
    const tries = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(tries, async ([at, flip]) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] as number) ^ flip;
        await writeFile(broken, bytes);
        const read = await readDirect(broken, [TIME, VALUE], UTC);
        for (const column of read?.columns ?? []) expect(column).toHaveLength(300_000);
      }),
      { numRuns: 60 },
    );
    await writeFile(broken, whole.subarray(0, whole.length / 2));
    expect(await readDirect(broken, [TIME, VALUE], UTC)).toBeNull();
  });
});

describe('Snappy', () => {
  it('copies a run over itself, and refuses what leads outside', () => {
    const out = new Uint8Array(12);
    // literal "ab", then ten bytes from two back
    unsnap(Uint8Array.from([12, 4, 97, 98, (10 - 1) * 4 + 2, 2, 0]), out);
    expect(new TextDecoder().decode(out)).toBe('abababababab');
    for (const bytes of [
      [12, 4, 97, 98, 38, 3, 0],
      [12, 4, 97, 98, 42, 2, 0],
      [11, 4, 97],
      [12, 4],
      [12, 255, 255, 255, 255, 255],
    ]) {
      expect(() => unsnap(Uint8Array.from(bytes), new Uint8Array(12))).toThrow(RangeError);
    }
  });
});
