// The cells of one sheet of a workbook (Office Open XML, ECMA-376): text, numbers, and dates by their number format.
import { GridFailure, type GridRow, MAX_GRID_COLUMNS, MAX_GRID_ROWS } from '#ports/grid.ts';
import { ZipParts } from './zip.ts';

const DAY_MS = 86_400_000;
/** Day 0 of the 1900 system, with the leap day of 1900 that never was, and of the 1904 system. */
const EPOCH_1900_MS = Date.UTC(1899, 11, 30);
const EPOCH_1904_MS = Date.UTC(1904, 0, 1);
/** Built-in number formats that show a date or a time of day on a date. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/** @param sheet by name; null = the first sheet with rows */
export function workbookRows(bytes: Uint8Array, sheet: string | null): { rows: GridRow[]; notes: string[] } {
  const parts = new ZipParts(bytes);
  const workbook = partOf(parts, 'xl/workbook.xml');
  if (workbook === null) {
    throw new GridFailure(
      'format',
      'E-GRID-011',
      'The file is an archive, but no workbook.',
      'Bring the .xlsx or CSV file itself.',
    );
  }
  const sheets = sheetsOf(parts, workbook);
  const names = sheets.map(({ name }) => `"${name}"`).join(', ');
  const wanted = sheet === null ? sheets : sheets.filter(({ name }) => name === sheet);
  if (wanted.length === 0) {
    throw new GridFailure(
      'format',
      'E-GRID-012',
      `The workbook has no sheet "${sheet}".`,
      `Its sheets are: ${names}.`,
    );
  }
  const reading = {
    shared: sharedTexts(partOf(parts, 'xl/sharedStrings.xml') ?? ''),
    dates: dateStyles(partOf(parts, 'xl/styles.xml') ?? ''),
    epochMs: /<workbookPr[^>]*date1904="(1|true)"/.test(workbook) ? EPOCH_1904_MS : EPOCH_1900_MS,
  };
  for (const { name, part } of wanted) {
    const rows = sheetRows(partOf(parts, part) ?? '', reading);
    if (rows.length === 0) continue;
    const others = sheets.length > 1 ? ` The workbook has: ${names}.` : '';
    return { rows, notes: [`Sheet "${name}" was read.${others}`] };
  }
  return { rows: [], notes: [] };
}

/** Programs of some makers write every tag with a prefix, `<x:row>`; its names are the same. */
const PREFIXED = /^[^<]*(?:<\?[^>]*>\s*)?<\w+:/;

function partOf(parts: ZipParts, name: string): string | null {
  const xml = parts.text(name);
  return xml !== null && PREFIXED.test(xml.slice(0, 1_000)) ? xml.replace(/<(\/?)\w+:/g, '<$1') : xml;
}

