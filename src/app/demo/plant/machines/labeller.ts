import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';

/** Labeller: the web tears without warning, is threaded again in minutes, and is left to fail by decision. */
export const labeller: MakeMachine = ({ random, wear }): Machine => ({
  asset: 'L-103',
  signals: signalsOf('L-103', 'filling-line', 'plain', [
    ['web-tension', 'N', 0.1],
    ['label-rate', '1/min', 1],
  ]),
  step({ load }, value, _quality, at) {
    const running = load > 0.05;
    value[at] = Number(running) * (18 + 2.5 * load + (0.5 + 1.5 * wear.damage) * random.normal());
    value[at + 1] = Number(running) * (400 * load + 2 * random.normal());
  },
});
