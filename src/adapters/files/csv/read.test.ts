import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableOptions, TableRead } from '#ports/table.ts';
import { MAX_LINE_CHARS } from './blocks.ts';
import { csvTable } from './read.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function read(text: string | Buffer, options: Partial<TableOptions> = {}): Promise<TableRead> {
  const path = join(folder, `${files++}.csv`);
  await writeFile(path, text);
  const wanted = [
    { name: 't', as: 'time' as const },
    { name: 'x', as: 'number' as const },
  ];
  return csvTable(path).read(wanted, { zone: 'UTC', dateOrder: null, ...options });
}

async function times(cells: string[], options: Partial<TableOptions> = {}): Promise<string[]> {
  const table = await read(`t;x\n${cells.map((cell) => `${cell};1`).join('\n')}\n`, options);
  return [...(table.columns[0] as Float64Array)].map((ms) =>
    new Date(ms).toISOString().replace('.000Z', 'Z'),
  );
}

const numbers = (table: TableRead): number[] => [...(table.columns[1] as Float64Array)];

describe('columns and cells', () => {
  it('takes wanted columns by name, whatever their place, with quotes and a byte order mark', async () => {
    const table = await read('\ufeffx,"note",t\r\n1.5,"a ""b"",\nc",2020-01-01\r\n-2e1,,2020-01-02\r\n');
    expect(numbers(table)).toEqual([1.5, -20]);
    expect(table).toMatchObject({ header: ['x', 'note', 't'], rows: 2, badCells: 0, notes: [] });
  });

  it('counts cells that hold no finite number, and names rows without a time by their line', async () => {
    const table = await read(
      't,x,n\n2020-01-01,,"a\nb"\nyesterday,1,\n2020-01-02,0x10,\n\n,3,\n2020-01-03,Infinity,\n',
    );
    expect(numbers(table)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(table.badCells).toBe(3);
    expect(table.rejected).toEqual({
      count: 2,
      first: [
        { line: 4, text: 'yesterday' },
        { line: 7, text: '' },
      ],
    });
  });

  it('reads a decimal comma and says so', async () => {
    const table = await read('t;x\n2020-01-01;1,5\n2020-01-02;1.234,25\n2020-01-03;7\n');
    expect(numbers(table)).toEqual([1.5, 1234.25, 7]);
    expect(table.notes).toEqual(['A comma in a number was read as the decimal mark.']);
    const doubtful = await read('t;x\n2020-01-01;1,500\n');
    expect(doubtful.notes[0]).toContain('thousands');
  });

  it('says what it misses: file, column, text, rows', async () => {
    const options = { zone: 'UTC', dateOrder: null };
    await expect(csvTable(join(folder, 'none.csv')).read([], options)).rejects.toMatchObject({
      code: 'E-CSV-001',
      reason: 'missing',
    });
    await expect(read('T,x\n1,2\n')).rejects.toMatchObject({
      code: 'E-CSV-006',
      column: 't',
      header: ['T', 'x'],
    });
    await expect(read(Buffer.from('t\0,\0x\0'))).rejects.toMatchObject({ code: 'E-CSV-003' });
    await expect(read('')).rejects.toMatchObject({ code: 'E-CSV-004' });
    await expect(read('t,x\nnoon,1\n')).rejects.toMatchObject({
      code: 'E-CSV-007',
      message: expect.stringContaining('line 2 has "noon"'),
    });
    await expect(read('t,x\n', { zone: 'Mars/Base' })).rejects.toMatchObject({ code: 'E-CSV-008' });
    await expect(read(`t,x\n2020-01-01,"${'1'.repeat(MAX_LINE_CHARS + 1)}`)).rejects.toMatchObject({
      code: 'E-CSV-005',
    });
  });

  it('keeps every row of a file larger than a block', async () => {
    const rows = 300_000;
    const text = Array.from({ length: rows }, (_, i) => `${1_600_000_000 + i},${i}`).join('\n');
    const table = await read(`t,x\n${text}`);
    expect(table.rows).toBe(rows);
    expect((table.columns[1] as Float64Array).every((x, i) => x === i)).toBe(true);
    expect((table.columns[0] as Float64Array).at(-1)).toBe((1_600_000_000 + rows - 1) * 1_000);
  });
});

describe('times', () => {
  it('reads the forms that files carry', async () => {
    const cells = [
      '2020-02-29T13:14:15Z',
      '2020-02-29 13:14:15.250',
      '2020-02-29T13:14:15+01:30',
      '2020-02-29T13:14-0500',
      '2020-02-29',
      '2020/02/29 13:14',
      '2003.10.22.12.06.24',
      '1582982055',
      '1582982055123',
      '2020-02-29T24:00',
    ];
    expect(await times(cells)).toEqual([
      '2020-02-29T13:14:15Z',
      '2020-02-29T13:14:15.250Z',
      '2020-02-29T11:44:15Z',
      '2020-02-29T18:14:00Z',
      '2020-02-29T00:00:00Z',
      '2020-02-29T13:14:00Z',
      '2003-10-22T12:06:24Z',
      '2020-02-29T13:14:15Z',
      '2020-02-29T13:14:15.123Z',
      '2020-03-01T00:00:00Z',
    ]);
  });

  it('rejects what is no time', async () => {
    const cells = [
      '2021-02-29',
      '2020-13-01',
      '2020-01-01 25:00',
      '2020-01-01 10:61',
      'x',
      '1e5',
      '2020-01-01T10:00+abc',
    ];
    const table = await read(`t,x\n2020-01-01,1\n${cells.map((cell) => `${cell},1`).join('\n')}\n`);
    expect(table.rejected.first.map((row) => row.text)).toEqual(cells);
  });

  it('tells day and month apart by a later row, or asks', async () => {
    expect(await times(['03/04/2018 00:15', '13/04/2018'])).toEqual([
      '2018-04-03T00:15:00Z',
      '2018-04-13T00:00:00Z',
    ]);
    expect(await times(['3/4/2018 1:05 PM', '4/13/2018'])).toEqual([
      '2018-03-04T13:05:00Z',
      '2018-04-13T00:00:00Z',
    ]);
    expect(await times(['03.04.2018'], { dateOrder: 'mdy' })).toEqual(['2018-03-04T00:00:00Z']);
    await expect(times(['03/04/2018'])).rejects.toMatchObject({
      code: 'E-CSV-009',
      mend: expect.stringContaining('--date-order'),
    });
    await expect(times(['13/04/2018', '04/13/2018'])).rejects.toMatchObject({ code: 'E-CSV-009' });
  });

  it('rejects a row that names no day in the order that was asked for', async () => {
    const table = await read('t,x\n03/04/2018,1\n13/04/2018,2\n', { dateOrder: 'mdy' });
    expect(numbers(table)).toEqual([1]);
    expect(table.rejected.first[0]?.line).toBe(3);
  });

  it('turns wall clock times of a zone into instants, over both changes of the clocks', async () => {
    const zone = 'Europe/Berlin';
    expect(await times(['2020-01-01 12:00', '2020-07-01 12:00', '2020-07-01T12:00Z'], { zone })).toEqual([
      '2020-01-01T11:00:00Z',
      '2020-07-01T10:00:00Z',
      '2020-07-01T12:00:00Z',
    ]);
    const autumn = [
      '2020-10-25 01:30',
      '2020-10-25 02:00',
      '2020-10-25 02:30',
      '2020-10-25 02:00',
      '2020-10-25 02:30',
      '2020-10-25 03:00',
    ];
    expect(await times(autumn, { zone })).toEqual([
      '2020-10-24T23:30:00Z',
      '2020-10-25T00:00:00Z',
      '2020-10-25T00:30:00Z',
      '2020-10-25T01:00:00Z',
      '2020-10-25T01:30:00Z',
      '2020-10-25T02:00:00Z',
    ]);
    expect(await times(['2020-03-29 01:59', '2020-03-29 02:30', '2020-03-29 03:00'], { zone })).toEqual([
      '2020-03-29T00:59:00Z',
      '2020-03-29T01:30:00Z',
      '2020-03-29T01:00:00Z',
    ]);
  });

  it('knows zones off the full hour and on the southern half', async () => {
    expect(await times(['2020-01-01 12:00'], { zone: 'Asia/Kathmandu' })).toEqual(['2020-01-01T06:15:00Z']);
    expect(
      await times(['2020-01-01 12:00', '2020-04-05 01:45', '2020-04-05 01:45'], {
        zone: 'Australia/Lord_Howe',
      }),
    ).toEqual(['2020-01-01T01:00:00Z', '2020-04-04T14:45:00Z', '2020-04-04T15:15:00Z']);
  });
});
