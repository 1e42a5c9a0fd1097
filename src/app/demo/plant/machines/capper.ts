import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';

/** A light cap is closed with less torque, and so are the first caps after a stop, Nm. */
const LIGHT_CAP_NM = 0.45;
const COLD_NM = 0.55;
const COLD_MIN = 12;

/** Capper whose magnetic clutch drifts: closing torque falls and spreads. While nothing is closed nothing is sent. */
export const capper: MakeMachine = ({ random, wear }): Machine => ({
  asset: 'C-102',
  signals: signalsOf('C-102', 'filling-line', 'json', [
    ['closing-torque', 'Nm', 0.01],
    ['torque-spread', 'Nm', 0.001],
    ['reject-rate', '%', 0.01],
  ]),
  step({ load, activity, sinceMin, lightCap }, value, _quality, at) {
    const running = load > 0.05;
    const { damage } = wear;
    const cold = activity === 'production' ? COLD_NM * Math.exp(-sinceMin / COLD_MIN) : 0;
    const torqueNm = 2.2 - 0.8 * damage - cold - (lightCap ? LIGHT_CAP_NM : 0);
    const noise = random.normal();
    const spread = random.normal();
    const rejects = random.normal();
    value[at] = running ? torqueNm + 0.025 * noise : Number.NaN;
    value[at + 1] = running ? Math.max(0, 0.08 + 0.09 * damage + 0.006 * spread) : Number.NaN;
    value[at + 2] = running ? Math.max(0, 0.3 + 0.9 * damage ** 2 + 0.07 * rejects) : Number.NaN;
  },
});
