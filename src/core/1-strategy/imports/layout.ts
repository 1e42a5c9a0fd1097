import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { nearest } from '#vocabulary/nearest.ts';
import { type Cell, type DecimalMark, isEmpty, markOf, type MarkVotes, voteMark } from './cell.ts';
import { type DateOrder, orderOf, type OrderVotes, readDay, voteOrder } from './day.ts';
import type { FieldColumn } from './field.ts';
import { fieldWord, type TableKind } from './kind.ts';
import { guessMapping, headerRow, headerText, hoursPer, type Mapping } from './mapping.ts';

/** A row of the file: `row` as a person sees it, from 1. */
export interface TableRow {
  row: number;
  cells: readonly Cell[];
}

/** How a file was read before, or what a person says about it. */
export interface Writings {
  mapping: Mapping | null;
  dateOrder: DateOrder | null;
  decimal: DecimalMark | null;
}

/** What a person says about a file, null where it is to be guessed, and what is remembered of files with this header. */
export interface Said extends Writings {
  /** @param header as `headerText` returns it */
  remembered(header: string): Writings | null;
}

/** How a file is to be read: where its header stands, what its columns feed, how it writes dates and numbers. */
export interface Layout {
  header: string[];
  /** what tells this layout from others */
  headerText: string;
  /** rows below the header, without repeated headers and totals */
  body: TableRow[];
  columns: FieldColumn[];
  mapping: Mapping;
  dateOrder: DateOrder;
  decimal: DecimalMark;
  /** every guess, a sentence each */
  guesses: string[];
}

/**
 * Finds out how a file is written, from all of its rows.
 * @returns a refusal when a field that is needed has no column, or when dates or numbers can be read two ways
 */
export function layoutOf(kind: TableKind, rows: readonly TableRow[], said: Said): Layout | Refusal {
  const at = headerRow(
    kind,
    rows.map(({ cells }) => cells),
  );
  const header = (rows[at]?.cells ?? []).map((cell) => String(cell).trim());
  const { body, left } = bodyOf(header, rows.slice(at + 1));
  const guessed = guessMapping(
    kind,
    header,
    body.map(({ cells }) => cells),
  );
  const remembered = said.remembered(headerText(header));
  const mapping = said.mapping ?? remembered?.mapping ?? guessed;
  const wrong = problemsOfMapping(kind, header, mapping);
  if (wrong) return wrong;
  const columns = kind.fields.flatMap((field): FieldColumn[] => {
    const name = mapping[fieldWord(field.name)];
    if (name === undefined) return [];
    return [{ field, at: header.indexOf(name), header: name, hoursPer: hoursPer(name) }];
  });
  const guesses = [`The header stands in row ${rows[at]?.row ?? 1}.`];
  if (left > 0) guesses.push(`${left} rows repeat the header or hold a total and were left out.`);
  if (said.mapping === null && remembered !== null) {
    guesses.push('Columns are read as in the last import of a file with this header.');
  }
  const order = said.dateOrder ?? dateOrderOf(columns, body, guesses) ?? remembered?.dateOrder ?? null;
  if (order === null) return askOrder(columns, body);
  const decimal = said.decimal ?? decimalOf(columns, body, guesses) ?? remembered?.decimal ?? null;
  if (decimal === null) return askDecimal(columns, body);
  return {
    header,
    headerText: headerText(header),
    body,
    columns,
    mapping,
    dateOrder: order,
    decimal,
    guesses,
  };
}

/** Lists of other systems repeat their header on each page and end in totals that begin with an asterisk. */
function bodyOf(header: readonly string[], rows: readonly TableRow[]): { body: TableRow[]; left: number } {
  const body = rows.filter(({ cells }) => {
    const first = cells.find((cell) => cell !== '');
    if (typeof first === 'string' && /^\*+$/.test(first)) return false;
    return !(cells.length === header.length && cells.every((cell, n) => cell === header[n]));
  });
  return { body, left: rows.length - body.length };
}

