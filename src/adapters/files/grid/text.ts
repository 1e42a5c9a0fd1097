// Text tables of any writing: CSV, pasted tab tables, and the lists that SAP saves with bars.
import Papa from 'papaparse';
import { GridFailure, type GridRow, MAX_GRID_COLUMNS, MAX_GRID_ROWS } from '#ports/grid.ts';

const DELIMITERS = [',', ';', '\t', '|'];
/** Characters looked at to tell the delimiter. */
const LOOK_CHARS = 64 * 1_024;
/** A rule of dashes between parts of a list. */
const RULE = /^(?=.*[-=_]{2})[\s|+=_-]*$/;

/** Decodes text: by its byte order mark, else UTF-8, else Windows-1252 when it is no UTF-8. */
export function decodeText(bytes: Uint8Array): { text: string; note: string | null } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: new TextDecoder('utf-16le').decode(bytes), note: 'The text was read as UTF-16.' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), note: null };
  } catch {
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      note: 'The text is no UTF-8 and was read as Windows-1252; look at an umlaut or accent to check.',
    };
  }
}

/** @throws GridFailure E-GRID-004 too many rows or columns, E-GRID-005 not a text table */
export function textRows(text: string): { rows: GridRow[]; notes: string[] } {
  if (text.includes('\0')) {
    throw new GridFailure(
      'format',
      'E-GRID-005',
      'The file is no text table: it holds zero bytes.',
      'Save it as CSV, as text with tabs, or as .xlsx.',
    );
  }
  const delimiter = delimiterOf(text.slice(0, LOOK_CHARS));
  const notes = [`Columns are separated by ${nameOf(delimiter)}.`];
  const barred = delimiter === '|';
  let parsed = parse(text, delimiter, barred ? '\u0000' : '"');
  if (!barred && parsed.errors.some(({ type }) => type === 'Quotes')) {
    // SAP lists and pasted tables write inches and feet with bare quotes
    parsed = parse(text, delimiter, '\u0000');
    notes.push('Quotes were read as part of the text, because some are never closed.');
  }
  const rows: GridRow[] = [];
  let line = 0;
  for (const cells of parsed.data) {
    line++;
    const row = line;
    for (const cell of cells) if (cell.includes('\n')) line += cell.split('\n').length - 1;
    if (cells.length === 1 && (cells[0] as string).trim() === '') continue;
    if (barred || delimiter === '\t') {
      if (RULE.test(cells.join('|'))) continue;
      // a title between the pages of a list has no bars
      if (barred && cells.length === 1) continue;
      if (barred && cells[0]?.trim() === '' && cells.at(-1)?.trim() === '') cells.splice(0, 1);
      if (barred && cells.at(-1)?.trim() === '') cells.pop();
    }
    if (rows.length >= MAX_GRID_ROWS || cells.length > MAX_GRID_COLUMNS) throw tooLarge();
    rows.push({ row, cells: cells.map((cell) => cell.trim()) });
  }
  return { rows, notes };
}

function parse(text: string, delimiter: string, quoteChar: string): Papa.ParseResult<string[]> {
  return Papa.parse<string[]>(text, { delimiter, quoteChar, skipEmptyLines: false });
}

function tooLarge(): GridFailure {
  return new GridFailure(
    'format',
    'E-GRID-004',
    `The table has more than ${MAX_GRID_ROWS} rows or ${MAX_GRID_COLUMNS} columns.`,
    'Bring it in parts, for example year by year; rows that come twice are known again.',
  );
}

/** The delimiter that splits most lines into the same, largest number of cells. */
function delimiterOf(sample: string): string {
  const end = sample.lastIndexOf('\n');
  const lines = end > 0 ? sample.slice(0, end) : sample;
  let best = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = new Map<number, number>();
    for (const cells of parse(lines, delimiter, delimiter === '|' ? '\u0000' : '"').data) {
      if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
    }
    for (const [cells, times] of counts) {
      const score = times * Math.sqrt(cells - 1);
      if (score > bestScore) [best, bestScore] = [delimiter, score];
    }
  }
  return best;
}

function nameOf(delimiter: string): string {
  return { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }[delimiter] as string;
}
