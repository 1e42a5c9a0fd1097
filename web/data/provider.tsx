import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { Changes, type Connection } from './changes.ts';
import { createQueries } from './queries.ts';
import { request } from './request.ts';
import { type Waiting, WaitingChanges } from './waiting.ts';

export interface DataLayer {
  queries: ReturnType<typeof createQueries>;
  changes: Changes;
  waiting: WaitingChanges;
  /** Told once the session is known; what waits belongs to a person. */
  becomePerson: (id: string | null) => void;
}

export function createDataLayer(): DataLayer {
  const queries = createQueries();
  let personId: string | null = null;
  const waiting = new WaitingChanges(
    ({ method, path, body, idempotencyKey }) => request(method, path, { body, idempotencyKey }),
    () => personId,
  );
  return {
    queries,
    waiting,
    changes: new Changes(queries),
    becomePerson: (id) => {
      personId = id;
      void waiting.flush();
    },
  };
}

const DataContext = createContext<DataLayer | null>(null);

export function DataProvider(props: { layer: DataLayer; children: ReactNode }) {
  const { layer } = props;
  useEffect(() => {
    const wake = () => {
      layer.changes.hurry();
      void layer.waiting.flush();
    };
    const wakeWhenSeen = () => {
      if (document.visibilityState === 'visible') wake();
    };
    // A browser keeps pages that were left for going back, with their stream, and opens only six connections to one place.
    const rest = () => layer.changes.rest();
    const back = () => layer.changes.back();
    const onConnection = layer.changes.subscribe(() => {
      if (layer.changes.connection().state === 'live') void layer.waiting.flush();
    });
    void layer.waiting.flush();
    window.addEventListener('online', wake);
    window.addEventListener('focus', wake);
    window.addEventListener('pagehide', rest);
    window.addEventListener('pageshow', back);
    document.addEventListener('visibilitychange', wakeWhenSeen);
    return () => {
      onConnection();
      window.removeEventListener('online', wake);
      window.removeEventListener('focus', wake);
      window.removeEventListener('pagehide', rest);
      window.removeEventListener('pageshow', back);
      document.removeEventListener('visibilitychange', wakeWhenSeen);
    };
  }, [layer]);
  return (
    <DataContext value={layer}>
      <QueryClientProvider client={layer.queries}>{props.children}</QueryClientProvider>
    </DataContext>
  );
}

export function useData(): DataLayer {
  const layer = useContext(DataContext);
  if (!layer) throw new Error('useData needs a DataProvider above it');
  return layer;
}

export function useConnection(): Connection {
  const { changes } = useData();
  return useSyncExternalStore(changes.subscribe, changes.connection);
}

export function useWaiting(): Waiting {
  const { waiting } = useData();
  return useSyncExternalStore(waiting.subscribe, waiting.current);
}
