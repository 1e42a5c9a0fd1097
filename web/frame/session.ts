import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Me, PersonView, StrategyView, TodayView } from '../../src/api/contract.ts';
import { PlantClock } from '../data/plant-clock.ts';
import { reading } from '../data/queries.ts';
import { request } from '../data/request.ts';
import { type Plant, UNKNOWN_PLANT } from '../format/plant.tsx';
import type { MenuChoice, SignedIn } from './PersonMenu.tsx';
import type { Counts } from './places.ts';

export const readMe = reading<Me>('access', '/api/v1/access/me');
export const readToday = reading<TodayView>('today', '/api/v1/today');
export const readStrategy = reading<StrategyView>('strategy', '/api/v1/strategy');
export const readPeople = reading<{ people: PersonView[] }>('access', '/api/v1/access/people');

export interface SessionHandle {
  me: Me | null;
  person: SignedIn | null;
  plant: Plant;
  counts: Counts;
}

/** Who looks, at which plant, at what time there. @param asked false on pages that need no session */
export function useSession(asked: boolean): SessionHandle {
  const [clock] = useState(() => new PlantClock());
  const told = useSyncExternalStore(clock.subscribe, clock.told);
  const me = useQuery({ ...readMe, enabled: asked, staleTime: 60_000 });
  const may = (word: string) =>
    asked && (me.data?.mayRead as readonly string[] | undefined)?.includes(word) === true;
  const [today, strategy] = useQueries({
    queries: [
      { ...readToday, enabled: may('today') },
      { ...readStrategy, enabled: may('strategy'), staleTime: 60_000 },
    ],
  });
  const { data: head, dataUpdatedAt: heardMs } = today;
  useEffect(() => {
    if (head) clock.hear(head.nowMs, heardMs);
  }, [clock, head, heardMs]);
  const site = strategy.data?.plant ?? me.data?.plant ?? null;
  const plant = useMemo<Plant>(
    () => ({
      ...UNKNOWN_PLANT,
      ...(site
        ? {
            name: site.name,
            place: site.line,
            zone: site.timeZone,
            currency: site.currency,
            simulated: site.simulated,
          }
        : {}),
      ...told,
    }),
    [site, told],
  );
  const person = useMemo(() => (me.data ? signedIn(me.data) : null), [me.data]);
  return { me: me.data ?? null, person, plant, counts: head?.waiting ?? {} };
}

function signedIn(me: Me): SignedIn {
  const role = me.roles.join(', ') || 'no role yet';
  return { id: me.personId, name: me.name || 'No name', role: role.charAt(0).toUpperCase() + role.slice(1) };
}

/** In the demo: the simulated people whose eyes one can look through, as entries of the person's menu. */
export function useEyes(me: Me | null): readonly MenuChoice[] {
  const queries = useQueryClient();
  return (me?.eyes ?? []).map((one) => ({
    words: `${one.name}, ${one.roles.join(', ')}`,
    chosen: one.personId === me?.personId,
    onChoose: () => {
      void request('POST', '/api/v1/access/switch', { body: { personId: one.personId } }).then(() =>
        queries.resetQueries(),
      );
    },
  }));
}

export function signOut(): Promise<unknown> {
  return request('POST', '/api/v1/access/sign-out', { body: {} });
}
