// Reads wanted columns of a CSV file into typed arrays, and says what it could not read.
import Papa from 'papaparse';
import {
  MAX_REJECTED_NAMED,
  TableFailure,
  type TableOptions,
  type TableRead,
  type TableSource,
  type WantedColumn,
} from '#ports/table.ts';
import { readBlocks } from './blocks.ts';
import { type DecimalMark, guessDecimalMark, readNumberText } from './number-text.ts';
import { settleTimes, TimeColumn } from './time-column.ts';
import { Zone } from '#vocabulary/zone.ts';

/** Rows asked for the decimal mark. */
const ROWS_ASKED = 1_000;
const FIRST_CAPACITY = 16_384;
const DELIMITERS = [',', ';', '\t', '|'];

/** A table source over one CSV file: header in the first line, any common delimiter, UTF-8. */
export function csvTable(path: string): TableSource {
  return {
    async read(wanted, options, onProgress) {
      const zone = openZone(options.zone);
      let reader: Reader | null = null;
      for await (const block of readBlocks(path)) {
        const delimiter: string = reader?.delimiter ?? delimiterOf(block.text, wanted);
        const rows = parseBlock(block.text, delimiter);
        reader ??= new Reader(path, wanted, delimiter, rows);
        reader.take(rows);
        onProgress?.(block.doneBytes, block.totalBytes);
      }
      if (reader === null) {
        throw new TableFailure(
          'format',
          'E-CSV-004',
          `${path} is empty.`,
          'Give a file with a header and rows.',
        );
      }
      return reader.finish(options, zone);
    },
  };
}

function openZone(name: string): Zone {
  try {
    return new Zone(name);
  } catch {
    throw new TableFailure(
      'format',
      'E-CSV-008',
      `There is no time zone "${name}".`,
      'Use a name such as Europe/Berlin or America/Chicago, or UTC.',
    );
  }
}

function parseBlock(text: string, delimiter: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false }).data;
}

/**
 * The delimiter whose header holds every wanted name; else the one that splits the header most. The header
 * tells better than the rows, where a decimal comma looks like a delimiter.
 */
function delimiterOf(text: string, wanted: readonly WantedColumn[]): string {
  const line = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n')).trimEnd();
  const headers = DELIMITERS.map((delimiter) => ({ delimiter, names: parseBlock(line, delimiter)[0] ?? [] }));
  const fits = headers.find(({ names }) =>
    wanted.every(({ name }) => names.some((column) => column.trim() === name)),
  );
  const most = headers.reduce((best, one) => (one.names.length > best.names.length ? one : best));
  return (fits ?? most).delimiter;
}

class Reader {
  readonly delimiter: string;
  readonly #path: string;
  readonly #wanted: readonly WantedColumn[];
  readonly #header: string[];
  readonly #at: number[];
  readonly #mark: DecimalMark;
  readonly #notes: string[] = [];
  readonly #numbers: (Float64Array<ArrayBuffer> | null)[];
  readonly #times: (TimeColumn | null)[];
  readonly #rejected: TableRead['rejected'] = { count: 0, first: [] };
  #rows = 0;
  #line = 0;
  #lineOf = new Uint32Array(FIRST_CAPACITY);

  constructor(path: string, wanted: readonly WantedColumn[], delimiter: string, data: string[][]) {
    this.delimiter = delimiter;
    this.#path = path;
    this.#wanted = wanted;
    this.#header = (data[0] ?? []).map((name) => name.trim());
    this.#at = wanted.map(({ name }) => this.#find(name));
    this.#numbers = wanted.map(({ as }) => (as === 'number' ? new Float64Array(FIRST_CAPACITY) : null));
    this.#times = wanted.map(({ as }) => (as === 'time' ? new TimeColumn() : null));
    this.#mark = this.#guessMark(data);
  }

