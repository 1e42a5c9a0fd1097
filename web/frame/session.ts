import { reading } from '../data/queries.ts';
import { request } from '../data/request.ts';
import { type Plant, UNKNOWN_PLANT } from '../format/plant.tsx';
import type { Found } from './Palette.tsx';
import type { SignedIn } from './PersonMenu.tsx';
import type { Counts } from './places.ts';

/** What the shell asks first: who am I, which plant is this, what time is it there, what waits for me. */
export interface Session {
  person: SignedIn;
  plant: Omit<Plant, 'clockReadMs' | 'plantNowMs'>;
  /** Plant time when the server answered, epoch ms. */
  plantNowMs: number;
  counts: Counts;
}

type ReadSession = Session & { clockReadMs: number };

const asked = reading<Session>('access', '/api/v1/access/session', 'session');

export const readSession = {
  queryKey: asked.queryKey,
  queryFn: async (context: { signal: AbortSignal }): Promise<ReadSession> => ({
    ...(await asked.queryFn(context)),
    clockReadMs: Date.now(),
  }),
};

export function plantOf(session: ReadSession | undefined): Plant {
  if (!session) return UNKNOWN_PLANT;
  return { ...session.plant, plantNowMs: session.plantNowMs, clockReadMs: session.clockReadMs };
}

export function search(words: string, signal: AbortSignal): Promise<readonly Found[]> {
  return request('GET', `/api/v1/find?q=${encodeURIComponent(words)}`, { signal });
}

export function signOut(): Promise<unknown> {
  return request('POST', '/api/auth/sign-out', { body: {} });
}
