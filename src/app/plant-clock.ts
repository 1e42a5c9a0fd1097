import type { Clock } from '#ports/clock.ts';

/**
 * How plant time is told. `machine`: as the machine's clock. `scaled`: from a moment on, `rate` times as fast.
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

  constructor(spec: ClockSpec) {
    this.#spec = spec;
  }

  get spec(): ClockSpec {
    return this.#spec;
  }

  nowMs(): number {
    const spec = this.#spec;
    if (spec.kind === 'machine') return Date.now();
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
