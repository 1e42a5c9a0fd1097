/** What the line does. It stands while a machine that stops it is broken. */
export type Activity = 'production' | 'cleaning' | 'deep cleaning' | 'standing';

/** The minute all machines live through together. */
export interface Moment {
  /** since the start of the simulation */
  minute: number;
  /** plant time, ms since 1970 */
  timeMs: number;
  activity: Activity;
  /** minutes since the activity began */
  sinceMin: number;
  /** actual share of the rated line speed: 0 while nothing is filled */
  load: number;
  /** bottles get a light cap that is closed with less torque */
  lightCap: boolean;
  /** crates are stacked higher on the conveyor */
  highCrates: boolean;
  outdoorC: number;
  /** in the production hall, heated and aired */
  hallC: number;
}

export const DAY_MIN = 1_440;

/** Approaches a value as heat does: `delayMin` is the time in which two thirds of the way are done. */
export function lagged(was: number, target: number, delayMin: number): number {
  return was + (target - was) / delayMin;
}
