import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';

const STATIC_BAR = 1.6;
const RATED_L_H = 18_000;

/** Pump of the cleaning circuit: runs only then; a strainer that clogs lowers its suction pressure until it cavitates. */
export const cleaningPump: MakeMachine = ({ random, wear }): Machine => ({
  asset: 'P-202',
  signals: signalsOf('P-202', 'filling-line', 'plain', [
    ['suction-pressure', 'bar', 0.01],
    ['flow', 'l/h', 1],
    ['noise', 'dB', 0.1],
  ]),
  step({ activity }, value, _quality, at) {
    const running = activity === 'cleaning' || activity === 'deep cleaning';
    const { damage } = wear;
    value[at] = running
      ? 1.15 - 0.62 * damage + 0.015 * random.normal()
      : STATIC_BAR + 0.005 * random.normal();
    value[at + 1] = Number(running) * (RATED_L_H * (1 - 0.25 * damage ** 2) + 90 * random.normal());
    value[at + 2] = running ? 38 + 16 * damage ** 3 + 0.6 * random.normal() : 18 + 0.3 * random.normal();
  },
});
