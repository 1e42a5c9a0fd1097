// Reads the rows of a table: every cell that cannot be used is named, and each row is known by its identity.
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { readField, type Value, type Writing } from './field.ts';
import type { TableKind } from './kind.ts';
import { headerOf, type Layout, labelOf, layoutOf, type Said, type TableRow } from './layout.ts';
import type { CellProblem } from './problem.ts';
import { shown } from './problem.ts';
import { UsualValues } from './shifted.ts';
import { warningsOf } from './warnings.ts';

/** Rows of earlier imports, by identity; the value is the hash of the row's cells. */
export type KnownRows = ReadonlyMap<string, string>;

export interface ReadingContext {
  nowMs: number;
  known: KnownRows;
  toInstant: (wallMs: number) => number;
  /** hash of a text, hex; given because the core has none of its own for much data */
  hash: (text: string) => string;
}

/** Rows that are to be kept, by column. */
export interface KeptRows {
  /** kept column to values in order of the rows */
  values: Record<string, Value[]>;
  row: number[];
  identity: string[];
  /** hash of all cells of a row, so that a changed row is noticed when it is read again */
  content: string[];
}

export interface TableReading {
  layout: Layout;
  rows: number;
  accepted: number;
  /** accepted rows without a number that repeat an earlier one in every column */
  repeats: number;
  known: number;
  rejectedRows: number;
  rejected: CellProblem[];
  warnings: CellProblem[];
  kept: KeptRows;
  /** span of the accepted rows, ms; null when they have no time */
  fromMs: number | null;
  toMs: number | null;
}

/**
 * Reads all rows of a file. Nothing is written: what it returns is what an import would add.
 * Row identity: the row's number where it has one, else the hash of all its cells and its ordinal among equal rows.
 */
export function readTable(
  kind: TableKind,
  rows: readonly TableRow[],
  said: Said,
  context: ReadingContext,
): TableReading | Refusal {
  const layout = layoutOf(kind, rows, said);
  return isRefusal(layout) ? layout : new TableReader(kind, layout, context).read();
}

class TableReader {
  readonly #kind: TableKind;
  readonly #layout: Layout;
  readonly #context: ReadingContext;
  readonly #writing: Writing;
  readonly #usual: UsualValues;
  readonly #reading: TableReading;
  /** first row with a number, and its cells, in this file */
  readonly #numbered = new Map<string, { row: number; content: string }>();
  /** rows with equal cells, so far in this file */
  readonly #equal = new Map<string, { row: number; times: number }>();

