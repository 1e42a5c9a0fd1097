import type { ReactNode } from 'react';
import './slot.css';

/** A sentence people fill in. Slots stand in it as words. */
export function Sentence(props: { children: ReactNode }) {
  return <p className="sentence">{props.children}</p>;
}

/** A slot that opens an editor in place; an empty one asks in the accent colour. */
export function Slot(props: { children: ReactNode; empty?: boolean; onOpen: () => void }) {
  return (
    <button type="button" className={props.empty ? 'slot slot-empty' : 'slot'} onClick={props.onOpen}>
      {props.children}
    </button>
  );
}

/** A slot that is worked out from the others; focus shows why. */
export function ComputedSlot(props: { children: ReactNode; reason: string }) {
  return (
    <button type="button" className="slot slot-computed" title={props.reason}>
      {props.children}
      <span className="unseen">, {props.reason}</span>
    </button>
  );
}
