import type { ReactNode } from 'react';
import { FindingShape } from './FindingMark.tsx';
import { Icon } from './Icon.tsx';
import './gate-list.css';

export interface GateItem {
  id: string;
  met: boolean;
  /** What is there, or what is missing. */
  words: string;
  /** Who supplied it, or who can. */
  who?: string;
  /** How to mend it, with the code of the refusal. */
  mend?: string;
  code?: string;
  href?: string;
}

/** One line per condition of the gate. The caller shows the count in the panel's aside by `gateCount`. */
export function GateList(props: { items: readonly GateItem[] }) {
  return (
    <ul className="gate">
      {props.items.map((item) => (
        <li key={item.id} className={item.met ? undefined : 'gate-missing'}>
          {item.met ? <Icon name="tick" size={18} /> : <FindingShape finding="not-checked" size={16} />}
          <span>
            <span className="unseen">{item.met ? 'met: ' : 'missing: '}</span>
            {item.href ? <a href={item.href}>{item.words}</a> : item.words}
            {item.who ? <span className="mute gate-who"> {item.who}</span> : null}
            {gateMend(item)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function gateMend(item: GateItem): ReactNode {
  if (item.met || !item.mend) return null;
  return (
    <span className="gate-mend">
      {item.mend}
      {item.code ? <span className="mute"> {item.code}</span> : null}
    </span>
  );
}

/** "9 of 11" */
export function gateCount(items: readonly GateItem[]): string {
  return `${items.filter((item) => item.met).length} of ${items.length}`;
}
