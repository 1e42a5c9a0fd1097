import { DAY_MS, day, shortDay } from '../../format/time.ts';

/** Days of the plan are UTC day starts, whatever the zone of the plant. */
const PLAN_ZONE = 'UTC';

/** @returns `Tue 20 Oct` */
export function dayOfPlan(dayMs: number): string {
  return day(dayMs, PLAN_ZONE);
}

/** @returns `20 Oct` */
export function shortDayOfPlan(dayMs: number): string {
  return shortDay(dayMs, PLAN_ZONE);
}

/** @returns start of the UTC day that holds `atMs` */
export function dayStart(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}

/** The next `count` days from `fromMs` on, weekends left out: nobody plans a crew there by hand. */
export function workDays(fromMs: number, count: number): number[] {
  const days: number[] = [];
  for (let dayMs = dayStart(fromMs); days.length < count; dayMs += DAY_MS) {
    const weekday = new Date(dayMs).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.push(dayMs);
  }
  return days;
}

const ISO_DAY = /\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?\b/g;

/** Puts the days of a sentence into the form that all screens use. */
export function withDays(sentence: string): string {
  return sentence.replaceAll(ISO_DAY, (found) => {
    const atMs = Date.parse(found);
    return Number.isNaN(atMs) ? found : dayOfPlan(atMs);
  });
}
