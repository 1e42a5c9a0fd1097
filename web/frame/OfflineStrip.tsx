import { useConnection, useData, useWaiting } from '../data/provider.tsx';
import { useWriter } from '../format/plant.tsx';
import { Offline } from '../parts/states.tsx';

/** "Offline since 21:31. 3 changes wait." Nothing while the stream is live and nothing waits. */
export function OfflineStrip() {
  const connection = useConnection();
  const { changes, waiting } = useData();
  const { changes: list } = useWaiting();
  const { clock } = useWriter();
  if (connection.state !== 'lost') {
    if (!list.some((change) => change.refused)) return null;
    return (
      <p className="offline" role="status">
        <span>
          <b>{list.filter((change) => change.refused).length} of your changes need a look.</b>{' '}
          <a className="link" href="/waiting">
            Open them
          </a>
        </span>
      </p>
    );
  }
  return (
    <Offline
      since={clock(connection.sinceMs)}
      waiting={list.length}
      href="/waiting"
      onTry={() => {
        changes.hurry();
        void waiting.flush();
      }}
    />
  );
}
