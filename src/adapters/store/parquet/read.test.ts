import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableOptions } from '#ports/table.ts';
import { parquetTable } from './read.ts';

const UTC: TableOptions = { zone: 'UTC', dateOrder: null };
let folder: string;
let database: DuckDBInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-parquet-test-'));
  database = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '512MB' });
});
afterAll(async () => {
  database.closeSync();
  await rm(folder, { recursive: true });
});

let files = 0;
async function file(select: string): Promise<string> {
  const path = join(folder, `${files++}.parquet`);
  const connection = await database.connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  return path;
}

function read(path: string, options = UTC, time = 't') {
  const wanted = [
    { name: time, as: 'time' as const },
    { name: 'x', as: 'number' as const },
  ];
  return parquetTable(path).read(wanted, options);
}

describe('a Parquet file as a table', () => {
  it('gives times in ms, numbers of any width, and counts what is missing', async () => {
    const path = await file(`SELECT * FROM (VALUES
      (TIMESTAMP '2024-01-01 00:00:00.250', 1::TINYINT, 'a'), (TIMESTAMP '2024-01-01 00:00:01', NULL, 'b'),
      (NULL, 3, 'c'), (TIMESTAMP '2024-01-01 00:00:02', 4, 'd')) v(t, x, note)`);
    const table = await read(path);
    expect(table.header).toEqual(['t', 'x', 'note']);
    const start = Date.UTC(2024, 0, 1);
    expect([...(table.columns[0] as Float64Array)]).toEqual([start + 250, start + 1_000, start + 2_000]);
    expect([...(table.columns[1] as Float64Array)]).toEqual([1, Number.NaN, 4]);
    expect(table).toMatchObject({
      rows: 3,
      badCells: 1,
      rejected: { count: 1, first: [{ line: 3, text: '' }] },
    });
  });

  it('keeps file order over several slices', async () => {
    const rows = 4_100_000;
    const path = await file(`SELECT i AS t, i * 0.5 AS x FROM range(${rows}) r(i)`);
    const { columns } = await read(path);
    const [t, x] = columns as [Float64Array, Float64Array];
    let wrong = 0;
    for (let i = 0; i < rows; i++) if (t[i] !== i || x[i] !== i * 0.5) wrong++;
    expect([t.length, wrong]).toEqual([rows, 0]);
  });

  it('takes an empty file and a zone that the file carries', async () => {
    expect((await read(await file('SELECT 1::DOUBLE AS t, 2.5 AS x WHERE false'))).rows).toBe(0);
    const zoned = await file(`SELECT TIMESTAMPTZ '2024-01-01 00:00:00+00' AS t, 1.5::FLOAT AS x`);
    const table = await read(zoned, { ...UTC, zone: 'Europe/Berlin' });
    expect(table.columns.map((column) => column[0])).toEqual([Date.UTC(2024, 0, 1), 1.5]);
  });

  it('says what it cannot read', async () => {
    await expect(read(join(folder, 'none.parquet'))).rejects.toMatchObject({
      code: 'E-PARQUET-001',
      reason: 'missing',
    });
    const text = join(folder, 'text.parquet');
    await writeFile(text, 't,x\n1,2\n');
    await expect(read(text)).rejects.toMatchObject({ code: 'E-PARQUET-002', reason: 'format' });
    const path = await file(`SELECT TIMESTAMP '2024-01-01' AS t, 'warm' AS x`);
    await expect(read(path, UTC, 'time')).rejects.toMatchObject({
      code: 'E-PARQUET-003',
      header: ['t', 'x'],
    });
    await expect(read(path, { ...UTC, zone: 'Asia/Tokyo' })).rejects.toMatchObject({ code: 'E-PARQUET-004' });
    await expect(read(path)).rejects.toMatchObject({
      code: 'E-PARQUET-005',
      message: expect.stringContaining('VARCHAR'),
    });
  });
});
