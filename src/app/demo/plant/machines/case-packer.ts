import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';

const EMPTY_MBAR = 1_013;
/** Pressure at which the cups hold a case, and the pump's end pressure when new. */
const HOLDS_MBAR = 350;
const END_MBAR = 180;
/** Volume of hoses and cups through the pumping speed when new, s. */
const NEW_TAU_S = 0.75;

/**
 * Case packer with vacuum cups. Pump-down of a volume against leaks: p(t) = p_end + (p_0 - p_end) e^(-t/tau), so the
 * time to the holding pressure is tau ln((p_0 - p_end) / (p_hold - p_end)); wear slows the pump and raises its end pressure.
 */
export const casePacker: MakeMachine = ({ random, wear }): Machine => ({
  asset: 'PK-105',
  signals: signalsOf('PK-105', 'filling-line', 'json', [
    ['pump-down', 's', 0.01],
    ['vacuum', 'mbar', 1],
    ['cases', '1/min', 0.1],
  ]),
  step({ load }, value, _quality, at) {
    const running = load > 0.05;
    const endMbar = END_MBAR + 70 * wear.damage;
    const tauS = NEW_TAU_S * (1 + 0.5 * wear.damage);
    const pumpDownS = tauS * Math.log((EMPTY_MBAR - endMbar) / (HOLDS_MBAR - endMbar));
    const noise = random.normal();
    value[at] = running ? pumpDownS * (1 + 0.02 * noise) : Number.NaN;
    value[at + 1] = running ? endMbar + 40 + 4 * random.normal() : EMPTY_MBAR + 0.5 * random.normal();
    value[at + 2] = Number(running) * (33 * load + 0.3 * random.normal());
  },
});
