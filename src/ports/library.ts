import type { Rung } from '#monitor/events.ts';

/** What usually fails on a class of equipment; every interval in it is a guess to begin with. */
export interface LibraryEntry {
  /** equipment class, for example `centrifugal pump` */
  equipmentClass: string;
  name: string;
  group: string;
  position: string;
  /** ISO 14224 codes */
  iso14224: string;
  mechanism: string;
  cause: string;
  /** what to read, and in which form it says most */
  signal: string;
  feature: string;
  unit: string;
  direction: 'high' | 'low';
  /** shortest and longest usual P-F interval, ms */
  pfMs: [number, number];
  rung: Rung;
  firstAction: string;
}
