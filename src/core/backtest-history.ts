import type { AheadRows } from '#acquire/ahead.ts';

/** History of one signal in file order; row i of every column belongs together. */
export interface History {
  /** source time, ms since 1970 */
  timeMs: Float64Array;
  /** in the signal's unit; NaN only together with quality BAD */
  value: Float64Array;
  quality: Uint8Array;
  /** receive times where they were recorded; without them each row was received at its source time */
  receivedMs?: Float64Array;
  /** what `rowsAhead` says of the rows, when it is known already; not used with `receivedMs` */
  ahead?: AheadRows;
}
