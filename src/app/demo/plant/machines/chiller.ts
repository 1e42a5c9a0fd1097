import { batchedSignalsOf, type Machine, type MakeMachine } from '../machine.ts';
import { lagged } from '../moment.ts';

/** After a cleaning the warm plant has to be cooled down again. */
const PULL_DOWN = 1.1;
const PULL_DOWN_MIN = 35;

/**
 * Glycol chiller with an air-cooled condenser: heat to reject over (clean) surface gives the approach, dust on the fins
 * adds to it; power follows the lift from glycol to condensing temperature.
 */
export const chiller: MakeMachine = ({ random, wear }): Machine => {
  let approachK = 4;
  let glycolC = -1;
  return {
    asset: 'CH-302',
    signals: batchedSignalsOf('CH-302', 'utilities', [
      ['condenser-approach', 'K', 0.01],
      ['glycol-temperature', '°C', 0.01],
      ['power', 'kW', 0.1],
      ['outdoor-temperature', '°C', 0.1],
    ]),
    step(now, value, _quality, at) {
      const pull = now.activity === 'production' ? PULL_DOWN * Math.exp(-now.sinceMin / PULL_DOWN_MIN) : 0;
      const heat = 0.35 + 0.65 * now.load + pull;
      approachK = lagged(approachK, heat * (4.1 + 4.6 * wear.damage), 10);
      glycolC = lagged(glycolC, -2 + 1.3 * Math.max(0, heat - 1), 20);
      const liftK = Math.max(15, now.outdoorC + approachK - glycolC + 8);
      value[at] = Math.max(0, approachK + 0.07 * random.normal());
      value[at + 1] = glycolC + 0.04 * random.normal();
      value[at + 2] = 9 + 1.55 * heat * liftK + 0.5 * random.normal();
      value[at + 3] = now.outdoorC + 0.1 * random.normal();
    },
  };
};
