import { PortFailure } from './failure.ts';

/** A row of a file as it stands there; a spreadsheet's numbers stay numbers, its dates become ISO 8601 text. */
export interface GridRow {
  /** line in the text, or row of the sheet, as a person sees it, from 1 */
  row: number;
  cells: (string | number)[];
}

/** Any table that people bring, before anybody knows what its columns mean. */
export interface Grid {
  rows: GridRow[];
  /** SHA-256 of the bytes, hex */
  hash: string;
  /** how it was read, each a sentence */
  notes: string[];
}

/** Larger files are refused before they are read. */
export const MAX_GRID_BYTES = 256 * 1_024 * 1_024;
export const MAX_GRID_ROWS = 1_000_000;
export const MAX_GRID_COLUMNS = 500;

export interface GridOptions {
  /** sheet of a spreadsheet by name; null = the first that holds rows */
  sheet: string | null;
}

/** Why a file is no table. */
export class GridFailure extends PortFailure {
  readonly reason: 'missing' | 'format';
  constructor(reason: GridFailure['reason'], code: string, message: string, mend: string) {
    super(code, message, mend, false);
    this.reason = reason;
  }
}
