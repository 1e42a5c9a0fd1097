import { describe, expect, it } from 'vitest';
import { BAD, GOOD } from '#vocabulary/quality.ts';
import { DAY_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { plannedActivity } from './calendar.ts';
import { DAY_MIN, type Moment } from './moment.ts';
import { compressor } from './machines/compressor.ts';
import { conveyor } from './machines/conveyor.ts';
import { productPump } from './machines/product-pump.ts';
import { createPlant, knownEvents, type SimulatedPlant } from './plant.ts';
import { Random } from './random.ts';
import { DYING_SENSOR, NOW_DAY, STORY } from './story.ts';
import { Wear } from './wear.ts';

const START_MS = Date.UTC(2026, 6, 16, 9);

function live(
  plant: SimulatedPlant,
  untilDay: number,
  each?: (value: Float64Array, quality: Uint8Array) => void,
) {
  const value = new Float64Array(plant.signals.length);
  const quality = new Uint8Array(plant.signals.length);
  while (plant.minute < untilDay * DAY_MIN) {
    plant.step(value, quality);
    each?.(value, quality);
  }
  return { value, quality };
}

function place(plant: SimulatedPlant, name: string): number {
  const at = plant.signals.findIndex((signal) => signal.name === name);
  if (at < 0) throw new Error(`no signal ${name}`);
  return at;
}

/** Sum over everything that was sent, so that one other bit shows. */
function fingerprint(seed: number, days: number): number {
  const plant = createPlant(seed, START_MS);
  let sum = 0;
  live(plant, days, (value, quality) => {
    for (let at = 0; at < value.length; at++) {
      const sent = Number.isNaN(value[at]) ? 7 : (value[at] as number);
      sum = (sum * 31 + sent * 1_000 + (quality[at] as number)) % 1e9;
    }
  });
  return sum;
}

describe('random numbers', () => {
  it('are the same for the same seed and stream, and others otherwise', () => {
    const draw = (seed: number, stream: string): number[] => {
      const random = new Random(seed, stream);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  });

  it('have the mean and the deviation that they promise', () => {
    const random = new Random(3, 'moments');
    const n = 200_000;
    let sum = 0;
    let squares = 0;
    let uniform = 0;
    for (let i = 0; i < n; i++) {
      const x = random.normal();
      sum += x;
      squares += x * x;
      uniform += random.uniform();
    }
    expect(sum / n).toBeCloseTo(0, 1);
    expect(Math.sqrt(squares / n)).toBeCloseTo(1, 1);
    expect(uniform / n).toBeCloseTo(0.5, 2);
  });
});

describe('physics', () => {
  const calm: Moment = {
    minute: 1,
    timeMs: START_MS,
    activity: 'production',
    sinceMin: DAY_MIN,
    load: 0.9,
    lightCap: false,
    highCrates: false,
    outdoorC: 10,
    hallC: 20,
  };
  const never = () => new Wear('none', STORY['P-201-bearing'].growth, [], new Random(1, 'none'));
  /** First signal of a machine after six hours at one and the same moment. */
  const steady = (make: typeof conveyor, change: Partial<Moment>, damage = 0): number => {
    const wear = never();
    wear.damage = damage;
    const machine = make({ random: new Random(1, 'steady'), wear });
    const value = new Float64Array(machine.signals.length);
    const quality = new Uint8Array(machine.signals.length);
    let sum = 0;
    for (let i = 0; i < 360; i++) {
      machine.step({ ...calm, ...change }, value, quality, 0);
      if (i >= 300) sum += value[0] as number;
    }
    return sum / 60;
  };

  it('heats with load and with the hall', () => {
    for (const make of [conveyor, compressor]) {
      expect(steady(make, { load: 1 })).toBeGreaterThan(steady(make, { load: 0.7 }) + 3);
      expect(steady(make, { hallC: 25 })).toBeCloseTo(steady(make, { hallC: 20 }) + 5, 1);
    }
  });

  it('shakes with load and with damage, and is still when it stands', () => {
    expect(steady(productPump, { load: 1 })).toBeGreaterThan(steady(productPump, { load: 0.7 }));
    expect(steady(productPump, {}, 0.5)).toBeGreaterThan(steady(productPump, {}, 0.1) + 1);
    expect(steady(productPump, { load: 0, activity: 'standing' }, 0.5)).toBeLessThan(0.2);
  });

  it('is warmer in July than in January, and in the afternoon than before dawn', () => {
    const mean = (startMs: number, hour: number): number => {
      const plant = createPlant(5, startMs);
      const at = place(plant, 'CH-302-outdoor-temperature');
      let sum = 0;
      let n = 0;
      live(plant, 20, (value) => {
        if (new Date(plant.timeMs).getUTCHours() !== hour) return;
        sum += value[at] as number;
        n++;
      });
      return sum / n;
    };
    const july = Date.UTC(2026, 6, 1);
    expect(mean(july, 15)).toBeGreaterThan(mean(Date.UTC(2026, 0, 5), 15) + 8);
    expect(mean(july, 15)).toBeGreaterThan(mean(july, 4) + 4);
  });

  it('stops the line for the daily cleaning, and says nothing of caps that are not closed', () => {
    const plant = createPlant(1, START_MS);
    const speed = place(plant, 'F-101-speed');
    const torque = place(plant, 'C-102-closing-torque');
    let stopped = 0;
    live(plant, 1, (value) => {
      if (plannedActivity(plant.minute) !== 'cleaning') return;
      if (value[speed] === 0 && Number.isNaN(value[torque])) stopped++;
    });
    expect(stopped).toBeGreaterThan(75);
  });

  it('never cleans within three hours of the present', () => {
    for (let minute = NOW_DAY * DAY_MIN - 180; minute < NOW_DAY * DAY_MIN + 180; minute++) {
      expect(plannedActivity(minute)).toBe('production');
    }
  });
});

describe('the simulated plant', () => {
  it('has forty signals in forty places, each reading in steps of its device', () => {
    const plant = createPlant(1, START_MS);
    expect(plant.signals).toHaveLength(40);
    expect(new Set(plant.signals.map(({ topic, key }) => `${topic} ${key}`)).size).toBe(40);
    const { value } = live(plant, 0.3);
    plant.signals.forEach(({ resolution }, at) => {
      const steps = (value[at] as number) / resolution;
      expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
    });
    expect(plant.timeMs).toBe(START_MS + plant.minute * MINUTE_MS);
  });

  it('is the same for the same seed, bit for bit, and another for another', () => {
    const once = fingerprint(11, 12);
    expect(fingerprint(11, 12)).toBe(once);
    expect(fingerprint(12, 12)).not.toBe(once);
  });

  it('breaks down when nobody acts, stands, and runs again', () => {
    const plant = createPlant(1, START_MS);
    const [first] = knownEvents(START_MS).filter(({ asset }) => asset === 'P-201');
    if (!first) throw new Error('no breakdown of P-201');
    const vibration = place(plant, 'P-201-vibration');
    const at = (ms: number) => live(plant, (ms - START_MS) / DAY_MS).value[vibration] as number;
    expect(at(first.atMs - 30 * MINUTE_MS)).toBeGreaterThan(4.5);
    expect(at(first.atMs + 30 * MINUTE_MS)).toBeLessThan(0.3);
    expect(at(first.toMs + 60 * MINUTE_MS)).toBeLessThan(2.2);
  });

  it('is as new after a repair, which changes no other machine', () => {
    const left = createPlant(4, START_MS);
    const mended = createPlant(4, START_MS);
    live(left, 70);
    live(mended, 70);
    mended.repaired('P-201', 'P-201-bearing');
    const was = live(left, 70.3).value;
    const is = live(mended, 70.3).value;
    const vibration = place(left, 'P-201-vibration');
    expect(was[vibration]).toBeGreaterThan(2.8);
    expect(is[vibration]).toBeLessThan(2.2);
    left.signals.forEach(({ name }, at) => {
      if (!name.startsWith('P-201')) expect(is[at], name).toBe(was[at]);
    });
    live(mended, 78);
    expect(mended.truth('P-201', 'P-201-bearing', START_MS + 77.1 * DAY_MS)).toBe('nothing found');
  });

  it('has a transmitter that drifts, says that it is broken, and falls silent', () => {
    const plant = createPlant(1, START_MS);
    const feed = place(plant, 'B-303-feed-pressure');
    const before = live(plant, DYING_SENSOR.driftDay - 1);
    expect(before.quality[feed]).toBe(GOOD);
    expect(before.value[feed]).toBeGreaterThan(11.8);
    expect(live(plant, 114).value[feed]).toBeLessThan(11.5);
    expect(live(plant, 119.5).quality[feed]).toBe(BAD);
    expect(live(plant, NOW_DAY).value[feed]).toBeNaN();
    plant.repaired('B-303', 'sensor');
    expect(live(plant, NOW_DAY + 0.1).value[feed]).toBeGreaterThan(11.8);
  });

  it('tells what a technician would find', () => {
    const plant = createPlant(1, START_MS);
    live(plant, NOW_DAY);
    const truth = (asset: string, mode: string, day: number) =>
      plant.truth(asset, mode, START_MS + day * DAY_MS);
    expect(truth('P-201', 'P-201-bearing', 63)).toBe('as stated');
    expect(truth('P-201', 'P-201-bearing', 78)).toBe('already known');
    expect(truth('P-201', 'P-201-bearing', 95)).toBe('nothing found');
    expect(truth('C-102', 'C-102-torque', 89)).toBe('process');
    expect(truth('HOM-204', 'HOM-204-plunger-seal', 73)).toBe('nothing found');
    expect(truth('B-303', 'B-303-feed-pump', 80)).toBe('as stated');
    expect(truth('B-303', 'B-303-feed-pump', 112)).toBe('sensor');
    expect(() => truth('P-201', 'P-201-seal', 1)).toThrow('E-DEMO-001');
    expect(() => plant.repaired('P-999', 'P-201-bearing')).toThrow('E-DEMO-001');
  });

  it('goes on wearing out after the story is told', () => {
    const plant = createPlant(2, START_MS);
    const vibration = place(plant, 'P-201-vibration');
    let most = 0;
    live(plant, 400, (value) => {
      if (plant.minute > 140 * DAY_MIN) most = Math.max(most, value[vibration] as number);
    });
    expect(most).toBeGreaterThan(4.5);
  });
});

describe('known events', () => {
  it('are the breakdowns of the history, the same for every start', () => {
    const events = knownEvents(START_MS);
    const watched = events.filter(({ asset }) => asset !== 'PK-105' && asset !== 'L-103');
    expect(watched.map(({ asset }) => asset)).toEqual(['HX-203', 'C-102', 'P-201', 'CMP-301']);
    for (const { fromMs, atMs, toMs } of events) {
      expect(fromMs).toBeGreaterThanOrEqual(START_MS);
      expect(fromMs).toBeLessThan(atMs);
      expect(atMs).toBeLessThan(toMs);
      expect(atMs).toBeLessThanOrEqual(START_MS + 30 * DAY_MS);
    }
    expect(knownEvents(0).map(({ atMs }) => atMs)).toEqual(events.map(({ atMs }) => atMs - START_MS));
  });
});
