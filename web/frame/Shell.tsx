import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useData } from '../data/provider.tsx';
import { whenSignedOut } from '../data/request.ts';
import { PlantProvider } from '../format/plant.tsx';
import { Frame } from './Frame.tsx';
import { OfflineStrip } from './OfflineStrip.tsx';
import { plantOf, readSession, search, signOut } from './session.ts';
import { StandingProvider } from './standing.tsx';

/** Paths that a person without a session may see. */
const OPEN_PATHS = ['/sign-in', '/parts'];

/** Joins the frame with the session, the stream and the router. */
export function Shell() {
  const router = useRouter();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { changes, becomePerson } = useData();
  const open = OPEN_PATHS.includes(path);
  const session = useQuery({ ...readSession, enabled: !open });
  const go = useCallback((to: string) => router.history.push(to), [router]);
  const person = session.data?.person ?? null;
  const personId = person?.id ?? null;

  useEffect(() => {
    whenSignedOut(() => {
      const from = router.state.location.href;
      if (!OPEN_PATHS.includes(router.state.location.pathname)) {
        router.history.replace(`/sign-in?from=${encodeURIComponent(from)}`);
      }
    });
  }, [router]);

  useEffect(() => {
    becomePerson(personId);
    if (personId === null) return;
    changes.open();
    return () => changes.close();
  }, [personId, becomePerson, changes]);

  return (
    <PlantProvider plant={plantOf(session.data)}>
      <StandingProvider>
        <Frame
          path={path}
          go={go}
          person={person}
          counts={session.data?.counts ?? {}}
          strip={open ? null : <OfflineStrip />}
          search={search}
          {...(person ? { onSignOut: () => void signOut().then(() => go('/sign-in')) } : {})}
        >
          <Outlet />
        </Frame>
      </StandingProvider>
    </PlantProvider>
  );
}
