import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';
import { lagged } from '../moment.ts';

/** Rinse water finds its way into the cup below the seal, ml/min. */
const RINSE_ML_MIN = 13.5;

/** Homogeniser whose plunger seal leaks more as it wears; the leak cup also catches the rinse of each cleaning. */
export const homogeniser: MakeMachine = ({ random, wear }): Machine => {
  let oilC = 35;
  let leakMlMin = 1.5;
  return {
    asset: 'HOM-204',
    signals: signalsOf('HOM-204', 'filling-line', 'json', [
      ['seal-leak', 'ml/min', 0.1],
      ['pressure', 'bar', 0.1],
      ['oil-temperature', '°C', 0.1],
      ['power', 'kW', 0.1],
    ]),
    step(now, value, _quality, at) {
      const { load } = now;
      const rinsed = now.activity === 'cleaning' || now.activity === 'deep cleaning';
      const seal = (1.5 + 15 * wear.damage) * (0.4 + 0.6 * load);
      leakMlMin = lagged(leakMlMin, rinsed ? RINSE_ML_MIN + seal * 0.4 : seal, 8);
      value[at] = Math.max(0, leakMlMin + 0.25 * random.normal());
      value[at + 1] = Math.max(
        0,
        Number(load > 0.05) * (175 + 25 * load - 12 * wear.damage + 1.2 * random.normal()),
      );
      oilC = lagged(oilC, now.hallC + 31 * load, 60);
      value[at + 2] = oilC + 0.2 * random.normal();
      value[at + 3] = Math.max(0, Number(load > 0.05) * (12 + 63 * load + 0.8 * random.normal()));
    },
  };
};
