// Where a new monitor starts, by what it measures; history and people move it from there.
import type { Rung } from './events.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#vocabulary/time.ts';

/** What a signal measures. */
export type Quantity =
  | 'flow'
  | 'level'
  | 'pressure'
  | 'temperature'
  | 'motor current'
  | 'vibration velocity'
  | 'bearing envelope'
  | 'energy per unit'
  | 'other';

export interface StartingValues {
  quantity: Quantity;
  /** deadband as a share of `deadbandOf` */
  deadbandShare: number;
  deadbandOf: 'span' | 'limit';
  onDelayMs: number;
  offDelayMs: number;
  /** readings instead of a delay, where a sensor speaks seldom or only while running */
  nOfM: { n: number; m: number } | null;
  rung: Rung;
}

const WORDS: readonly [Quantity, RegExp][] = [
  ['bearing envelope', /envelope|kurtosis|\bgE\b/i],
  ['vibration velocity', /vibration|mm\/s|in\/s/i],
  ['motor current', /current|\bA\b/],
  ['energy per unit', /kWh?\s*\/|energy per/i],
  ['temperature', /temperature|°C|°F|\bK\b/i],
  ['pressure', /pressure|\bbar\b|mbar|kPa|psi/i],
  ['flow', /flow|m3\/h|m³\/h|l\/min|l\/h/i],
  ['level', /level/i],
];

/** What a signal measures, guessed from its name and unit; `other` when neither says. */
export function quantityOf(name: string, unit: string): Quantity {
  for (const text of [name, unit]) {
    const found = WORDS.find(([, words]) => words.test(text));
    if (found) return found[0];
  }
  return 'other';
}

const SLOW_SHIFTS_MS = 16 * HOUR_MS;
/** Deadband and delays by quantity: process values by the usual advice of EEMUA 191 and ISA-TR18.2, the others own practice. */
const VALUES: Record<Quantity, Omit<StartingValues, 'quantity'>> = {
  flow: of(0.05, 'span', 15 * SECOND_MS),
  level: of(0.05, 'span', MINUTE_MS),
  pressure: of(0.02, 'span', 15 * SECOND_MS),
  temperature: of(0.01, 'span', MINUTE_MS),
  'motor current': of(0.05, 'limit', 30 * SECOND_MS),
  'vibration velocity': of(0.1, 'limit', 10 * MINUTE_MS),
  'bearing envelope': { ...of(0.2, 'limit', 0), nOfM: { n: 3, m: 5 } },
  'energy per unit': { ...of(0.03, 'limit', SLOW_SHIFTS_MS), rung: 'desk look' },
  other: of(0.02, 'span', MINUTE_MS),
};

function of(
  deadbandShare: number,
  deadbandOf: 'span' | 'limit',
  delayMs: number,
): Omit<StartingValues, 'quantity'> {
  return { deadbandShare, deadbandOf, onDelayMs: delayMs, offDelayMs: delayMs, nOfM: null, rung: 'walk-by' };
}

/** @param name and unit of the signal */
export function startingValues(name: string, unit: string): StartingValues {
  const quantity = quantityOf(name, unit);
  return { quantity, ...VALUES[quantity] };
}

/**
 * A delay never hides a reading: at least two usual intervals pass before a condition is believed, unless readings are counted.
 * @param usualIntervalMs of the signal
 */
export function delayFor({ onDelayMs, nOfM }: StartingValues, usualIntervalMs: number): number {
  return nOfM ? 0 : Math.max(onDelayMs, 2 * usualIntervalMs);
}
