import { BAD, GOOD, UNCERTAIN } from '#vocabulary/quality.ts';
import { type Batch, emptyBatch } from '#vocabulary/sample.ts';
import { HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import type { Random } from './random.ts';

const MAX_ROWS = 40;
/** Readings about the middle of all limits, and how far they wander. */
const SIGNALS = {
  temp: { middle: 68, width: 14 },
  vib: { middle: 8, width: 5 },
} as const;
type Name = keyof typeof SIGNALS;

/** What a machine sends: mostly in order, sometimes late, again, bad, from the future, or not at all. */
export class Machine {
  readonly #random: Random;
  readonly #places: Record<Name | 'tag', number>;
  /** trouble from 0 to 1 decides which side of its limits a signal is on */
  readonly #trouble: Record<Name, boolean> = { temp: false, vib: false };
  #number = 0;
  #tagMs = 0;

  /** @param places where the signals lie on the data plane */
  constructor(random: Random, places: Record<Name | 'tag', number>) {
    this.#random = random;
    this.#places = places;
  }

  /**
   * The next batch, sent at `nowMs`. Its last row is its number on the signal `tag`, in order and good, so that it
   * can be told apart, and is accepted once or never.
   */
  batch(nowMs: number): { number: number; batch: Batch } {
    const random = this.#random;
    const rows = random.whole(1, MAX_ROWS);
    const batch = emptyBatch(rows + 1);
    for (const name of ['temp', 'vib'] as const) {
      if (random.chance(this.#trouble[name] ? 0.25 : 0.06)) this.#trouble[name] = !this.#trouble[name];
    }
    const fromMs = nowMs - random.whole(0, 8) * MINUTE_MS;
    for (let row = 0; row < rows; row++) {
      const stepMs = Math.floor(((nowMs - fromMs) * row) / rows);
      this.#put(batch, random.pick(['temp', 'vib'] as const), fromMs + stepMs, nowMs);
    }
    this.#tagMs = Math.max(this.#tagMs + 1, nowMs);
    batch.signal[rows] = this.#places.tag;
    batch.timeMs[rows] = this.#tagMs;
    batch.value[rows] = ++this.#number;
    batch.length = rows + 1;
    return { number: this.#number, batch };
  }

  /** A batch of a signal that nobody knows: a bug of its sender, which must not stop the site. */
  unjudgeable(nowMs: number): { number: number; batch: Batch } {
    const made = this.batch(nowMs);
    made.batch.signal[0] = 99;
    return made;
  }

  #put(batch: Batch, name: Name, timeMs: number, nowMs: number): void {
    const random = this.#random;
    const row = batch.length++;
    const { middle, width } = SIGNALS[name];
    const side = this.#trouble[name] === (name === 'temp') ? -1 : 1;
    batch.signal[row] = this.#places[name];
    batch.timeMs[row] = timeMs;
    batch.value[row] = middle + side * random.next() * width;
    batch.quality[row] = GOOD;
    const kind = random.next();
    if (kind < 0.03) batch.quality[row] = UNCERTAIN;
    else if (kind < 0.06) batch.quality[row] = BAD;
    else if (kind < 0.07) {
      batch.value[row] = random.pick([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    } else if (kind < 0.08) batch.timeMs[row] = random.pick([Number.NaN, nowMs + 6 * HOUR_MS, -1, 0.5]);
    else if (kind < 0.1) batch.timeMs[row] = nowMs - random.whole(1, 300) * MINUTE_MS;
    else if (kind < 0.11) batch.value[row] = random.pick([-0, 1e308, 5e-324]);
    else if (kind < 0.14 && row > 0) batch.timeMs[row] = batch.timeMs[row - 1] as number;
    else if (kind < 0.16) batch.timeMs[row] = timeMs + 0.25;
  }
}
