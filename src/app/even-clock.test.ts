import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { BELIEVED_AFTER_MS, EvenClock, LEAP_MS, WITNESS_WITHIN_MS } from './even-clock.ts';

let wallMs = 0;
let countedMs = 0;
let clock: EvenClock;
/** Time passes; the clock on the wall may be set meanwhile. */
function pass(ms: number, setMs = 0): void {
  countedMs += ms;
  wallMs += ms + setMs;
}
beforeEach(() => {
  wallMs = Date.UTC(2026, 10, 23);
  countedMs = 500;
  clock = new EvenClock(
    () => wallMs,
    () => countedMs,
  );
});

describe('a clock that is held against a counter', () => {
  it('follows the wall while it runs, is set a little, or is set back', () => {
    pass(MINUTE_MS);
    expect(clock.nowMs()).toBe(wallMs);
    pass(MINUTE_MS, LEAP_MS - 1);
    expect(clock.nowMs()).toBe(wallMs);
    pass(MINUTE_MS, -HOUR_MS);
    expect(clock.nowMs()).toBe(wallMs);
    expect(clock.held()).toBeNull();
  });

  it('goes on evenly after a leap, however often it is asked, and says how far and how long', () => {
    const before = clock.nowMs();
    pass(1_000, HOUR_MS);
    expect(clock.nowMs()).toBe(before + 1_000);
    for (let n = 0; n < 60; n++) {
      pass(1_000);
      expect(clock.nowMs()).toBe(before + 2_000 + n * 1_000);
    }
    expect(clock.held()).toEqual({ stepMs: HOUR_MS, forMs: 60_000 });
  });

  it('counts anew after another leap, and forgets a leap that was set right again', () => {
    pass(1_000, HOUR_MS);
    clock.nowMs();
    pass(BELIEVED_AFTER_MS);
    expect(clock.held()?.forMs).toBe(BELIEVED_AFTER_MS);
    pass(1_000, HOUR_MS);
    expect(clock.held()).toEqual({ stepMs: 2 * HOUR_MS, forMs: 0 });
    pass(1_000, -2 * HOUR_MS);
    expect(clock.held()).toBeNull();
    expect(clock.nowMs()).toBe(wallMs);
  });

  it('believes a leap as soon as stamps of two signals speak for it, as after a suspended machine wakes', () => {
    pass(0, HOUR_MS);
    clock.nowMs();
    clock.witness(1, wallMs - 1_000);
    clock.witness(1, wallMs);
    clock.witness(2, wallMs - HOUR_MS);
    clock.witness(3, wallMs - WITNESS_WITHIN_MS - 1);
    clock.witness(4, wallMs + WITNESS_WITHIN_MS + 1);
    expect(clock.believed()).toBe(false);
    clock.witness(2, wallMs + 500);
    expect(clock.believed()).toBe(true);
    clock.accept();
    expect(clock.believed()).toBe(false);
  });

  it('hears witnesses for one leap only, and without any believes what has lasted', () => {
    clock.witness(1, wallMs);
    clock.witness(2, wallMs);
    pass(1_000, HOUR_MS);
    clock.nowMs();
    expect(clock.believed()).toBe(false);
    clock.witness(1, wallMs);
    pass(1_000, HOUR_MS);
    clock.witness(2, wallMs);
    expect(clock.believed()).toBe(false);
    pass(BELIEVED_AFTER_MS);
    expect(clock.believed()).toBe(true);
  });

  it('follows the leap once it is accepted', () => {
    pass(1_000, HOUR_MS);
    clock.nowMs();
    clock.accept();
    expect(clock.nowMs()).toBe(wallMs);
    pass(1_000);
    expect(clock.nowMs()).toBe(wallMs);
  });
});
