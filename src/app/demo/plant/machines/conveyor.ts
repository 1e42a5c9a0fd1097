import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';
import { lagged } from '../moment.ts';

/** Crates stacked twice as high make the belt heavier. */
const HIGH_CRATES_LOAD = 0.8;

/** Conveyor whose gearbox runs hot: temperature rise over the hall with load, more as its oil ages and bearings wear. */
export const conveyor: MakeMachine = ({ random, wear }): Machine => {
  let oilC = 45;
  return {
    asset: 'CV-104',
    signals: signalsOf('CV-104', 'filling-line', 'plain', [
      ['gearbox-temperature', '°C', 0.1],
      ['motor-current', 'A', 0.01],
      ['belt-speed', 'm/s', 0.001],
    ]),
    step(now, value, _quality, at) {
      const weight = now.load * (1 + (now.highCrates ? HIGH_CRATES_LOAD : 0));
      const running = now.load > 0.05;
      oilC = lagged(oilC, now.hallC + 28 * weight + 26 * wear.damage * now.load, 40);
      value[at] = oilC + 0.3 * random.normal();
      value[at + 1] = Number(running) * (2.1 + 4.6 * weight + 0.5 * wear.damage + 0.06 * random.normal());
      value[at + 2] = Number(running) * (0.62 * now.load + 0.003 * random.normal());
    },
  };
};
