import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';
import { DAY_MIN, lagged } from '../moment.ts';

/** Film that a day of product leaves and the next cleaning removes, K of approach. */
const FILM_K_PER_DAY = 0.35;
/** Scale that cleaning does not remove, K of approach when the product can no longer be heated. */
const SCALE_K = 3.4;
/** Hot caustic against cold water, K; after it nothing is heated. */
const CAUSTIC_K = 7.2;
const CAUSTIC_MIN = 85;

/**
 * Plate heat exchanger. Fouling adds thermal resistance, and at constant duty the temperature difference grows with
 * it: approach = duty (1/UA + R_fouling). A film comes back each day, the scale stays until somebody cleans by hand.
 */
export const pasteuriser: MakeMachine = ({ random, wear }): Machine => {
  let filmK = 0;
  let approachK = 2.4;
  return {
    asset: 'HX-203',
    signals: signalsOf('HX-203', 'filling-line', 'json', [
      ['approach', 'K', 0.01],
      ['product-temperature', '°C', 0.01],
      ['pressure-drop', 'bar', 0.001],
      ['steam', 'kg/h', 1],
    ]),
    step(now, value, _quality, at) {
      const cleaning = now.activity === 'cleaning' || now.activity === 'deep cleaning';
      filmK = cleaning ? filmK * 0.95 : filmK + (FILM_K_PER_DAY / DAY_MIN) * now.load;
      const caustic = cleaning && now.sinceMin < CAUSTIC_MIN;
      const foulingK = filmK + SCALE_K * wear.damage;
      const target = caustic ? CAUSTIC_K : now.load * (2.2 + foulingK);
      approachK = lagged(approachK, target, 5);
      value[at] = Math.max(0, approachK + 0.06 * random.normal());
      value[at + 1] =
        74 * Math.min(1, now.load * 3) + now.hallC * Math.max(0, 1 - now.load * 3) + 0.05 * random.normal();
      value[at + 2] = Math.max(0, now.load ** 2 * (0.62 + 0.1 * foulingK) + 0.006 * random.normal());
      value[at + 3] = Math.max(0, 640 * now.load * (1 + 0.015 * foulingK) + 5 * random.normal());
    },
  };
};
