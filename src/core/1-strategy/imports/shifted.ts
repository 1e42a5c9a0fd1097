import type { Cell } from './cell.ts';

/** Values of one column that are remembered; a column with more is a free text. */
const MAX_VALUES = 200;

/**
 * Finds the column whose usual value a cell of another column holds: the sign of a row that was shifted by a delimiter
 * inside a text. Looked up only for cells that cannot be read.
 */
export class UsualValues {
  readonly #header: readonly string[];
  readonly #rows: readonly { cells: readonly Cell[] }[];
  #columns: (Map<string, number> | null)[] | null = null;

  constructor(header: readonly string[], rows: readonly { cells: readonly Cell[] }[]) {
    this.#header = header;
    this.#rows = rows;
  }

  /** @returns header of another column that holds this text at least three times; null when none does */
  columnOf(text: string, but: number): string | null {
    this.#columns ??= this.#header.map((_, column) => this.#valuesOf(column));
    const at = this.#columns.findIndex((values, column) => column !== but && (values?.get(text) ?? 0) > 2);
    return at < 0 ? null : (this.#header[at] ?? null);
  }

  #valuesOf(column: number): Map<string, number> | null {
    const values = new Map<string, number>();
    for (const { cells } of this.#rows) {
      const cell = cells[column];
      if (typeof cell !== 'string' || cell === '') continue;
      values.set(cell, (values.get(cell) ?? 0) + 1);
      if (values.size > MAX_VALUES) return null;
    }
    return values;
  }
}
