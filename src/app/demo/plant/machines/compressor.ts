import { type Machine, type MakeMachine, signalsOf } from '../machine.ts';
import { lagged, type Moment } from '../moment.ts';

/** Pipes are blown out at the end of each cleaning: the compressor gives all it has for a while. */
const BLOW_OUT_FROM_MIN = 55;
const BLOW_OUT_AIR = 1.6;
const STANDBY_AIR = 0.35;
/** Its own control unloads it before it trips, °C. */
const UNLOADS_C = 113;

/** Air compressor: discharge temperature rises with air, with the hall, and with the dirt on its oil cooler. */
export const compressor: MakeMachine = ({ random, wear }): Machine => {
  let dischargeC = 80;
  return {
    asset: 'CMP-301',
    signals: signalsOf('CMP-301', 'utilities', 'json', [
      ['discharge-temperature', '°C', 0.1],
      ['pressure', 'bar', 0.01],
      ['power', 'kW', 0.1],
    ]),
    step(now, value, _quality, at) {
      const air = airOf(now);
      const { damage } = wear;
      const hotC = now.hallC + 34 + 28 * air + 30 * damage * (0.5 + 0.5 * Math.min(1, air));
      dischargeC = lagged(dischargeC, Math.min(UNLOADS_C, hotC), 9);
      value[at] = dischargeC + 0.3 * random.normal();
      value[at + 1] = 7.2 - 0.35 * Math.max(0, air - 0.8) + 0.03 * random.normal();
      value[at + 2] = 14 + 41 * air * (1 + 0.05 * damage) + 0.6 * random.normal();
    },
  };
};

function airOf({ activity, sinceMin, load }: Moment): number {
  const cleaning = activity === 'cleaning' || activity === 'deep cleaning';
  if (cleaning) return sinceMin >= BLOW_OUT_FROM_MIN && sinceMin < 90 ? BLOW_OUT_AIR : STANDBY_AIR;
  return STANDBY_AIR + (1 - STANDBY_AIR) * load;
}
