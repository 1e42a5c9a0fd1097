import { Icon, type IconName } from '../parts/Icon.tsx';
import { TEXTS } from './texts.ts';
import './phone-bar.css';

const DOORS: readonly { path: string; words: string; icon: IconName }[] = [
  { path: '/', words: 'Today', icon: 'today' },
  { path: '/scan', words: TEXTS.scan, icon: 'scan' },
  { path: '/report', words: TEXTS.report, icon: 'add' },
  { path: '/plan', words: 'Plan', icon: 'clock' },
];

/** Four doors within reach of a thumb. */
export function PhoneBar(props: { path: string }) {
  return (
    <nav className="phone-bar" aria-label={TEXTS.main}>
      {DOORS.map((door) => (
        <a key={door.path} href={door.path} aria-current={props.path === door.path ? 'page' : undefined}>
          <Icon name={door.icon} size={22} />
          {door.words}
        </a>
      ))}
    </nav>
  );
}
