import type { DyingSensor } from '../dying-sensor.ts';
import { type Machine, type MachineParts, signalsOf } from '../machine.ts';
import { lagged } from '../moment.ts';

/** Heating up the cleaning circuit takes much steam, and feed water with it. */
const HEATING_MIN = 25;
const HEATING_STEAM = 1.9;

/** Steam boiler: the feed pump's pressure falls with delivery and with its wear; its transmitter is a device of its own. */
export function boiler({ random, wear }: MachineParts, sensor: DyingSensor): Machine {
  let steam = 1;
  return {
    asset: 'B-303',
    signals: signalsOf('B-303', 'utilities', 'json', [
      ['feed-pressure', 'bar', 0.01],
      ['steam-pressure', 'bar', 0.01],
      ['stack-temperature', '°C', 0.1],
    ]),
    step(now, value, quality, at) {
      const cleaning = now.activity === 'cleaning' || now.activity === 'deep cleaning';
      const wanted = cleaning && now.sinceMin < HEATING_MIN ? HEATING_STEAM : 0.3 + 0.7 * now.load;
      steam = lagged(steam, wanted, 6);
      const feedBar = wear.broken
        ? 0.8
        : 13.9 - 1.3 * steam ** 2 - 2.8 * wear.damage + 0.04 * random.normal();
      value[at] = sensor.read(feedBar, now.minute, random);
      quality[at] = sensor.quality;
      value[at + 1] = (wear.broken ? 4 : 8.1) - 0.25 * Math.max(0, steam - 0.8) + 0.03 * random.normal();
      value[at + 2] = 148 + 34 * steam + 0.3 * (now.hallC - 20) + 0.6 * random.normal();
    },
  };
}
