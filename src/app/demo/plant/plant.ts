// A food plant that exists only here: one filling line and its utilities, minute by minute, the same for the same seed.
import type { Finding } from '#work/events.ts';
import { GOOD } from '#vocabulary/quality.ts';
import { MINUTE_MS } from '#vocabulary/time.ts';
import { Calendar, isSpecialRun } from './calendar.ts';
import { DyingSensor } from './dying-sensor.ts';
import type { Machine, PlantSignal } from './machine.ts';
import { boiler } from './machines/boiler.ts';
import { capper } from './machines/capper.ts';
import { casePacker } from './machines/case-packer.ts';
import { chiller } from './machines/chiller.ts';
import { cleaningPump } from './machines/cleaning-pump.ts';
import { compressor } from './machines/compressor.ts';
import { conveyor } from './machines/conveyor.ts';
import { filler } from './machines/filler.ts';
import { homogeniser } from './machines/homogeniser.ts';
import { labeller } from './machines/labeller.ts';
import { pasteuriser } from './machines/pasteuriser.ts';
import { productPump } from './machines/product-pump.ts';
import { DAY_MIN, type Moment } from './moment.ts';
import { Random } from './random.ts';
import { DYING_SENSOR, type FailureModeName, HISTORY_DAYS, STORY } from './story.ts';
import { truthOf } from './truth.ts';
import { Weather } from './weather.ts';
import { Wear } from './wear.ts';

/** Word for the instrument itself in `repaired`. */
const SENSOR = 'sensor';

export interface SimulatedPlant {
  readonly signals: readonly PlantSignal[];
  /** minutes since the start; 0 before the first step */
  readonly minute: number;
  /** plant time of that minute, ms since 1970 */
  readonly timeMs: number;
  /**
   * Advances one minute and writes what each signal says, in the order of `signals`: value in its unit and quality.
   * NaN = nothing is sent.
   * @param value @param quality at least as long as `signals`
   */
  step(value: Float64Array, quality: Uint8Array): void;
  /**
   * A finished repair: that fault starts as new. Names are those of the plan, without the site; the failure mode
   * `sensor` means the instrument. Without a fault to mend nothing changes.
   * @throws RangeError E-DEMO-001 for a name that the plant does not have
   */
  repaired(asset: string, failureMode: string): void;
  /** What an honest technician would answer who looked at this time; not later than the plant's own. @throws as above */
  truth(asset: string, failureMode: string, atMs: number): Finding;
}

/** A breakdown as it happens when nobody acts; times in ms since 1970. */
export interface KnownEvent {
  asset: string;
  failureMode: string;
  /** from when a person would have found the fault */
  fromMs: number;
  /** the machine runs again */
  toMs: number;
  /** the breakdown */
  atMs: number;
}

/** @param startMs plant time at minute 0; the present of the story is 120 days later */
export function createPlant(seed: number, startMs: number): SimulatedPlant {
  return new Plant(seed, startMs);
}

/**
 * Breakdowns of the first `days`, derived from the model: its faults grow with nobody to mend them. They do not depend
 * on the seed. The default is the history, in which nobody watched yet.
 */
export function knownEvents(startMs: number, days = HISTORY_DAYS): KnownEvent[] {
  const events: KnownEvent[] = [];
  for (const wear of wears(0).values()) {
    for (let minute = 0; minute <= days * DAY_MIN; minute++) wear.step(minute);
    for (const { failureMode, foundFromMin, againMin, endMin } of wear.ended) {
      events.push({
        asset: STORY[failureMode as FailureModeName].asset,
        failureMode,
        fromMs: startMs + foundFromMin * MINUTE_MS,
        toMs: startMs + againMin * MINUTE_MS,
        atMs: startMs + endMin * MINUTE_MS,
      });
    }
  }
  return events.sort((a, b) => a.atMs - b.atMs);
}

function wears(seed: number): Map<FailureModeName, Wear> {
  const made = new Map<FailureModeName, Wear>();
  for (const [name, { growth, episodes }] of Object.entries(STORY)) {
    made.set(name as FailureModeName, new Wear(name, growth, episodes, new Random(seed, name)));
  }
  return made;
}

