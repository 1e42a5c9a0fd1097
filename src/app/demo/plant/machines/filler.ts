import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';

/** After each stop the grease of the carousel is cold and washed: the drive pulls harder for a while. */
const COLD_GREASE_PERCENT = 30;
const COLD_GREASE_MIN = 25;
const RATED_BOTTLES_MIN = 400;

/** Rotary filler whose main drive pulls harder as its bearings wear. */
export const filler: MakeMachine = ({ random, wear }): Machine => ({
  asset: 'F-101',
  signals: signalsOf('F-101', 'filling-line', 'json', [
    ['drive-torque', '%', 0.1],
    ['speed', '1/min', 1],
    ['fill-deviation', 'g', 0.01],
    ['reject-rate', '%', 0.01],
  ]),
  step({ load, activity, sinceMin }, value, _quality, at) {
    const running = load > 0.05;
    const { damage } = wear;
    const cold = activity === 'production' ? Math.exp(-sinceMin / COLD_GREASE_MIN) : 0;
    const torque = 42 + 14 * load + 34 * damage + COLD_GREASE_PERCENT * cold;
    value[at] = Number(running) * (torque + 0.7 * random.normal());
    value[at + 1] = Number(running) * (RATED_BOTTLES_MIN * load + 1.5 * random.normal());
    value[at + 2] = Number(running) * (0.8 + 0.9 * damage + 0.5 * cold + 0.06 * random.normal());
    value[at + 3] = Math.max(0, Number(running) * (0.35 + 0.6 * damage + cold + 0.08 * random.normal()));
  },
});
