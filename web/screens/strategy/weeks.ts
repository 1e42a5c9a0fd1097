import { DAY_MS } from '../../format/time.ts';

const WEEK_MS = 7 * DAY_MS;

/** ISO week of a moment, `2026-W48`: the week of its Thursday. */
export function isoWeek(atMs: number): string {
  const weekday = (new Date(atMs).getUTCDay() + 6) % 7;
  const thursday = new Date(atMs + (3 - weekday) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / WEEK_MS) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** `count` weeks from the one that holds `nowMs`. */
export function comingWeeks(nowMs: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => isoWeek(nowMs + n * WEEK_MS));
}
