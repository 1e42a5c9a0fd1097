import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';
import { lagged, type Moment } from '../moment.ts';

/** Water runs free through the pump while the cleaning is flushed out: it shakes for some minutes. */
const FLUSH_FROM_MIN = 70;
const FLUSH_MIN = 9;
const FLUSH_MM_S = 3.6;
const CLEANING_LOAD = 0.6;
const RATED_L_H = 12_000;

/**
 * Pump whose drive-end bearing wears: velocity RMS grows with load and with damage, the bearing warms late (domain
 * reference 5.2, 5.3).
 */
export const productPump: MakeMachine = ({ random, wear }): Machine => {
  let bearingC = 40;
  return {
    asset: 'P-201',
    signals: signalsOf('P-201', 'filling-line', 'json', [
      ['vibration', 'mm/s', 0.01],
      ['bearing-temperature', '°C', 0.1],
      ['flow', 'l/h', 1],
      ['power', 'kW', 0.01],
    ]),
    step(now, value, _quality, at) {
      const load = loadOf(now);
      const { damage } = wear;
      const flush = isFlushed(now);
      const running = load > 0.05;
      const shaking = flush
        ? FLUSH_MM_S
        : running
          ? 1.1 + 0.65 * load + 3.4 * damage * (0.7 + 0.3 * load)
          : 0.12;
      value[at] = Math.max(0, shaking + (running ? 0.035 : 0.01) * random.normal());
      bearingC = lagged(bearingC, now.hallC + 34 * load + 26 * damage ** 4 * load, 45);
      value[at + 1] = bearingC + 0.15 * random.normal();
      value[at + 2] = Number(running) * (RATED_L_H * load * (1 + 0.006 * random.normal()));
      value[at + 3] = Number(running) * (3.1 + 8.2 * load ** 3 + 0.6 * damage + 0.05 * random.normal());
    },
  };
};

function loadOf({ activity, load }: Moment): number {
  return activity === 'cleaning' || activity === 'deep cleaning' ? CLEANING_LOAD : load;
}

function isFlushed({ activity, sinceMin }: Moment): boolean {
  const cleaning = activity === 'cleaning' || activity === 'deep cleaning';
  return cleaning && sinceMin >= FLUSH_FROM_MIN && sinceMin < FLUSH_FROM_MIN + FLUSH_MIN;
}
