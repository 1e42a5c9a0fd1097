import { PageHead } from '../../frame/PageHead.tsx';
import { FirstParts } from './FirstParts.tsx';
import { MoreParts } from './MoreParts.tsx';
import './parts.css';

/** Every shared part in each of its states, on simulated values. */
export function PartsScreen() {
  return (
    <>
      <PageHead question="Parts" under="Every shared part in each of its states. Simulated values." />
      <div className="parts">
        <FirstParts />
        <MoreParts />
      </div>
    </>
  );
}
