import type { DesignMeaning } from '../../../src/api/contract.ts';
import { DAY_MS } from '../../format/time.ts';
import { PriorityShape } from '../../parts/PriorityBadge.tsx';
import { ComputedSlot } from '../../parts/Slot.tsx';
import { type Definition, RESPONSE_START, type SentencePart } from './design-data.ts';
import { spanWords } from './span-words.ts';
import { TypedSlot, ListSlot } from './SlotField.tsx';
import { PRIORITY_WORD, TEXTS } from './texts.ts';

/** Who does what within which time, and the priority that follows from it. */
export function ResponseWords(props: SentencePart & { meaning: DesignMeaning | undefined }) {
  const { definition, choices, onDefinition, readOnly, meaning } = props;
  const { response } = definition;
  const crew = choices.crews.find((one) => one.crewId === response?.crewId);
  const set = (change: Partial<NonNullable<Definition['response']>>) => {
    const before = response ?? {
      ...RESPONSE_START,
      firstAction: TEXTS.firstLook,
      crewId: choices.crews[0]?.crewId ?? '',
    };
    onDefinition({ ...definition, response: { ...before, ...change } });
  };
  return (
    <>
      <TypedSlot
        label={TEXTS.firstAction}
        asks={TEXTS.doWhat}
        words={response?.firstAction ?? null}
        readOnly={readOnly}
        value={response?.firstAction ?? ''}
        onType={(firstAction) => set({ firstAction })}
      />{' '}
      by{' '}
      <ListSlot
        label={TEXTS.crew}
        asks={TEXTS.whom}
        words={crew?.name ?? null}
        readOnly={readOnly}
        chosen={crew?.crewId ?? null}
        options={choices.crews.map((one) => ({ value: one.crewId, words: one.name }))}
        onChoose={(crewId) => set({ crewId })}
      />{' '}
      within{' '}
      <TypedSlot
        label={TEXTS.within}
        asks={TEXTS.howLong}
        words={response ? spanWords(response.withinMs) : null}
        readOnly={readOnly}
        value={response ? String(response.withinMs / DAY_MS) : '2'}
        step={1}
        unit={TEXTS.days}
        onType={(value) => set({ withinMs: Math.max(0, Math.round(Number(value) * DAY_MS)) })}
      />
      {meaning ? (
        <>
          {' '}
          <ComputedSlot reason={meaning.priorityBecause}>
            <PriorityShape priority={meaning.priority} size={18} /> {PRIORITY_WORD[meaning.priority]}
          </ComputedSlot>
        </>
      ) : null}
    </>
  );
}

/** What the people of production can do while the crew is on its way. */
export function ProductionWords({ definition, onDefinition, readOnly }: SentencePart) {
  const { response } = definition;
  if (!response) return null;
  const can = response.productionCan ?? [];
  return (
    <>
      . Production can{' '}
      <TypedSlot
        label={TEXTS.productionCan}
        asks={TEXTS.canWhat}
        words={can.length > 0 ? can.join(', or ') : null}
        readOnly={readOnly}
        value={can.join('; ')}
        onType={(text) => {
          const list = text.split(';').map((one) => one.trim());
          const productionCan = list.filter((one) => one !== '').slice(0, MAX_ACTIONS);
          onDefinition({ ...definition, response: { ...response, productionCan } });
        }}
      />
    </>
  );
}

/** Things production can do; the plant keeps no more. */
const MAX_ACTIONS = 10;