  constructor(kind: TableKind, layout: Layout, context: ReadingContext) {
    this.#kind = kind;
    this.#layout = layout;
    this.#context = context;
    this.#writing = { mark: layout.decimal, order: layout.dateOrder, toInstant: context.toInstant };
    this.#usual = new UsualValues(layout.header, layout.body);
    const values = Object.fromEntries(layout.columns.map(({ field }) => [field.name, [] as Value[]]));
    this.#reading = {
      layout,
      rows: layout.body.length,
      accepted: 0,
      repeats: 0,
      known: 0,
      rejectedRows: 0,
      rejected: [],
      warnings: [],
      kept: { values, row: [], identity: [], content: [] },
      fromMs: null,
      toMs: null,
    };
  }

  read(): TableReading {
    for (const row of this.#layout.body) this.#take(row);
    return this.#reading;
  }

  #take(row: TableRow): void {
    const values: Record<string, Value> = {};
    const wrong: CellProblem[] = [];
    for (const column of this.#layout.columns) {
      const cell = row.cells[column.at];
      const read = readField(column, cell, this.#writing);
      if ('value' in read) values[column.field.name] = read.value;
      else wrong.push(this.#unreadable(row.row, column.at, column.header, String(cell), read));
    }
    wrong.push(...this.#tooMany(row), ...this.#missing(row.row, values, wrong));
    if (wrong.length > 0) {
      this.#reading.rejectedRows++;
      this.#reading.rejected.push(...wrong);
      return;
    }
    this.#identify(row, values);
  }

  #unreadable(
    row: number,
    at: number,
    column: string,
    cell: string,
    read: { code: string; wrong: string },
  ): CellProblem {
    const from = this.#usual.columnOf(cell, at);
    if (from === null) return { row, column, code: read.code, message: `${read.wrong} Correct the cell.` };
    return {
      row,
      column,
      code: 'E-IMPORT-010',
      message: `${shown(cell)} belongs to the column "${from}": the cells of this row are shifted, as by a delimiter inside a text. Put that text into quotes, or correct the row.`,
    };
  }

  #tooMany({ row, cells }: TableRow): CellProblem[] {
    const wide = this.#layout.header.length;
    const extra = cells.slice(wide).find((cell) => cell !== '');
    if (extra === undefined) return [];
    return [
      {
        row,
        column: this.#layout.header.at(-1) ?? '',
        code: 'E-IMPORT-015',
        message: `The row has ${cells.length} cells and the header ${wide}: a delimiter stands inside a text. Put that text into quotes.`,
      },
    ];
  }

  #missing(row: number, values: Record<string, Value>, wrong: readonly CellProblem[]): CellProblem[] {
    const needed = [
      ...this.#kind.fields.filter((field) => field.required === true).map((field) => [field.name]),
      ...this.#kind.oneOf,
    ];
    const problems: CellProblem[] = [];
    for (const group of needed) {
      if (group.some((name) => (values[name] ?? null) !== null)) continue;
      const names = group.map((name) => headerOf(this.#layout, name)).filter((name) => name !== undefined);
      // the cell is there and was named as unreadable already
      if (wrong.some(({ column }) => names.includes(column))) continue;
      const labels = group.map((name) => labelOf(this.#kind, name)).join(' or ');
      const message = `The ${labels} is missing; a ${this.#kind.row} needs it. Fill the cell.`;
      problems.push({ row, column: names[0] ?? labels, code: 'E-IMPORT-016', message });
    }
    return problems;
  }

  #identify(row: TableRow, values: Record<string, Value>): void {
    const content = this.#context.hash(JSON.stringify(row.cells));
    const number = this.#kind.numberedBy.find((name) => (values[name] ?? null) !== null);
    if (number === undefined) return this.#withoutNumber(row, values, content);
    const identity = `${number}:${values[number]}`;
    const label = `${labelOf(this.#kind, number)} ${values[number]}`;
    const column = headerOf(this.#layout, number) ?? '';
    const before = this.#numbered.get(identity);
    if (before === undefined) {
      this.#numbered.set(identity, { row: row.row, content });
      return this.#keepUnlessKnown(row, values, content, identity, column, label);
    }
    if (before.content === content) {
      this.#reading.known++;
      const message = `The ${label} stands in row ${before.row} with the same values; it is counted once.`;
      this.#reading.warnings.push({ row: row.row, column, code: 'W-IMPORT-006', message });
      return;
    }
    this.#reading.rejectedRows++;
    this.#reading.rejected.push({
      row: row.row,
      column,
      code: 'E-IMPORT-017',
      message: `The ${label} stands in row ${before.row} with other values. Keep the row that is right.`,
    });
  }

  #withoutNumber(row: TableRow, values: Record<string, Value>, content: string): void {
    const equal = this.#equal.get(content);
    if (equal) equal.times++;
    else this.#equal.set(content, { row: row.row, times: 1 });
    const identity = `${content}#${equal?.times ?? 1}`;
    if (this.#context.known.has(identity)) {
      this.#reading.known++;
      return;
    }
    if (equal) {
      this.#reading.repeats++;
      this.#reading.warnings.push({
        row: row.row,
        column: this.#layout.header.find((name) => name !== '') ?? '',
        code: 'W-IMPORT-001',
        message: `The row repeats row ${equal.row} in every column, and no number tells whether it is a second ${this.#kind.row}. It was accepted.`,
      });
    }
    this.#keep(row, values, content, identity);
  }

  #keepUnlessKnown(
    row: TableRow,
    values: Record<string, Value>,
    content: string,
    identity: string,
    column: string,
    label: string,
  ): void {
    const before = this.#context.known.get(identity);
    if (before === undefined) return this.#keep(row, values, content, identity);
    this.#reading.known++;
    if (before === content) return;
    this.#reading.warnings.push({
      row: row.row,
      column,
      code: 'W-IMPORT-007',
      message: `The ${label} is known with other values and stays as it was. To take the new ones, undo that import and read the file again.`,
    });
  }

  #keep(row: TableRow, values: Record<string, Value>, content: string, identity: string): void {
    const { kept, warnings } = this.#reading;
    this.#reading.accepted++;
    warnings.push(...warningsOf(row.row, values, this.#layout, this.#context.nowMs));
    for (const name of Object.keys(kept.values)) kept.values[name]?.push(values[name] ?? null);
    kept.row.push(row.row);
    kept.identity.push(identity);
    kept.content.push(content);
    const when = this.#kind.when === null ? null : values[this.#kind.when];
    if (typeof when !== 'number') return;
    this.#reading.fromMs = Math.min(this.#reading.fromMs ?? when, when);
    this.#reading.toMs = Math.max(this.#reading.toMs ?? when, when);
  }
}
