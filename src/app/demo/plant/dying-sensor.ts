import { BAD, GOOD, type Quality } from '#vocabulary/quality.ts';
import { DAY_MIN } from './moment.ts';
import type { Random } from './random.ts';
import { DYING_SENSOR } from './story.ts';

const DRIFT_BAR_PER_DAY = 0.42;
const MOST_DRIFT_BAR = 2;
const NOISE_BAR = 0.16;
const NOISE_GROWS_DAYS = 4;

/** A pressure transmitter on its way out: drift and noise, then a bad quality, then silence. */
export class DyingSensor {
  /** what the device says of its last reading */
  quality: Quality = GOOD;
  #healedMin = Number.POSITIVE_INFINITY;

  /** @returns what the transmitter makes of a true value, bar; NaN = it sends nothing */
  read(bar: number, minute: number, random: Random): number {
    const noise = random.normal();
    this.quality = GOOD;
    if (!this.isDying(minute)) return bar;
    const days = minute / DAY_MIN;
    if (days >= DYING_SENSOR.silentDay) return Number.NaN;
    if (days >= DYING_SENSOR.badDay) this.quality = BAD;
    const age = days - DYING_SENSOR.driftDay;
    const drift = Math.min(MOST_DRIFT_BAR, DRIFT_BAR_PER_DAY * age);
    return bar - drift + NOISE_BAR * Math.min(1, age / NOISE_GROWS_DAYS) * noise;
  }

  isDying(minute: number): boolean {
    const days = minute / DAY_MIN;
    return days >= DYING_SENSOR.driftDay && days < DYING_SENSOR.replacedDay && minute < this.#healedMin;
  }

  /** A new transmitter. Before it began to die that changes nothing. */
  replaced(minute: number): void {
    if (this.isDying(minute)) this.#healedMin = minute;
  }
}
