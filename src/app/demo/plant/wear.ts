import { DAY_MIN } from './moment.ts';
import type { Random } from './random.ts';

/** One life of a fault, in days since the start of the simulation; it may have begun before. */
export interface Episode {
  onsetDay: number;
  /** when the machine breaks down if nobody repairs it */
  failDay: number;
  /** a piece breaks out: damage grows by `size` within minutes */
  burst?: { atMin: number; size: number };
}

/** How a fault grows. */
export interface Growth {
  /** damage = (share of the time from onset to failure) ^ power */
  power: number;
  /** damage from which a person who opens the machine finds it */
  foundFrom: number;
  /** hours a breakdown takes until the machine runs again */
  downH: number;
  /** mean days from one end to the next onset, and from onset to failure, once the told episodes are over */
  restDays: number;
  growthDays: number;
}

export interface Ended {
  failureMode: string;
  /** minute from which a person would have found it */
  foundFromMin: number;
  /** breakdown, or the end of the repair that came before it */
  endMin: number;
  /** the machine runs again */
  againMin: number;
  brokeDown: boolean;
}

/** Episodes that chance makes begin after this day, so that the told ones stay the same for every seed. */
const CHANCE_FROM_DAY = 126;
const BURST_MIN = 4;
const MAX_ENDED = 64;

/** A fault that grows from 0 (as new) to 1 (breakdown), is reset by its repair, and comes again. */
export class Wear {
  readonly failureMode: string;
  readonly growth: Growth;
  /** 0 to 1; 0 while nothing wears and while the machine is down */
  damage = 0;
  /** broken down and not yet running again */
  broken = false;
  /** minute from which a person would find the fault that is growing now; Infinity while there is nothing to find */
  foundFromMin = Number.POSITIVE_INFINITY;
  readonly ended: Ended[] = [];
  readonly #told: readonly Episode[];
  readonly #random: Random;
  #next = 0;
  #episode: Episode;
  #againMin = 0;

  constructor(failureMode: string, growth: Growth, told: readonly Episode[], random: Random) {
    this.failureMode = failureMode;
    this.growth = growth;
    this.#told = told;
    this.#random = random;
    this.#episode = this.#following(0);
  }

  step(minute: number): void {
    if (this.broken) {
      if (minute < this.#againMin) return;
      this.broken = false;
      this.#episode = this.#following(minute);
    }
    this.damage = damageOf(this.#episode, this.growth.power, minute);
    if (this.damage >= this.growth.foundFrom && minute < this.foundFromMin) this.foundFromMin = minute;
    if (minute < this.#episode.failDay * DAY_MIN) return;
    this.#againMin = minute + this.growth.downH * 60;
    this.#end(minute, true);
    this.broken = true;
  }

  /** A finished repair: as new, until the next onset. Without a fault to mend it changes nothing. */
  repaired(minute: number): void {
    if (this.broken) {
      this.#againMin = minute;
      return;
    }
    if (this.damage === 0) return;
    this.#againMin = minute;
    this.#end(minute, false);
    this.#episode = this.#following(minute);
  }

  #end(minute: number, brokeDown: boolean): void {
    const { failureMode } = this;
    const foundFromMin = Math.min(this.foundFromMin, minute);
    this.ended.push({ failureMode, foundFromMin, endMin: minute, againMin: this.#againMin, brokeDown });
    if (this.ended.length > MAX_ENDED) this.ended.shift();
    this.damage = 0;
    this.foundFromMin = Number.POSITIVE_INFINITY;
  }

  #following(minute: number): Episode {
    while (this.#next < this.#told.length) {
      const episode = this.#told[this.#next++] as Episode;
      if (episode.failDay * DAY_MIN > minute) return episode;
    }
    const { restDays, growthDays } = this.growth;
    const wait = -restDays * Math.log(1 - this.#random.uniform());
    const onsetDay = Math.max(minute / DAY_MIN, CHANCE_FROM_DAY) + wait;
    return { onsetDay, failDay: onsetDay + growthDays * (0.8 + 0.4 * this.#random.uniform()) };
  }
}

function damageOf({ onsetDay, failDay, burst }: Episode, power: number, minute: number): number {
  const share = (minute / DAY_MIN - onsetDay) / (failDay - onsetDay);
  if (share <= 0) return 0;
  const grown = power === 1 ? share : share ** power;
  const broken = burst ? burst.size * Math.min(1, Math.max(0, (minute - burst.atMin) / BURST_MIN)) : 0;
  return Math.min(1, grown + broken);
}
