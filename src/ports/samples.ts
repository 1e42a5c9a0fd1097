import type { HistoryStore, ReadLimits, SampleColumns } from './history.ts';

/** Rows of one or several signals in intake order; what the archive writes. */
export interface ArchivedRows {
  intakeSeq: Float64Array;
  signal: Uint32Array;
  timeMs: Float64Array;
  receivedMs: Float64Array;
  value: Float64Array;
  quality: Uint8Array;
  /** ACCEPTED or MARK_* of vocabulary/sample.ts */
  mark: Uint8Array;
  length: number;
}

/** A series for a screen: raw points, or one min/max/mean triple per bucket when there are too many. */
export interface Series {
  timeMs: number[];
  /** raw value, or the bucket's mean */
  value: (number | null)[];
  min: (number | null)[] | null;
  max: (number | null)[] | null;
  /** bucket width, ms; 0 = raw */
  bucketMs: number;
  /** rows that were not accepted in the range, by mark */
  notAccepted: { bad: number; late: number; repeated: number; future: number };
}

/** Accepted readings of a signal, oldest first. */
export interface AcceptedRows extends SampleColumns {
  /** raw readings received before this have expired, ms; null when none have in the range */
  expiredToMs: number | null;
}

export const MAX_SERIES_POINTS = 4_000;

/** Where samples rest: Parquet files that people can read with their own tools. */
export interface SampleStore {
  /** Writes rows as an immutable file and returns after fsync. */
  write(rows: ArchivedRows): Promise<void>;
  /** highest intakeSeq that rests in fsynced files */
  archivedThrough(): Promise<number>;
  /** accepted samples of a signal, from..to source time, oldest first, at most maxPoints (<= MAX_SERIES_POINTS) */
  series(signal: number, fromMs: number, toMs: number, maxPoints: number): Promise<Series>;
  /** all rows with from <= intakeSeq <= to, in intake order, for replay */
  rows(fromIntakeSeq: number, toIntakeSeq: number): Promise<ArchivedRows>;
  /** accepted samples with fromMs <= source time <= toMs, for a backtest @throws what `limits.stop` says */
  accepted(signal: number, fromMs: number, toMs: number, limits: ReadLimits): Promise<AcceptedRows>;
  /** recorded files that were imported; they rest beside what was received */
  readonly history: HistoryStore;
  /** copies the raw window around an alert into the evidence folder, where retention does not reach */
  keepEvidence(alertId: string, signal: number, fromMs: number, toMs: number): Promise<void>;
  /** joins the files of each UTC day that ended before `beforeMs` into one @returns days joined */
  compact(beforeMs: number): Promise<number>;
  /** what `expireRaw` would drop: the end of the last day (ms) and its last input; null when nothing is that old */
  expirable(beforeMs: number): Promise<{ untilMs: number; throughSeq: number } | null>;
  /** drops raw files of days that ended by `beforeMs`; roll-ups and evidence stay @returns files dropped */
  expireRaw(beforeMs: number): Promise<number>;
  close(): Promise<void>;
}
