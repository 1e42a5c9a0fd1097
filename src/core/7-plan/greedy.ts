import { DAY_MS, dayStartMs, isoUtc } from '#vocabulary/time.ts';
import type { Planner } from './planner.ts';

/** No day is looked for further ahead than this. */
export const HORIZON_DAYS = 400;

/** Monday to Friday, UTC. 1 January 1970 was a Thursday. */
export function isWorkingDay(dayMs: number): boolean {
  return (Math.floor(dayMs / DAY_MS) + 3) % 7 < 5;
}

/**
 * The earliest working day with room: from tomorrow, the wished day and the arrival of the parts on, whichever is
 * last, to the day of the latest finish. Priority 1 goes today, room or not. A job larger than a whole day
 * starts on an empty one.
 * @param nowMs plant time
 */
export const proposeDay: Planner = (load, draft, nowMs) => {
  const today = dayStartMs(nowMs);
  const lastDay = dayStartMs(draft.latestFinishMs);
  const partsDay = draft.partsLeadMs > 0 ? firstDayFrom(nowMs + draft.partsLeadMs) : today;
  const wishedDay = draft.notBeforeMs === null ? today : dayStartMs(draft.notBeforeMs);
  if (draft.priority === 1 && wishedDay <= today) {
    const parts = partsDay > today ? `; parts are due ${dayWord(partsDay)} and must be hurried` : '';
    return { dayMs: today, because: `Priority Now goes today${parts}.` };
  }
  const from = Math.max(today + DAY_MS, wishedDay, partsDay);
  const what =
    from === partsDay
      ? 'once its parts are here'
      : from === wishedDay
        ? 'from the day to look again'
        : 'from tomorrow';
  const until = Math.min(lastDay, from + HORIZON_DAYS * DAY_MS);
  for (let dayMs = from; dayMs <= until; dayMs += DAY_MS) {
    if (!isWorkingDay(dayMs)) continue;
    const taken = load.takenH.get(dayMs) ?? 0;
    const free = load.capacityHPerDay - taken;
    if (draft.workH <= free) {
      return { dayMs, because: `First working day ${what} with room: ${hours(free)} h free.` };
    }
    if (taken === 0 && draft.workH > load.capacityHPerDay) {
      return { dayMs, because: `First empty day ${what}; the job is longer than a day of this crew.` };
    }
  }
  if (from > lastDay) {
    return {
      dayMs: null,
      because: `The first possible day is ${dayWord(from)}, after the latest finish ${dayWord(lastDay)}.`,
    };
  }
  return {
    dayMs: null,
    because: `No room for ${hours(draft.workH)} h on any working day until ${dayWord(lastDay)}.`,
  };
};

function firstDayFrom(atMs: number): number {
  const day = dayStartMs(atMs);
  return day < atMs ? day + DAY_MS : day;
}

function dayWord(dayMs: number): string {
  return isoUtc(dayMs).slice(0, 10);
}

function hours(value: number): string {
  return String(Math.round(value * 10) / 10);
}
