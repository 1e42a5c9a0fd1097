// The machine's clock, held against the one that only counts: a leap ahead is not believed at once.
import { MINUTE_MS } from '#vocabulary/time.ts';

/** A leap ahead by more than this between two looks is held back; less is how clocks are usually set right. */
export const LEAP_MS = 5 * MINUTE_MS;
/** A clock that has stayed at its new time for so long is believed. */
export const BELIEVED_AFTER_MS = 10 * MINUTE_MS;
/** While it is held back the clock may be slewed by this much and is still the same leap. */
const SAME_LEAP_MS = 5_000;

/** A stamp this near to the leapt time, either way, bears witness for it: devices' own clocks differ by as much. */
export const WITNESS_WITHIN_MS = 30_000;
/** So many signals have to bear witness: one device alone may be the one that is wrong. */
export const WITNESSES = 2;

/** A leap that is held back. */
export interface HeldLeap {
  /** how far the machine's clock is ahead of the time that goes on, ms */
  stepMs: number;
  /** it has stayed there for so long */
  forMs: number;
}

/** Tells the machine's time; after a leap ahead it goes on evenly until the leap is accepted. */
export class EvenClock {
  readonly #wallMs: () => number;
  readonly #countedMs: () => number;
  #lookedWallMs: number;
  #lookedCountedMs: number;
  #held: { stepMs: number; sinceMs: number } | null = null;
  /** signals whose own stamps agree with the leapt time */
  readonly #witnesses = new Set<number>();

  /** @param countedMs milliseconds that only count up, whatever the clock is set to */
  constructor(wallMs: () => number = () => Date.now(), countedMs: () => number = () => performance.now()) {
    this.#wallMs = wallMs;
    this.#countedMs = countedMs;
    this.#lookedWallMs = wallMs();
    this.#lookedCountedMs = countedMs();
  }

  nowMs(): number {
    const wallMs = this.#wallMs();
    const countedMs = this.#countedMs();
    const evenMs = this.#lookedWallMs + (countedMs - this.#lookedCountedMs);
    const stepMs = wallMs - evenMs;
    if (stepMs <= LEAP_MS) {
      this.#forget();
      this.#lookedWallMs = wallMs;
      this.#lookedCountedMs = countedMs;
      return wallMs;
    }
    if (!this.#held || Math.abs(stepMs - this.#held.stepMs) > SAME_LEAP_MS) {
      this.#forget();
      this.#held = { stepMs, sinceMs: countedMs };
    }
    return Math.floor(evenMs);
  }

  /** @returns null while the machine's clock is believed */
  held(): HeldLeap | null {
    this.nowMs();
    if (!this.#held) return null;
    const { stepMs, sinceMs } = this.#held;
    return { stepMs: Math.round(stepMs), forMs: this.#countedMs() - sinceMs };
  }

  /**
   * Hears a device's own stamp while a leap is held back. After a suspended machine wakes, the counter has stood still
   * too, and only the devices know that time went on.
   * @param signal which signal it is of
   * @param timeMs the stamp, ms since 1970
   */
  witness(signal: number, timeMs: number): void {
    const held = this.held();
    if (held && Math.abs(timeMs - this.#wallMs()) <= WITNESS_WITHIN_MS) this.#witnesses.add(signal);
  }

  /** True when the leap has stayed long enough, or enough signals are stamped with the new time. */
  believed(): boolean {
    const held = this.held();
    return held !== null && (held.forMs >= BELIEVED_AFTER_MS || this.#witnesses.size >= WITNESSES);
  }

  #forget(): void {
    this.#held = null;
    this.#witnesses.clear();
  }

  /** Goes on from what the machine's clock says now. */
  accept(): void {
    this.#forget();
    this.#lookedWallMs = this.#wallMs();
    this.#lookedCountedMs = this.#countedMs();
  }
}
