import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useData } from '../data/provider.tsx';
import { whenSignedOut } from '../data/request.ts';
import { PlantProvider } from '../format/plant.tsx';
import { Frame } from './Frame.tsx';
import { searchIn } from './finding.ts';
import { OfflineStrip } from './OfflineStrip.tsx';
import { RemoveDemo } from './RemoveDemo.tsx';
import { signOut, useEyes, useSession } from './session.ts';
import { StandingProvider } from './standing.tsx';

/** Paths that a person without a session may see, and that show no rail. */
const DOORS = ['/sign-in', '/enter'];
const OPEN_PATHS = [...DOORS, '/parts'];

/** Joins the frame with the session, the stream and the router. */
export function Shell() {
  const router = useRouter();
  const queries = useQueryClient();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { changes, becomePerson } = useData();
  const open = OPEN_PATHS.includes(path);
  const { me, person, plant, counts } = useSession(!open);
  const eyes = useEyes(me);
  const go = useCallback((to: string) => router.history.push(to), [router]);
  const search = useMemo(() => searchIn(queries, me), [queries, me]);
  const [removing, setRemoving] = useState(false);
  const personId = me?.personId ?? null;

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

  const leave = async () => {
    await signOut();
    queries.clear();
    go('/sign-in');
  };

  return (
    <PlantProvider plant={plant}>
      {DOORS.includes(path) ? (
        <main id="content">
          <Outlet />
        </main>
      ) : (
        <StandingProvider>
          <Frame
            path={path}
            go={go}
            person={person}
            counts={counts}
            strip={open ? null : <OfflineStrip />}
            search={search}
            menu={eyes}
            {...(person ? { onSignOut: () => void leave() } : {})}
            {...(me?.demo ? { onRemoveDemo: () => setRemoving(true) } : {})}
          >
            <Outlet />
            <RemoveDemo
              opened={removing}
              onClose={() => setRemoving(false)}
              onRemoved={() => {
                setRemoving(false);
                queries.clear();
                go('/sign-in');
              }}
            />
          </Frame>
        </StandingProvider>
      )}
    </PlantProvider>
  );
}
