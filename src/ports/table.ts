import { PortFailure } from './failure.ts';

/** A column that is wanted, by its name in the header. */
export interface WantedColumn {
  name: string;
  as: 'time' | 'number';
}

/** In which order a date such as 03/04/2018 names day and month. */
export type DateOrder = 'dmy' | 'mdy';

export interface TableOptions {
  /** IANA zone of times that carry none, for example `Europe/Berlin`; `UTC` when not known better */
  zone: string;
  /** null: told from the data, or refused when the data cannot tell */
  dateOrder: DateOrder | null;
}

/** A row that could not be used because a time in it cannot be read. */
export interface RejectedRow {
  /** line in the file, from 1 */
  line: number;
  text: string;
}

/** What was read: one array per wanted column, rows in file order. */
export interface TableRead {
  header: string[];
  /** times in ms since 1970; numbers as they are, NaN where a cell holds none */
  columns: Float64Array[];
  /** rows in each column */
  rows: number;
  /** number cells that hold no finite number */
  badCells: number;
  rejected: { count: number; first: RejectedRow[] };
  /** guesses that were made, each a sentence for the reader of the result */
  notes: string[];
}

export const MAX_REJECTED_NAMED = 10;

/** Why a table could not be read, for who asks to answer in their own words. */
export class TableFailure extends PortFailure {
  readonly reason: 'missing' | 'column' | 'format';
  /** the wanted column that the header lacks */
  readonly column: string | null;
  readonly header: string[];
  constructor(
    reason: TableFailure['reason'],
    code: string,
    message: string,
    mend: string,
    column: string | null = null,
    header: string[] = [],
  ) {
    super(code, message, mend, false);
    this.reason = reason;
    this.column = column;
    this.header = header;
  }
}

/** A table that people bring, whatever its file format. */
export interface TableSource {
  /** @throws TableFailure */
  read(
    wanted: readonly WantedColumn[],
    options: TableOptions,
    onProgress?: (done: number, total: number) => void,
  ): Promise<TableRead>;
}
