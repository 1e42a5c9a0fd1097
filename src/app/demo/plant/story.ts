// When what wears out, in days since the start: 30 of history, 90 through the log, then the present begins.
import { DAY_MIN } from './moment.ts';
import type { Episode, Growth } from './wear.ts';

export const HISTORY_DAYS = 30;
/** The present of the demo, days after the start of the simulation. */
export const NOW_DAY = 120;

/** Minutes after the present at which a piece breaks out of the bearing of P-201. */
const SPALL_AFTER_MIN = 21;

export interface Fault {
  asset: string;
  growth: Growth;
  episodes: readonly Episode[];
}

const grows = (
  power: number,
  foundFrom: number,
  downH: number,
  restDays: number,
  growthDays: number,
): Growth => ({ power, foundFrom, downH, restDays, growthDays });

const life = (onsetDay: number, failDay: number): Episode => ({ onsetDay, failDay });

/** By failure mode, as the plan calls it. */
export const STORY = {
  'P-201-bearing': {
    asset: 'P-201',
    growth: grows(2, 0.2, 6.5, 40, 30),
    episodes: [
      life(-10, 24),
      life(43, 77),
      { ...life(107, 134), burst: { atMin: NOW_DAY * DAY_MIN + SPALL_AFTER_MIN, size: 0.2 } },
    ],
  },
  'HOM-204-plunger-seal': {
    asset: 'HOM-204',
    growth: grows(1.5, 0.3, 8, 60, 18),
    episodes: [life(87, 106)],
  },
  'F-101-main-drive': {
    asset: 'F-101',
    growth: grows(1.5, 0.3, 5, 70, 30),
    episodes: [life(25, 57)],
  },
  'CV-104-gearbox': {
    asset: 'CV-104',
    growth: grows(1.3, 0.3, 4, 80, 20),
    episodes: [life(66, 86)],
  },
  'PK-105-vacuum': {
    asset: 'PK-105',
    growth: grows(2, 0.3, 2.5, 40, 20),
    episodes: [life(-4, 15), life(38, 58), life(82, 101)],
  },
  'C-102-torque': {
    asset: 'C-102',
    growth: grows(1.2, 0.3, 3, 50, 14),
    episodes: [life(9, 23), life(62, 77), life(112.6, 127.6)],
  },
  'P-202-cavitation': {
    asset: 'P-202',
    growth: grows(1.2, 0.3, 2, 90, 16),
    episodes: [life(58, 75)],
  },
  'CMP-301-cooler': {
    asset: 'CMP-301',
    growth: grows(1, 0.3, 4, 45, 18),
    episodes: [life(9, 27), life(42, 60)],
  },
  'CH-302-condenser': {
    asset: 'CH-302',
    growth: grows(1, 0.3, 4, 50, 36),
    episodes: [life(94.5, 130.5)],
  },
  'HX-203-plates': {
    asset: 'HX-203',
    growth: grows(1, 0.3, 5, 18, 18),
    episodes: [life(3, 20), life(36, 54), life(107.8, 126)],
  },
  'B-303-feed-pump': {
    asset: 'B-303',
    growth: grows(1.3, 0.3, 5, 90, 32),
    episodes: [life(62, 94)],
  },
  'L-103-web': {
    asset: 'L-103',
    growth: grows(1, 0.5, 0.4, 20, 0.1),
    episodes: [life(7.3, 7.4), life(33.8, 33.9), life(61.2, 61.3), life(97.6, 97.7)],
  },
} satisfies Record<string, Fault>;

export type FailureModeName = keyof typeof STORY;

/** The transmitter of the boiler's feed pressure dies, in days since the start. */
export const DYING_SENSOR = {
  asset: 'B-303',
  failureMode: 'B-303-feed-pump',
  /** zero drifts down and noise grows */
  driftDay: 108,
  /** it says itself that it is broken */
  badDay: 119.2,
  /** 104 minutes before the present nothing comes any more */
  silentDay: NOW_DAY - 104 / DAY_MIN,
  /** its keeper replaces it in the weekly sensor order, if nobody did before */
  replacedDay: 122,
} as const;
