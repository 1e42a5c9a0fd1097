import { DAY_MS } from '#vocabulary/time.ts';
import { lagged } from './moment.ts';
import type { Random } from './random.ts';

const YEAR_DAYS = 365.25;
/** Coldest day of the year and coldest hour of the day, northern and maritime. */
const COLDEST_DAY = 20;
const COLDEST_HOUR = 4;
const MEAN_C = 10.5;
const SEASON_C = 7;
const DAY_C = 3.5;
/** Fronts pass in days: noise that forgets over this time. */
const FRONT_MIN = 2_880;
const FRONT_C = 2.5;
const HALL_C = 20;
const HALL_DELAY_MIN = 240;
/** Share of the outdoor swing that reaches the heated hall. */
const HALL_SHARE = 0.15;

/** Outdoor temperature by season, hour and passing fronts; the hall follows slowly and little. */
export class Weather {
  outdoorC = MEAN_C;
  hallC = HALL_C;
  #frontC = 0;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  step(timeMs: number): void {
    const days = timeMs / DAY_MS;
    const keep = 1 - 1 / FRONT_MIN;
    this.#frontC = this.#frontC * keep + FRONT_C * Math.sqrt(1 - keep * keep) * this.#random.normal();
    const season = -Math.cos(((days - COLDEST_DAY) / YEAR_DAYS) * 2 * Math.PI);
    const hour = -Math.cos((days - COLDEST_HOUR / 24) * 2 * Math.PI);
    this.outdoorC = MEAN_C + SEASON_C * season + DAY_C * hour + this.#frontC;
    const hallTargetC = HALL_C + HALL_SHARE * (this.outdoorC - MEAN_C);
    this.hallC = lagged(this.hallC, hallTargetC, HALL_DELAY_MIN);
  }
}
