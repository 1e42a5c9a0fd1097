import type { Clock } from '#ports/clock.ts';
import { EvenClock, type HeldLeap } from './even-clock.ts';

/**
 * How plant time is told. `machine`: as the machine's clock, but for a leap ahead that is not believed yet. `scaled`: from a moment on, `rate` times as fast.
 * `driven`: it stands still until somebody moves it (recorded data, tests).
 */
export type ClockSpec =
  | { kind: 'machine' }
  | { kind: 'scaled'; machineMs: number; plantMs: number; rate: number }
  | { kind: 'driven'; plantMs: number };

/** Longest single timer; a later due is asked again then (setTimeout overflows at 2^31 ms). */
const MAX_TIMER_MS = 3_600_000;

/** A clock that can be told anew, and that wakes callers at a plant time. */
export class PlantClock implements Clock {
  #spec: ClockSpec;
  #waiting = new Set<{ atMs: number; call: () => void; timer: NodeJS.Timeout | null }>();

  readonly #machine: EvenClock;

  constructor(spec: ClockSpec, machine = new EvenClock()) {
    this.#spec = spec;
    this.#machine = machine;
  }

  /** A leap of the machine's clock that plant time does not follow yet; null when there is none. */
  held(): HeldLeap | null {
    return this.#spec.kind === 'machine' ? this.#machine.held() : null;
  }

  /** A device's own stamp, which may bear witness for a leap that is held back. */
  witness(signal: number, timeMs: number): void {
    if (this.#spec.kind === 'machine') this.#machine.witness(signal, timeMs);
  }

  /** True when a leap that is held back is to be followed. */
  believed(): boolean {
    return this.#spec.kind === 'machine' && this.#machine.believed();
  }

  /** Follows the leap from now on; waiting calls are kept. */
  accept(): void {
    this.#machine.accept();
    this.set(this.#spec);
  }

  get spec(): ClockSpec {
    return this.#spec;
  }

  nowMs(): number {
    const spec = this.#spec;
    if (spec.kind === 'machine') return this.#machine.nowMs();
    if (spec.kind === 'driven') return spec.plantMs;
    return Math.floor(spec.plantMs + (Date.now() - spec.machineMs) * spec.rate);
  }

  /** Tells the time by another rule from now on; waiting calls are kept. */
  set(spec: ClockSpec): void {
    this.#spec = spec;
    for (const wait of this.#waiting) this.#arm(wait);
  }

  at(atMs: number, call: () => void): () => void {
    const wait = { atMs, call, timer: null };
    this.#waiting.add(wait);
    this.#arm(wait);
    return () => this.#forget(wait);
  }

  stop(): void {
    for (const wait of this.#waiting) this.#forget(wait);
  }

  #arm(wait: { atMs: number; call: () => void; timer: NodeJS.Timeout | null }): void {
    if (wait.timer) clearTimeout(wait.timer);
    const spec = this.#spec;
    const rate = spec.kind === 'scaled' ? spec.rate : spec.kind === 'machine' ? 1 : 0;
    const leftMs = wait.atMs - this.nowMs();
    if (rate === 0 && leftMs > 0) {
      wait.timer = null;
      return;
    }
    const sleepMs = leftMs <= 0 ? 0 : Math.min(Math.ceil(leftMs / rate), MAX_TIMER_MS);
    wait.timer = setTimeout(() => {
      if (this.nowMs() < wait.atMs) this.#arm(wait);
      else {
        this.#forget(wait);
        wait.call();
      }
    }, sleepMs);
    wait.timer.unref();
  }

  #forget(wait: { atMs: number; call: () => void; timer: NodeJS.Timeout | null }): void {
    if (wait.timer) clearTimeout(wait.timer);
    this.#waiting.delete(wait);
  }
}