function sheetsOf(parts: ZipParts, workbook: string): { name: string; part: string }[] {
  const targets = new Map<string, string>();
  for (const [tag] of (partOf(parts, 'xl/_rels/workbook.xml.rels') ?? '').matchAll(
    /<Relationship\b[^>]*>/g,
  )) {
    const target = attribute(tag, 'Target') ?? '';
    targets.set(attribute(tag, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  return [...workbook.matchAll(/<sheet\b[^>]*>/g)].map(([tag]) => ({
    name: attribute(tag, 'name') ?? '',
    part: targets.get(/\b\w+:id="([^"]*)"/.exec(tag)?.[1] ?? '') ?? '',
  }));
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : plain(found);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(xml: string): string {
  if (!xml.includes('&')) return xml;
  return xml.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name as string] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

/** The text of a string item: all its runs, without the phonetic guides. */
function textOf(xml: string): string {
  const spoken = xml.includes('<rPh') ? xml.replace(/<rPh\b[\s\S]*?<\/rPh>/g, '') : xml;
  let text = '';
  for (const [, part] of spoken.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)) text += plain(part as string);
  return text.replaceAll('_x000D_', '').replaceAll('\r\n', '\n');
}

/**
 * Elements of one name, which do not nest, in one pass; the first that is not closed ends it: looking for the close of
 * each one after it would read the rest of a damaged part again and again.
 */
function* elements(xml: string, name: string): Generator<{ head: string; body: string | null }> {
  const open = `<${name}`;
  const close = `</${name}>`;
  for (let at = xml.indexOf(open); at >= 0; at = xml.indexOf(open, at)) {
    const headAt = at + open.length;
    at = headAt;
    if (/[\w.-]/.test(xml[headAt] ?? '')) continue;
    const headEnd = xml.indexOf('>', headAt);
    if (headEnd < 0) return;
    at = headEnd + 1;
    if (xml[headEnd - 1] === '/') {
      yield { head: xml.slice(headAt, headEnd - 1), body: null };
      continue;
    }
    const end = xml.indexOf(close, at);
    if (end < 0) return;
    yield { head: xml.slice(headAt, headEnd), body: xml.slice(at, end) };
    at = end + close.length;
  }
}

function sharedTexts(xml: string): string[] {
  return Array.from(elements(xml, 'si'), ({ body }) => textOf(body ?? ''));
}

/** For each cell style whether its number format shows a date. */
function dateStyles(xml: string): boolean[] {
  const own = new Map<number, boolean>();
  for (const [tag] of xml.matchAll(/<numFmt\b[^>]*>/g)) {
    const code = (attribute(tag, 'formatCode') ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
    own.set(Number(attribute(tag, 'numFmtId')), /[yd]/i.test(code) && !/general/i.test(code));
  }
  const styles = /<cellXfs\b[^>]*>([\s\S]*?)<\/cellXfs>/.exec(xml)?.[1] ?? '';
  return [...styles.matchAll(/<xf\b[^>]*>/g)].map(([tag]) => {
    const format = Number(attribute(tag, 'numFmtId') ?? 0);
    return own.get(format) ?? DATE_FORMATS.has(format);
  });
}

interface Reading {
  shared: string[];
  dates: boolean[];
  epochMs: number;
}

function sheetRows(xml: string, reading: Reading): GridRow[] {
  const rows: GridRow[] = [];
  let at = 0;
  for (const { head, body } of elements(xml, 'row')) {
    at = Number(/\br="(\d+)"/.exec(head)?.[1] ?? at + 1);
    if (body === null) continue;
    const cells = rowCells(body, reading);
    if (!cells.some((cell) => cell !== '')) continue;
    if (rows.length >= MAX_GRID_ROWS) {
      throw new GridFailure(
        'format',
        'E-GRID-013',
        `The sheet has more than ${MAX_GRID_ROWS} rows.`,
        'Bring it in parts, for example year by year.',
      );
    }
    rows.push({ row: at, cells });
  }
  return rows;
}

function rowCells(body: string, reading: Reading): (string | number)[] {
  const cells: (string | number)[] = [];
  let next = 0;
  for (const { head, body: inside } of elements(body, 'c')) {
    const letters = /\br="([A-Z]{1,3})\d*"/.exec(head)?.[1];
    const column = letters === undefined ? next : columnOf(letters);
    next = column + 1;
    if (column >= MAX_GRID_COLUMNS || inside === null) continue;
    while (cells.length < column) cells.push('');
    cells[column] = cellValue(head, inside, reading);
  }
  return cells;
}

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function cellValue(head: string, inside: string, reading: Reading): string | number {
  const type = /\bt="(\w+)"/.exec(head)?.[1] ?? 'n';
  if (type === 'inlineStr') return textOf(inside).trim();
  const raw = /<v(?:\s[^>]*)?>([^<]*)<\/v>/.exec(inside)?.[1];
  if (raw === undefined) return '';
  if (type === 's') return (reading.shared[Number(raw)] ?? '').trim();
  if (type === 'b') return raw === '1' ? 'yes' : 'no';
  if (type !== 'n') return plain(raw).trim();
  const value = Number(raw);
  if (!Number.isFinite(value)) return plain(raw);
  const style = Number(/\bs="(\d+)"/.exec(head)?.[1] ?? 0);
  return reading.dates[style] === true ? dateText(value, reading.epochMs) : value;
}

/** Whole seconds; a day without a time of day is written without one. */
function dateText(days: number, epochMs: number): string {
  const ms = epochMs + Math.round((days * DAY_MS) / 1_000) * 1_000;
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(days);
  const iso = date.toISOString();
  return ms % DAY_MS === 0 ? iso.slice(0, 10) : iso.slice(0, 19);
}
