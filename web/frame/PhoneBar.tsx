import type { ReadWord } from '../../src/api/contract.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { useRights } from './people.ts';
import { TEXTS } from './texts.ts';
import './phone-bar.css';

/** `reads` is what the screen behind the door has to be allowed to read. */
const DOORS: readonly { path: string; words: string; icon: IconName; reads: ReadWord }[] = [
  { path: '/', words: 'Today', icon: 'today', reads: 'today' },
  { path: '/scan', words: TEXTS.scan, icon: 'scan', reads: 'strategy' },
  { path: '/report', words: TEXTS.report, icon: 'add', reads: 'strategy' },
  { path: '/plan', words: 'Plan', icon: 'clock', reads: 'plan' },
];

/** Four doors within reach of a thumb; a guest sees only those that open. */
export function PhoneBar(props: { path: string }) {
  const { me, mayRead } = useRights();
  const doors = DOORS.filter((door) => !me || mayRead(door.reads));
  return (
    <nav className="phone-bar" aria-label={TEXTS.main}>
      {doors.map((door) => (
        <a key={door.path} href={door.path} aria-current={props.path === door.path ? 'page' : undefined}>
          <Icon name={door.icon} size={22} />
          {door.words}
        </a>
      ))}
    </nav>
  );
}
