import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { money } from './money.ts';
import * as time from './time.ts';

/** What the shell must know of the plant to write a date, an age and an amount. */
export interface Plant {
  name: string;
  place: string;
  simulated: boolean;
  /** IANA time zone of the plant; all screens use it, wherever the reader sits. */
  zone: string;
  /** ISO 4217 */
  currency: string;
  /** Plant time at the moment `clockReadMs` of this machine's clock. */
  plantNowMs: number;
  clockReadMs: number;
  /** Plant seconds a real second; 1 on a real plant, 60 in the demo. */
  rate: number;
}

export const UNKNOWN_PLANT: Plant = {
  name: 'Plant',
  place: '',
  simulated: false,
  zone: 'UTC',
  currency: 'EUR',
  plantNowMs: Date.now(),
  clockReadMs: Date.now(),
  rate: 1,
};

const PlantContext = createContext<Plant>(UNKNOWN_PLANT);

export function PlantProvider(props: { plant: Plant; children: ReactNode }) {
  return <PlantContext value={props.plant}>{props.children}</PlantContext>;
}

export function usePlant(): Plant {
  return useContext(PlantContext);
}

/** Plant time in epoch ms, read again every `everyMs` of real time. */
export function usePlantNow(everyMs = 1_000): number {
  const plant = usePlant();
  const [clockMs, setClockMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setClockMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  // An answer may be newer than the last tick; plant time never runs back for that.
  return plant.plantNowMs + Math.max(0, clockMs - plant.clockReadMs) * plant.rate;
}

/** The writers of `time.ts` and `money.ts`, bound to this plant's zone and currency. */
export function useWriter() {
  const { zone, currency } = usePlant();
  return useMemo(
    () => ({
      money: (minor: number, style?: { signed?: boolean; cents?: boolean }) =>
        money(minor, { currency, ...style }),
      clock: (atMs: number) => time.clock(atMs, zone),
      day: (atMs: number) => time.day(atMs, zone),
      shortDay: (atMs: number) => time.shortDay(atMs, zone),
      longDay: (atMs: number) => time.longDay(atMs, zone),
      dateTime: (atMs: number) => time.dateTime(atMs, zone),
      month: (atMs: number) => time.month(atMs, zone),
      moment: (atMs: number, nowMs: number) => time.moment(atMs, nowMs, zone),
      span: time.span,
    }),
    [zone, currency],
  );
}
