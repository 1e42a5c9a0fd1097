import { counted } from '../../format/number.ts';
import { Age } from '../../parts/Age.tsx';
import { Icon } from '../../parts/Icon.tsx';
import './signals-word.css';

/** "1 of 23 signals not valid, newest reading 2 s ago": whether what the screen says can be believed. */
export function SignalsWord(props: { signals: number; notValid: number; newestMs: number | null }) {
  const { signals, notValid, newestMs } = props;
  return (
    <a className="signals-word small" href="/acquire">
      {notValid > 0 ? <Icon name="unseen" /> : null}
      <span>
        {notValid > 0
          ? `${notValid} of ${counted(signals, 'signal', 'signals')} not valid`
          : `${counted(signals, 'signal', 'signals')} valid`}
        <span className="mute">
          {newestMs === null ? (
            ', no reading yet'
          ) : (
            <>
              , newest reading <Age atMs={newestMs} />
            </>
          )}
        </span>
      </span>
    </a>
  );
}
