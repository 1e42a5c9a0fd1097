// Limits of vibration velocity by evaluation zone, as ISO 20816-3 and the older ISO 10816-1 give them.

/** mm/s RMS on the housing, 10 to 1,000 Hz (2 to 1,000 Hz from 120 to 600 rpm); upper edges of zones A, B and C. */
export interface Zones {
  aB: number;
  bC: number;
  cD: number;
}

export type VibrationStandard = 'ISO 20816-3' | 'ISO 10816-1';
export type Support = 'rigid' | 'flexible';

/** A machine as far as the standard asks about it. */
export interface VibratingMachine {
  standard: VibrationStandard;
  /** `group 1` above 300 kW, `group 2` 15 to 300 kW; of ISO 10816-1 `class I` to `class IV` */
  group: string;
  /** only for ISO 20816-3; rigid: lowest natural frequency above 1.25 x the main excitation */
  support: Support | null;
}

const ISO_20816_3: Record<string, Record<Support, Zones>> = {
  'group 1': { rigid: { aB: 2.3, bC: 4.5, cD: 7.1 }, flexible: { aB: 3.5, bC: 7.1, cD: 11 } },
  'group 2': { rigid: { aB: 1.4, bC: 2.8, cD: 4.5 }, flexible: { aB: 2.3, bC: 4.5, cD: 7.1 } },
};

const ISO_10816_1: Record<string, Zones> = {
  'class I': { aB: 0.71, bC: 1.8, cD: 4.5 },
  'class II': { aB: 1.12, bC: 2.8, cD: 7.1 },
  'class III': { aB: 1.8, bC: 4.5, cD: 11.2 },
  'class IV': { aB: 2.8, bC: 7.1, cD: 18 },
};

/** Groups that a standard knows. */
export function groupsOf(standard: VibrationStandard): string[] {
  return Object.keys(standard === 'ISO 20816-3' ? ISO_20816_3 : ISO_10816_1);
}

/** @returns null when the standard, its group and the support do not name one row of it */
export function zonesOf({ standard, group, support }: VibratingMachine): Zones | null {
  if (standard === 'ISO 10816-1') return support === null ? (ISO_10816_1[group] ?? null) : null;
  return support === null ? null : (ISO_20816_3[group]?.[support] ?? null);
}

/** What decides whether a zone fits at all. */
export interface Drive {
  powerKw: number;
  speedRpm: number;
  /** starts and stops so often that it seldom runs steadily */
  startStop: boolean;
  reciprocating: boolean;
}

const LEAST_KW = 15;
const LEAST_RPM = 600;

/** Why no zone of the standard fits this machine and its own baseline per running state does; null when one fits. */
export function whyOwnBaseline({ powerKw, speedRpm, startStop, reciprocating }: Drive): string | null {
  if (reciprocating) return 'a reciprocating machine shakes by design';
  if (powerKw < LEAST_KW) return `${powerKw} kW is below ${LEAST_KW} kW`;
  if (speedRpm < LEAST_RPM) return `${speedRpm} rpm is below ${LEAST_RPM} rpm`;
  return startStop ? 'it starts and stops too often to run steadily' : null;
}

/** A quarter of zone B/C above the machine's own steady value, and never above 1.25 x B/C. */
const ALARM_PART = 0.25;
const ALARM_AT_MOST = 1.25;

/**
 * Alarm limit from the machine's own steady value, by the usual practice with these zones.
 * @param baselineMmS own steady vibration velocity, mm/s RMS
 * @returns mm/s RMS
 */
export function alarmLimitMmS(zones: Zones, baselineMmS: number): number {
  return Math.min(baselineMmS + ALARM_PART * zones.bC, ALARM_AT_MOST * zones.bC);
}

/** The source of a limit in words; without standard, group and support a figure is no zone. */
export function zoneSource({ standard, group, support }: VibratingMachine): string {
  return [standard, group, support].filter((word) => word !== null).join(', ');
}
