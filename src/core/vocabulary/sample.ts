/**
 * A columnar batch of samples: row i is (signal[i], timeMs[i], value[i], quality[i]).
 * Rows keep arrival order. Samples never become objects on the hot path.
 */
export interface Batch {
  /** index of the signal in the site's signal register, not its id */
  signal: Uint32Array;
  /** source time, ms since 1970 */
  timeMs: Float64Array;
  /** in the signal's canonical unit; NaN only together with quality BAD */
  value: Float64Array;
  /** GOOD, UNCERTAIN or BAD */
  quality: Uint8Array;
  length: number;
}

/** Largest batch that enters the intake log in one entry. */
export const MAX_BATCH_SAMPLES = 500;

/** What became of each sample, one byte a row, kept beside it in the sample store. */
export const ACCEPTED = 0;
export const MARK_BAD = 1;
export const MARK_LATE = 2;
export const MARK_REPEATED = 3;
export const MARK_FUTURE = 4;

export function emptyBatch(capacity: number): Batch {
  return {
    signal: new Uint32Array(capacity),
    timeMs: new Float64Array(capacity),
    value: new Float64Array(capacity),
    quality: new Uint8Array(capacity),
    length: 0,
  };
}
