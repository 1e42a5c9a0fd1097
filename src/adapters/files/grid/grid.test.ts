import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Grid } from '#ports/grid.ts';
import { readGrid, readGridFile } from './read.ts';
import { workbookOf, zipOf } from './workbook.fixture.ts';
import { ZipParts } from './zip.ts';

function grid(content: string | Uint8Array, sheet: string | null = null): Grid {
  return readGrid(typeof content === 'string' ? Buffer.from(content) : content, { sheet });
}

function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

describe('a text table', () => {
  it('keeps the line of each row, over empty lines and line breaks in quotes', () => {
    const { rows } = grid('a,b\n\n"x\ny",1\nz,2\n');
    expect(rows).toEqual([
      { row: 1, cells: ['a', 'b'] },
      { row: 3, cells: ['x\ny', '1'] },
      { row: 5, cells: ['z', '2'] },
    ]);
  });

  it('is split by what splits its lines alike, not by a decimal comma', () => {
    expect(grid('a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n').rows[1]?.cells).toEqual(['1,5', '2,5', '3,5']);
    expect(grid('a\tb\n1, 2, 3\t4\n').rows[1]?.cells).toEqual(['1, 2, 3', '4']);
  });

  it('keeps inches: a quote that is never closed is text', () => {
    const { rows, notes } = grid('a\tb\n"3/4 valve\tx\n1/2" pipe\ty\n');
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['"3/4 valve', 'x'],
      ['1/2" pipe', 'y'],
    ]);
    expect(notes.join(' ')).toContain('Quotes');
  });

  it('with bars loses its frame, its rules and the titles between pages', () => {
    const { rows } = grid('Title\n-------\n|a |b |\n|--+--|\n|1 |2 |\n\nTitle 2\n-------\n|3 |  |\n');
    expect(rows).toEqual([
      { row: 3, cells: ['a', 'b'] },
      { row: 5, cells: ['1', '2'] },
      { row: 9, cells: ['3', ''] },
    ]);
  });

  it('is decoded by its mark, as UTF-8, or as Windows-1252', () => {
    expect(grid(Buffer.from('\ufeffä,b\n', 'utf8')).rows[0]?.cells).toEqual(['ä', 'b']);
    expect(
      grid(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ä,b\n', 'utf16le')])).rows[0]?.cells,
    ).toEqual(['ä', 'b']);
    expect(grid(Buffer.from('ä,b\n', 'latin1')).rows[0]?.cells).toEqual(['ä', 'b']);
  });

  it('is refused when it is none', async () => {
    expect(codeOf(() => grid('a\0b'))).toBe('E-GRID-005');
    expect(codeOf(() => grid(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1])))).toBe('E-GRID-006');
    await expect(readGridFile('/nowhere/x.csv', { sheet: null })).rejects.toMatchObject({
      code: 'E-GRID-001',
    });
    await expect(readGridFile(import.meta.dirname, { sheet: null })).rejects.toMatchObject({
      code: 'E-GRID-001',
    });
  });
});

describe('a workbook', () => {
  const sheet = [
    '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="D3" t="inlineStr"><is><t>Cost</t></is></c></row>',
    '<row r="5"><c r="A5" s="1"><v>45690</v></c><c r="B5" s="2"><v>45690.4375</v></c><c r="D5" s="3"><v>1234.5</v></c></row>',
    '<row r="6"><c r="A6" t="str"><v>x &lt; y</v></c><c r="B6" t="b"><v>1</v></c><c r="C6"/><c r="D6" t="e"><v>#N/A</v></c></row>',
    '<row r="7"/>',
  ].join('');
  const shared = ['<t>Date &amp; time</t>', '<r><t>Ma</t></r><r><t xml:space="preserve">chine </t></r>'];

  it('gives texts, numbers and dates at the row where they stand', () => {
    const { rows, notes } = grid(workbookOf({ Empty: '', Orders: sheet }, shared));
    expect(rows).toEqual([
      { row: 3, cells: ['Date & time', 'Machine', '', 'Cost'] },
      { row: 5, cells: ['2025-02-02', '2025-02-02T10:30:00', '', 1234.5] },
      { row: 6, cells: ['x < y', 'yes', '', '#N/A'] },
    ]);
    expect(notes).toEqual(['Sheet "Orders" was read. The workbook has: "Empty", "Orders".']);
  });

  it('is read with a prefix before every tag too', () => {
    const plain = new ZipParts(workbookOf({ Orders: sheet }, shared));
    const names = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/sharedStrings.xml'];
    const parts = [...names, 'xl/worksheets/sheet1.xml'].map((name) => {
      const text = (plain.text(name) as string).replace(/<(\/?)(?=[a-zA-Z])/g, '<$1x:');
      return { name, text };
    });
    expect(grid(zipOf(parts)).rows).toEqual(grid(workbookOf({ Orders: sheet }, shared)).rows);
  });

  it('is read from the sheet that is named, and a wrong name lists the sheets', () => {
    expect(grid(workbookOf({ Orders: sheet }, shared), 'Orders').rows).toHaveLength(3);
    expect(codeOf(() => grid(workbookOf({ Orders: sheet }, shared), 'orders'))).toBe('E-GRID-012');
  });

  it('that is damaged, cut off, or another archive is refused', () => {
    const whole = workbookOf({ Orders: sheet }, shared);
    expect(codeOf(() => grid(whole.subarray(0, whole.length - 30)))).toBe('E-GRID-010');
    expect(codeOf(() => grid(zipOf([{ name: 'a.txt', text: 'x' }])))).toBe('E-GRID-011');
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 60, 120);
    expect(codeOf(() => grid(damaged))).toBe('E-GRID-010');
  });

  it('unpacks no part past its limit, whatever its head promises', () => {
    const zip = zipOf([{ name: 'xl/workbook.xml', text: 'x'.repeat(2_000_000) }]);
    expect(deflateRawSync(Buffer.alloc(2_000_000)).length).toBeLessThan(5_000);
    expect(codeOf(() => new ZipParts(zip, 1_000_000).text('xl/workbook.xml'))).toBe('E-GRID-010');
    expect(new ZipParts(zip, 3_000_000).text('xl/workbook.xml')).toHaveLength(2_000_000);
    const together = new ZipParts(zip, 3_000_000, 3_000_000);
    together.text('xl/workbook.xml');
    expect(codeOf(() => together.text('xl/workbook.xml'))).toBe('E-GRID-010');
  });
});
