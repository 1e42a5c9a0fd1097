import { Fragment, type ReactNode } from 'react';
import type { MonitorView } from '../../../src/api/contract.ts';
import { useWriter } from '../../format/plant.tsx';
import { useNames } from '../../frame/people.ts';
import { PriorityShape } from '../../parts/PriorityBadge.tsx';
import { ComputedSlot, Sentence, Slot } from '../../parts/Slot.tsx';
import { TEXTS } from './texts.ts';

type Part = MonitorView['sentence'][number];

/** Slots that a new version may fill in another way. */
const CHANGEABLE = new Set(['limit', 'on-delay', 'after']);

/** The monitor in one sentence. What may be changed opens its form; what is missing asks. */
export function MonitorSentence(props: { view: MonitorView; onChange: (() => void) | null }) {
  const { view, onChange } = props;
  return (
    <Sentence>
      {view.sentence.map((part, place) => (
        <Fragment key={place}>
          {place > 0 && !/^[.,]/.test(part.text) ? ' ' : null}
          <PartOf part={part} view={view} onChange={onChange} />
        </Fragment>
      ))}
    </Sentence>
  );
}

function PartOf(props: { part: Part; view: MonitorView; onChange: (() => void) | null }) {
  const { part, view, onChange } = props;
  const text = useText(part.text);
  if (part.slot === null) return text;
  if (part.slot === 'priority') {
    return (
      <ComputedSlot reason={TEXTS.computed}>
        <PriorityShape priority={view.priority} size={18} /> {text}
      </ComputedSlot>
    );
  }
  const empty = part.text.endsWith('?');
  if (part.calculated && !empty) return <ComputedSlot reason={TEXTS.hourCost}>{text}</ComputedSlot>;
  if (onChange && CHANGEABLE.has(part.slot)) {
    return (
      <Slot onOpen={onChange} empty={empty}>
        {text}
      </Slot>
    );
  }
  const name = empty ? 'slot slot-fixed slot-empty' : 'slot slot-fixed';
  if (part.slot === 'asset' || part.slot === 'failure mode') {
    return (
      <a className={name} href={`/strategy/asset/${view.assetId}`}>
        {text}
      </a>
    );
  }
  return <span className={name}>{text}</span>;
}

/** `person:<id>` becomes the name, `money:<minor>/h` the amount. */
function useText(text: string): ReactNode {
  const name = useNames();
  const { money } = useWriter();
  if (text.startsWith('person:')) return name(text.slice('person:'.length));
  const amount = /^money:(-?\d+)(.*)$/.exec(text);
  return amount ? `${money(Number(amount[1]))}${amount[2]}` : text;
}
