export type TableValue = string | number | null;

/** `text`, or a number: whole for ms and minor units. */
export interface TableColumn {
  name: string;
  as: 'text' | 'whole' | 'number';
}

/** Rows of imported tables, column by column. */
export interface TableRows {
  columns: TableColumn[];
  /** one array per column, in their order */
  values: TableValue[][];
  length: number;
}

/**
 * Where imported rows rest: one immutable Parquet file per import, `history/<kind>/<importId>.parquet`. The journal
 * says which imports stand; a file that it does not name counts for nothing.
 */
export interface ImportedTables {
  /** Writes the rows of an import and returns after fsync. */
  write(
    kind: string,
    importId: string,
    rows: TableRows,
    onProgress?: (done: number, total: number) => void,
  ): Promise<void>;
  /** Rows of these imports in their order; a column that a file does not have is null there. */
  read(kind: string, importIds: readonly string[], columns: readonly TableColumn[]): Promise<TableRows>;
  /** Removes the rows of an import; one that is not there is no fault. */
  remove(kind: string, importId: string): Promise<void>;
  /**
   * Removes the rows of a kind that belong to none of these imports and were written before `beforeMs`. What is younger
   * stays: its fact may be on its way.
   * @returns how many imports were removed
   */
  sweep(kind: string, standing: ReadonlySet<string>, beforeMs: number): Promise<number>;
  close(): void;
}
