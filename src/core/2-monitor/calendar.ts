// Working days and worked shifts: how long people have to answer. Days are UTC days, like those of the plan.
import type { Shift } from '#strategy/events.ts';
import { DAY_MS, dayStartMs, MINUTE_MS } from '#vocabulary/time.ts';

/** Shifts of a crew that has not said when it works: a usual week of five day shifts. */
export const USUAL_SHIFTS: readonly Shift[] = [1, 2, 3, 4, 5].map((day) => ({
  day,
  startMin: 6 * 60,
  endMin: 14 * 60,
}));

/** 1 Monday .. 7 Sunday; 1 January 1970 was a Thursday. */
function weekday(dayMs: number): number {
  return ((dayMs / DAY_MS + 3) % 7) + 1;
}

/** `days` working days (Monday to Friday) after `fromMs`, at the same time of day; a weekend day counts as its Friday. */
export function workingDaysLaterMs(fromMs: number, days: number): number {
  let atMs = fromMs;
  for (let left = days; left > 0; ) {
    atMs += DAY_MS;
    if (weekday(dayStartMs(atMs)) <= 5) left--;
  }
  return atMs;
}

/** Search no further than this for a worked shift. */
const HORIZON_DAYS = 15;

/**
 * End of the `n`-th shift that a crew works from `nowMs` on; the one that is running counts as the first.
 * @param shifts weekly pattern; [] never ends, so the answer is Infinity
 */
export function endOfWorkedShiftMs(shifts: readonly Shift[], nowMs: number, n: number): number {
  const ends: number[] = [];
  for (let day = -1; day < HORIZON_DAYS; day++) {
    const dayMs = dayStartMs(nowMs) + day * DAY_MS;
    for (const shift of shifts) {
      if (shift.day !== weekday(dayMs)) continue;
      const overnight = shift.endMin <= shift.startMin ? DAY_MS : 0;
      const endMs = dayMs + shift.endMin * MINUTE_MS + overnight;
      if (endMs > nowMs) ends.push(endMs);
    }
  }
  return ends.sort((a, b) => a - b)[n - 1] ?? Number.POSITIVE_INFINITY;
}