function machines(seed: number, wear: Map<FailureModeName, Wear>, sensor: DyingSensor): Machine[] {
  const parts = (failureMode: FailureModeName) => ({
    random: new Random(seed, `${failureMode} readings`),
    wear: wear.get(failureMode) as Wear,
  });
  return [
    productPump(parts('P-201-bearing')),
    homogeniser(parts('HOM-204-plunger-seal')),
    filler(parts('F-101-main-drive')),
    conveyor(parts('CV-104-gearbox')),
    casePacker(parts('PK-105-vacuum')),
    capper(parts('C-102-torque')),
    labeller(parts('L-103-web')),
    pasteuriser(parts('HX-203-plates')),
    cleaningPump(parts('P-202-cavitation')),
    compressor(parts('CMP-301-cooler')),
    chiller(parts('CH-302-condenser')),
    boiler(parts('B-303-feed-pump'), sensor),
  ];
}

class Plant implements SimulatedPlant {
  readonly signals: readonly PlantSignal[];
  minute = 0;
  readonly #stepsPerUnit: Float64Array;
  readonly #startMs: number;
  readonly #wear: Map<FailureModeName, Wear>;
  readonly #wearList: readonly Wear[];
  readonly #sensor = new DyingSensor();
  readonly #machines: readonly Machine[];
  readonly #calendar: Calendar;
  readonly #weather: Weather;
  readonly #now: Moment;

  constructor(seed: number, startMs: number) {
    this.#startMs = startMs;
    this.#wear = wears(seed);
    this.#wearList = [...this.#wear.values()];
    this.#machines = machines(seed, this.#wear, this.#sensor);
    this.signals = this.#machines.flatMap((machine) => machine.signals);
    this.#stepsPerUnit = Float64Array.from(this.signals, ({ resolution }) => Math.round(1 / resolution));
    this.#calendar = new Calendar(new Random(seed, 'calendar'));
    this.#weather = new Weather(new Random(seed, 'weather'));
    this.#now = {
      minute: 0,
      timeMs: startMs,
      activity: 'production',
      sinceMin: 0,
      load: 0,
      lightCap: false,
      highCrates: false,
      outdoorC: 0,
      hallC: 0,
    };
  }

  get timeMs(): number {
    return this.#startMs + this.minute * MINUTE_MS;
  }

  step(value: Float64Array, quality: Uint8Array): void {
    const minute = ++this.minute;
    let standing = false;
    for (const wear of this.#wearList) {
      wear.step(minute);
      if (wear.broken) standing = true;
    }
    const now = this.#advance(minute, standing);
    quality.fill(GOOD, 0, this.signals.length);
    let at = 0;
    for (const machine of this.#machines) {
      machine.step(now, value, quality, at);
      at += machine.signals.length;
    }
    for (at = 0; at < this.#stepsPerUnit.length; at++) {
      const steps = this.#stepsPerUnit[at] as number;
      // + 0 makes a plain zero of -0
      value[at] = Math.round((value[at] as number) * steps) / steps + 0;
    }
  }

  #advance(minute: number, standing: boolean): Moment {
    const now = this.#now;
    now.minute = minute;
    now.timeMs = this.timeMs;
    this.#calendar.step(minute, now.timeMs, standing);
    this.#weather.step(now.timeMs);
    now.activity = this.#calendar.activity;
    now.sinceMin = this.#calendar.sinceMin;
    now.load = this.#calendar.load;
    now.lightCap = isSpecialRun('light caps', minute);
    now.highCrates = isSpecialRun('high crates', minute);
    now.outdoorC = this.#weather.outdoorC;
    now.hallC = this.#weather.hallC;
    return now;
  }

  repaired(asset: string, failureMode: string): void {
    if (failureMode === SENSOR && asset === DYING_SENSOR.asset) this.#sensor.replaced(this.minute);
    else this.#known(asset, failureMode).repaired(this.minute);
  }

  truth(asset: string, failureMode: string, atMs: number): Finding {
    const wear = this.#known(asset, failureMode);
    return truthOf(wear, this.#sensor, Math.round((atMs - this.#startMs) / MINUTE_MS));
  }

  #known(asset: string, failureMode: string): Wear {
    const wear = this.#wear.get(failureMode as FailureModeName);
    if (wear && STORY[failureMode as FailureModeName].asset === asset) return wear;
    throw new RangeError(
      `E-DEMO-001 the simulated plant has no failure mode "${failureMode}" on "${asset}"; use the ids of its plan, without the site`,
    );
  }
}
