import type { Batch } from '#vocabulary/sample.ts';
import type { History } from './backtest-history.ts';

/** Other signals of a monitor on their way into its history, each row before the first own row that is not older. */
export class OtherRows {
  readonly #others: readonly History[];
  readonly #next: number[];

  /** @param others in the order of `otherSignals`, each ordered by time; signal i of the batch is `others[i - 1]` */
  constructor(others: readonly History[]) {
    this.#others = others;
    this.#next = others.map(() => 0);
  }

  /** The same batch with what the others said up to each of its rows; rows of signal 0 are the own ones. */
  mergedInto(own: Batch): Batch {
    const lastMs = own.timeMs.reduce((last, timeMs) => Math.max(last, timeMs), Number.NEGATIVE_INFINITY);
    const room = own.length + this.#others.reduce((sum, _, i) => sum + this.#countTo(i, lastMs), 0);
    const merged: Batch = {
      signal: new Uint32Array(room),
      timeMs: new Float64Array(room),
      value: new Float64Array(room),
      quality: new Uint8Array(room),
      length: 0,
    };
    for (let row = 0; row < own.length; row++) {
      this.#others.forEach((other, i) => this.#put(merged, other, i, own.timeMs[row] as number));
      put(merged, 0, own, row);
    }
    return merged;
  }

  #countTo(i: number, lastMs: number): number {
    const { timeMs } = this.#others[i] as History;
    let end = this.#next[i] as number;
    while (end < timeMs.length && (timeMs[end] as number) <= lastMs) end++;
    return end - (this.#next[i] as number);
  }

  #put(merged: Batch, other: History, i: number, toMs: number): void {
    let row = this.#next[i] as number;
    for (; row < other.timeMs.length && (other.timeMs[row] as number) <= toMs; row++)
      put(merged, i + 1, other, row);
    this.#next[i] = row;
  }
}

function put(
  merged: Batch,
  signal: number,
  from: Pick<History, 'timeMs' | 'value' | 'quality'>,
  row: number,
): void {
  const at = merged.length++;
  merged.signal[at] = signal;
  merged.timeMs[at] = from.timeMs[row] as number;
  merged.value[at] = from.value[row] as number;
  merged.quality[at] = from.quality[row] as number;
}