function problemsOfMapping(kind: TableKind, header: readonly string[], mapping: Mapping): Refusal | null {
  const columns = header.filter((name) => name !== '');
  const listed = columns.map((name) => `"${name}"`).join(', ');
  for (const [name, column] of Object.entries(mapping)) {
    const fields = kind.fields.map((field) => fieldWord(field.name));
    if (!fields.includes(name)) {
      const guess = nearest(name, fields);
      const mend = guess ? `Did you mean "${guess}"?` : `Known are: ${fields.join(', ')}.`;
      return refuse('E-IMPORT-002', `The mapping names "${name}", which a ${kind.row} does not have.`, mend);
    }
    if (!columns.includes(column)) {
      const guess = nearest(column, columns);
      const hint = guess ? `Did you mean "${guess}"? ` : '';
      return refuse(
        'E-IMPORT-003',
        `The file has no column "${column}".`,
        `${hint}Its columns are: ${listed}.`,
      );
    }
  }
  const missing = [
    ...kind.fields.filter((field) => field.required === true).map((field) => [field.name]),
    ...kind.oneOf,
  ].filter((group) => group.every((name) => mapping[fieldWord(name)] === undefined));
  if (missing.length === 0) return null;
  const labels = missing.map((group) => group.map((name) => `"${labelOf(kind, name)}"`).join(' or '));
  return refuse(
    'E-IMPORT-001',
    `No column was found for ${labels.join(' and ')}; a ${kind.row} needs it.`,
    `Say it in a mapping file: "columns: { ${fieldWord(missing[0]?.[0] ?? '')}: <column> }". The columns are: ${listed}.`,
  );
}

/** Header of the column that feeds a field; undefined when none does. */
export function headerOf(layout: Pick<Layout, 'columns'>, name: string): string | undefined {
  return layout.columns.find(({ field }) => field.name === name)?.header;
}

export function labelOf(kind: TableKind, name: string): string {
  return kind.fields.find((field) => field.name === name)?.label ?? name;
}

function dateOrderOf(columns: FieldColumn[], body: TableRow[], guesses: string[]): DateOrder | null {
  const votes: OrderVotes = { dayFirst: 0, monthFirst: 0, either: 0 };
  for (const { at } of columns.filter(({ field }) => field.as === 'time')) {
    for (const { cells } of body) {
      const cell = cells[at];
      const day = typeof cell === 'string' ? readDay(cell.trim()) : null;
      if (day) voteOrder(votes, day);
    }
  }
  const order = orderOf(votes);
  if (votes.dayFirst + votes.monthFirst > 0) {
    const first = order === 'mdy' ? 'month' : 'day';
    guesses.push(`Dates put the ${first} first: some are possible only so.`);
  }
  return order;
}

function decimalOf(columns: FieldColumn[], body: TableRow[], guesses: string[]): DecimalMark | null {
  const votes: MarkVotes = { point: 0, comma: 0, either: 0 };
  for (const { at } of numbersAmong(columns)) {
    for (const { cells } of body) {
      const cell = cells[at];
      if (cell !== undefined && !isEmpty(cell)) voteMark(votes, cell);
    }
  }
  const mark = markOf(votes);
  if (mark === ',') guesses.push('A comma is the decimal mark.');
  if (mark === '.' && votes.either > 0) guesses.push('A point is the decimal mark; commas group thousands.');
  return mark;
}

function numbersAmong(columns: FieldColumn[]): FieldColumn[] {
  return columns.filter(({ field }) => ['number', 'money', 'hours'].includes(field.as));
}

function askOrder(columns: FieldColumn[], body: TableRow[]): Refusal {
  const one = exampleOf(
    columns.filter(({ field }) => field.as === 'time'),
    body,
    (cell) => {
      const day = readDay(cell);
      return day !== null && day.wallMs !== day.swappedMs;
    },
  );
  return refuse(
    'E-IMPORT-004',
    `Every date can be read two ways; "${one}" may name the day or the month first.`,
    'Give --date-order dmy or --date-order mdy, or write "dates: dmy" into the mapping file.',
  );
}

function askDecimal(columns: FieldColumn[], body: TableRow[]): Refusal {
  const one = exampleOf(numbersAmong(columns), body, (cell) => /[.,]/.test(cell));
  return refuse(
    'E-IMPORT-005',
    `Every number can be read two ways; "${one}" may hold a decimal mark or a thousands mark.`,
    'Give --decimal comma or --decimal point, or write "decimal: comma" into the mapping file.',
  );
}

function exampleOf(columns: FieldColumn[], body: TableRow[], fits: (cell: string) => boolean): string {
  for (const { cells } of body) {
    for (const { at } of columns) {
      const cell = cells[at];
      if (typeof cell === 'string' && fits(cell.trim())) return cell.trim();
    }
  }
  return '';
}