  #find(name: string): number {
    const at = this.#header.indexOf(name);
    if (at < 0) {
      throw new TableFailure(
        'column',
        'E-CSV-006',
        `${this.#path} has no column "${name}".`,
        `Its columns are: ${this.#header.map((column) => `"${column}"`).join(', ')}.`,
        name,
        this.#header,
      );
    }
    if (this.#header.indexOf(name, at + 1) >= 0) {
      this.#notes.push(`Column "${name}" occurs twice; the first one was read.`);
    }
    return at;
  }

  #guessMark(data: readonly string[][]): DecimalMark {
    if (this.delimiter === ',') return '.';
    const at = this.#at.filter((_, k) => this.#wanted[k]?.as === 'number');
    const cells = data.slice(1, ROWS_ASKED + 1).flatMap((row) => at.map((k) => row[k]?.trim() ?? ''));
    const { mark, sure } = guessDecimalMark(cells);
    if (mark === ',') {
      const doubt = sure ? '' : ' Every one of them could be a thousands mark as well: check one value.';
      this.#notes.push(`A comma in a number was read as the decimal mark.${doubt}`);
    }
    return mark;
  }

  take(rows: readonly string[][]): void {
    for (const row of rows) {
      const isHeader = this.#line === 0;
      this.#line++;
      const line = this.#line;
      for (const cell of row) if (cell.includes('\n')) this.#line += cell.split('\n').length - 1;
      if (isHeader || (row.length === 1 && row[0]?.trim() === '')) continue;
      this.#takeRow(row, line);
    }
    // The text ends with a line break, after which the parser sees one more, empty row.
    if (rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === '') this.#line--;
  }

  #takeRow(row: readonly string[], line: number): void {
    const i = this.#rows;
    this.#grow(i);
    for (let k = 0; k < this.#at.length; k++) {
      const text = (row[this.#at[k] as number] ?? '').trim();
      const numbers = this.#numbers[k];
      if (numbers) numbers[i] = readNumberText(text, this.#mark);
      else if (!(this.#times[k] as TimeColumn).set(i, text)) return this.#reject(line, text);
    }
    this.#lineOf[i] = line;
    this.#rows++;
  }

  #reject(line: number, text: string): void {
    this.#rejected.count++;
    if (this.#rejected.first.length < MAX_REJECTED_NAMED)
      this.#rejected.first.push({ line, text: text.slice(0, 40) });
  }

  #grow(needed: number): void {
    if (needed < this.#lineOf.length) return;
    const capacity = this.#lineOf.length * 2;
    const lines = new Uint32Array(capacity);
    lines.set(this.#lineOf);
    this.#lineOf = lines;
    this.#numbers.forEach((column, k) => {
      if (!column) return;
      const larger = new Float64Array(capacity);
      larger.set(column);
      this.#numbers[k] = larger;
    });
  }

  finish(options: TableOptions, zone: Zone): TableRead {
    const rows = this.#rows;
    const { times, notes } = settleTimes(this.#times, rows, options, zone);
    const kept = this.#rowsWithTimes(times);
    if (this.#rejected.count > 0 && (kept?.length ?? rows) === 0) this.#fail();
    const columns = this.#wanted.map((_, k) => {
      const column = (times[k] ?? this.#numbers[k]?.subarray(0, rows)) as Float64Array;
      return kept ? Float64Array.from(kept, (i) => column[i] as number) : column;
    });
    let badCells = 0;
    columns.forEach((column, k) => {
      if (this.#numbers[k]) for (const x of column) if (Number.isNaN(x)) badCells++;
    });
    return {
      header: this.#header,
      columns,
      rows: kept ? kept.length : rows,
      badCells,
      rejected: this.#rejected,
      notes: [...this.#notes, ...notes],
    };
  }

  /** Rows whose times all are instants; null when these are all rows. */
  #rowsWithTimes(times: readonly (Float64Array | null)[]): number[] | null {
    if (!times.some((column) => column?.some(Number.isNaN))) return null;
    const kept: number[] = [];
    for (let i = 0; i < this.#rows; i++) {
      if (times.every((column) => !column || !Number.isNaN(column[i]))) kept.push(i);
      else this.#reject(this.#lineOf[i] as number, 'no such day in the order of day and month');
    }
    return kept;
  }

  #fail(): never {
    const first = this.#rejected.first[0];
    const names = this.#wanted.filter(({ as }) => as === 'time').map(({ name }) => `"${name}"`);
    throw new TableFailure(
      'format',
      'E-CSV-007',
      `No row of ${this.#path} has a time in ${names.join(', ')} that can be read; line ${first?.line} has "${first?.text}".`,
      'Name the column that holds the time. Readable are ISO 8601, 2003.10.22.12.06.24, 31/12/2018 23:59 and unix time.',
    );
  }
}
