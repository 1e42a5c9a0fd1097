import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { delayFor, quantityOf, startingValues } from './starting-values.ts';
import { alarmLimitMmS, groupsOf, whyOwnBaseline, zoneSource, zonesOf } from './vibration-zones.ts';

describe('where a new monitor starts', () => {
  it.each([
    ['Bearing temperature', '°C', 'temperature'],
    ['P-201 DE envelope', 'gE', 'bearing envelope'],
    ['Drive end', 'mm/s', 'vibration velocity'],
    ['Motor current', 'A', 'motor current'],
    ['Specific energy', 'kWh/t', 'energy per unit'],
    ['Filler count', '1', 'other'],
  ])('reads %s in %s as %s', (name, unit, quantity) => {
    expect(quantityOf(name, unit)).toBe(quantity);
  });

  it('gives a temperature one percent of span and a minute', () => {
    expect(startingValues('Oil temperature', '°C')).toMatchObject({
      deadbandShare: 0.01,
      onDelayMs: MINUTE_MS,
    });
  });

  it('counts readings of an envelope, and waits two readings of a slow sensor', () => {
    expect(startingValues('envelope', 'gE').nOfM).toEqual({ n: 3, m: 5 });
    expect(delayFor(startingValues('Oil temperature', '°C'), HOUR_MS)).toBe(2 * HOUR_MS);
    expect(delayFor(startingValues('envelope', 'gE'), HOUR_MS)).toBe(0);
  });
});

describe('vibration zones', () => {
  it('needs standard, group and support', () => {
    expect(zonesOf({ standard: 'ISO 20816-3', group: 'group 2', support: 'rigid' })?.bC).toBe(2.8);
    expect(zonesOf({ standard: 'ISO 20816-3', group: 'group 2', support: null })).toBeNull();
    expect(zonesOf({ standard: 'ISO 10816-1', group: 'class II', support: null })?.bC).toBe(2.8);
    expect(zonesOf({ standard: 'ISO 10816-1', group: 'group 2', support: null })).toBeNull();
    expect(groupsOf('ISO 20816-3')).toEqual(['group 1', 'group 2']);
  });

  it('sets the alarm a quarter of B/C above the own value, and not above 1.25 x B/C', () => {
    const zones = { aB: 1.4, bC: 2.8, cD: 4.5 };
    expect(alarmLimitMmS(zones, 1)).toBeCloseTo(1.7);
    expect(alarmLimitMmS(zones, 4)).toBeCloseTo(3.5);
  });

  it('sends small, slow and start-stop machines to their own baseline', () => {
    const drive = { powerKw: 55, speedRpm: 1480, startStop: false, reciprocating: false };
    expect(whyOwnBaseline(drive)).toBeNull();
    expect(whyOwnBaseline({ ...drive, powerKw: 11 })).toMatch(/15 kW/);
    expect(whyOwnBaseline({ ...drive, speedRpm: 300 })).toMatch(/600 rpm/);
    expect(whyOwnBaseline({ ...drive, startStop: true })).toMatch(/steadily/);
  });

  it('names its source whole', () => {
    expect(zoneSource({ standard: 'ISO 20816-3', group: 'group 2', support: 'rigid' })).toBe(
      'ISO 20816-3, group 2, rigid',
    );
  });
});
