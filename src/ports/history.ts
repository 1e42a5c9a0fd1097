/** Readings of one signal, row i of each column together. */
export interface SampleColumns {
  /** source time, ms since 1970 */
  timeMs: Float64Array;
  /** in the signal's canonical unit; NaN only together with quality BAD */
  value: Float64Array;
  quality: Uint8Array;
}

/** What a long read asks between two slices: how much it may bring, and whether to go on. */
export interface ReadLimits {
  maxRows: number;
  /** says why to stop, or nothing to go on */
  stop(): Error | null;
}

/** Recorded files that were imported: one Parquet file an import, in the order of the recording, apart from what was received. */
export interface HistoryStore {
  /** Writes an import and returns after fsync; the same id again replaces it. */
  write(importId: string, rows: SampleColumns, origin: Record<string, string>): Promise<void>;
  /** rows of an import with fromMs <= time <= toMs, in the order of the recording @throws what `stop` says */
  read(importId: string, fromMs: number, toMs: number, limits: ReadLimits): Promise<SampleColumns>;
  remove(importId: string): Promise<void>;
  /** removes whatever a crash left that is none of these imports; called before anything is imported */
  sweep(kept: readonly string[]): Promise<void>;
}
