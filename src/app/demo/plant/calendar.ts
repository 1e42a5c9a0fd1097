import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { type Activity, DAY_MIN, lagged } from './moment.ts';
import type { Random } from './random.ts';

/** Cleaning begins at this minute of every 24 hours since the start, so never close to the moment the story ends. */
const CLEANING_AT_MIN = 600;
const CLEANING_MIN = 90;
const DEEP_CLEANING_MIN = 480;
const DEEP_CLEANING_DAY = 12;
const DEEP_CLEANING_EVERY_DAYS = 60;
/** Speed follows its target in minutes; a stop is quick. */
const SPEED_DELAY_MIN = 6;
const STOP_DELAY_MIN = 1.5;
const SPEED_NOISE = 0.012;
const WEEKEND = 0.88;
/** Speed of the shifts that begin at 06, 14 and 22 hours. */
const EARLY = 1;
const LATE = 0.97;
const NIGHT = 0.92;

interface SpecialRun {
  kind: 'light caps' | 'high crates';
  /** since the start; begins an hour after that day's cleaning */
  day: number;
  hours: number;
  /** the failure mode that it looks like */
  fools: string;
}

const SPECIAL_RUNS: readonly SpecialRun[] = [
  { kind: 'high crates', day: 45, hours: 7, fools: 'CV-104-gearbox' },
  { kind: 'light caps', day: 88, hours: 14, fools: 'C-102-torque' },
];
const AFTER_CLEANING_MIN = CLEANING_AT_MIN + CLEANING_MIN + 60;

/** Load profile of the line: three shifts, slower at the weekend, a cleaning each day and a deep one at times. */
export class Calendar {
  activity: Activity = 'production';
  sinceMin = DAY_MIN;
  load = 0;
  #noise = 0;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** @param standing a broken machine stops the line */
  step(minute: number, timeMs: number, standing: boolean): void {
    const activity = standing ? 'standing' : plannedActivity(minute);
    this.sinceMin = activity === this.activity ? this.sinceMin + 1 : 0;
    this.activity = activity;
    this.#noise = this.#noise * 0.95 + SPEED_NOISE * 0.31 * this.#random.normal();
    const target = activity === 'production' ? shiftSpeed(timeMs) + this.#noise : 0;
    this.load = lagged(this.load, target, target === 0 ? STOP_DELAY_MIN : SPEED_DELAY_MIN);
    if (this.load < 0.01) this.load = 0;
  }
}

/** What the line would do at this minute if nothing were broken. */
export function plannedActivity(minute: number): Activity {
  const day = Math.floor(minute / DAY_MIN);
  const inCleaning = minute - day * DAY_MIN - CLEANING_AT_MIN;
  if (inCleaning < 0 || inCleaning >= DEEP_CLEANING_MIN) return 'production';
  const deep = day % DEEP_CLEANING_EVERY_DAYS === DEEP_CLEANING_DAY;
  if (deep) return 'deep cleaning';
  return inCleaning < CLEANING_MIN ? 'cleaning' : 'production';
}

export function isSpecialRun(kind: SpecialRun['kind'], minute: number): boolean {
  return SPECIAL_RUNS.some((run) => run.kind === kind && overlaps(run, minute, minute));
}

/** Whether the plant ran something, between the two minutes, that looks like this failure and is none. */
export function hadSpecialRun(failureMode: string, fromMin: number, toMin: number): boolean {
  return SPECIAL_RUNS.some((run) => run.fools === failureMode && overlaps(run, fromMin, toMin));
}

function overlaps({ day, hours }: SpecialRun, fromMin: number, toMin: number): boolean {
  const beginMin = day * DAY_MIN + AFTER_CLEANING_MIN;
  return fromMin < beginMin + hours * 60 && toMin >= beginMin;
}

function shiftSpeed(timeMs: number): number {
  const hour = (timeMs % DAY_MS) / HOUR_MS;
  const weekday = (Math.floor(timeMs / DAY_MS) + 3) % 7;
  const shift = hour < 6 || hour >= 22 ? NIGHT : hour < 14 ? EARLY : LATE;
  return weekday < 5 ? shift : shift * WEEKEND;
}
