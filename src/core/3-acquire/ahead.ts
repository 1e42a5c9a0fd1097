import { BAD } from '#vocabulary/quality.ts';
import { FUTURE_TOLERANCE_MS } from '#vocabulary/time.ts';

/** Rows of a recorded file that were stamped ahead of their time, and when they must have been received. */
export interface AheadRows {
  row: Uint32Array;
  receivedMs: Float64Array;
  /** the latest time among all other rows, -Infinity without any */
  endMs: number;
}

/** How many of the following rows are asked, and how many of them have to agree. */
const ASKED = 3;
const AGREE = 2;

/**
 * Finds stamps that lie ahead of what follows them. A live sample is *future* against its receive time;
 * a recorded file has none, and taking the stamp for it would let one wrong stamp make every later row
 * late. So the rows that follow bear witness: a row is ahead when at least two of the next three (all,
 * where fewer remain) lie more than the future tolerance before it while they are in order with what
 * was accepted before. The second half keeps a clock that steps back apart: there the rows that follow
 * lie before the last accepted one, and they, not this row, are wrong.
 * @param timeMs ms since 1970, in file order
 */
export function rowsAhead(timeMs: Float64Array, quality: Uint8Array): AheadRows {
  const rows: number[] = [];
  const received: number[] = [];
  let acceptedMs = Number.NEGATIVE_INFINITY;
  let endMs = Number.NEGATIVE_INFINITY;
  const last = timeMs.length - 1;
  for (let i = 0; i <= last; i++) {
    const t = timeMs[i] as number;
    if (t > acceptedMs && quality[i] !== BAD) {
      const next = afterPlainRun(timeMs, quality, i);
      if (next > i) {
        acceptedMs = timeMs[next - 1] as number;
        if (acceptedMs > endMs) endMs = acceptedMs;
        i = next - 1;
        continue;
      }
      const witnessMs = firstWitness(timeMs, i, acceptedMs);
      if (witnessMs !== null) {
        rows.push(i);
        received.push(witnessMs);
        continue;
      }
      acceptedMs = t;
    }
    if (t > endMs) endMs = t;
  }
  return { row: Uint32Array.from(rows), receivedMs: Float64Array.from(received), endMs };
}

/**
 * Passes rows that are good, in order, and not more than the tolerance before either of the next two: no two of the
 * next three can speak for them being ahead. Kept free of calls and of state, because nearly all rows end here.
 * @returns the first row from `from` on that has to be looked at
 */
function afterPlainRun(timeMs: Float64Array, quality: Uint8Array, from: number): number {
  const end = timeMs.length - 2;
  let i = from;
  while (
    i < end &&
    (timeMs[i + 1] as number) > (timeMs[i] as number) &&
    (timeMs[i + 2] as number) >= (timeMs[i] as number) - FUTURE_TOLERANCE_MS &&
    quality[i] !== BAD
  ) {
    i++;
  }
  return i;
}

function firstWitness(timeMs: Float64Array, i: number, acceptedMs: number): number | null {
  const limitMs = (timeMs[i] as number) - FUTURE_TOLERANCE_MS;
  const end = Math.min(timeMs.length, i + 1 + ASKED);
  let first: number | null = null;
  let witnesses = 0;
  for (let j = i + 1; j < end; j++) {
    const t = timeMs[j] as number;
    if (t < limitMs && t >= acceptedMs) {
      witnesses++;
      first ??= t;
    }
  }
  return witnesses > 0 && witnesses >= Math.min(AGREE, end - i - 1) ? first : null;
}
