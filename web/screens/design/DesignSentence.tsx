import { useQuery } from '@tanstack/react-query';
import type { DesignMeaning } from '../../../src/api/contract.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { MINUTE_MS } from '../../format/time.ts';
import { shortId } from '../../format/id.ts';
import { useRights } from '../../frame/people.ts';
import { readPeople } from '../../frame/session.ts';
import { ComputedSlot, Sentence } from '../../parts/Slot.tsx';
import { type Condition, conditionOfKind, type SentencePart, stepOf } from './design-data.ts';
import { ProductionWords, ResponseWords } from './ResponseWords.tsx';
import { spanWords } from './span-words.ts';
import { ListSlot, TypedSlot } from './SlotField.tsx';
import { TEXTS } from './texts.ts';

/** The monitor in one sentence; each slot opens its list or field where it stands. */
export function DesignSentence(
  props: SentencePart & { meaning: DesignMeaning | undefined; keepsSignal: boolean },
) {
  const { definition, choices, onDefinition, readOnly, keepsSignal } = props;
  const mode = choices.failureModes.find((one) => one.failureModeId === definition.failureModeId);
  const signal = choices.signals.find((one) => one.signalId === definition.signalId);
  return (
    <Sentence>
      When{' '}
      <ListSlot
        label={TEXTS.signal}
        asks={TEXTS.whichSignal}
        words={signal?.name ?? null}
        readOnly={keepsSignal}
        chosen={signal?.signalId ?? null}
        options={choices.signals.map((one) => ({
          value: one.signalId,
          words: `${one.name}, ${shortId(one.assetId)} ${one.assetName}`,
        }))}
        onChoose={(signalId) => onDefinition({ ...definition, signalId })}
      />{' '}
      of{' '}
      <span className="slot design-fixed">
        {signal ? `${shortId(signal.assetId)} ${signal.assetName}` : TEXTS.whichAsset}
      </span>{' '}
      <ConditionWords {...props} />, then <ResponseWords {...props} />, because{' '}
      <ListSlot
        label={TEXTS.failureMode}
        asks={TEXTS.whatFails}
        words={mode?.name ?? null}
        readOnly={readOnly}
        chosen={mode?.failureModeId ?? null}
        options={choices.failureModes
          .filter((one) => one.assetId === signal?.assetId || one.failureModeId === definition.failureModeId)
          .map((one) => ({ value: one.failureModeId, words: `${one.name}, ${one.position}` }))}
        onChoose={(failureModeId) => onDefinition({ ...definition, failureModeId })}
      />{' '}
      costs <HourCost minor={mode?.stopHourMinor ?? null} />
      <ProductionWords {...props} />. Answers: <OwnerSlot {...props} />
    </Sentence>
  );
}

function HourCost({ minor }: { minor: number | null }) {
  const { money } = useWriter();
  return (
    <ComputedSlot reason={TEXTS.hourCost}>
      {minor === null ? TEXTS.howMuch : `${money(minor)}/h`}
    </ComputedSlot>
  );
}

function OwnerSlot({ definition, onDefinition, readOnly }: SentencePart) {
  const { mayRead } = useRights();
  const { data } = useQuery({ ...readPeople, enabled: mayRead('people'), staleTime: 60_000 });
  const people = data?.people.filter((one) => !one.left && !one.erased) ?? [];
  const owner = data?.people.find((one) => one.personId === definition.owner);
  return (
    <ListSlot
      label={TEXTS.owner}
      asks={TEXTS.who}
      words={owner?.name ?? (definition.owner ? shortId(definition.owner) : null)}
      readOnly={readOnly}
      chosen={definition.owner}
      options={people.map((one) => ({ value: one.personId, words: `${one.name}, ${one.roles.join(', ')}` }))}
      onChoose={(personId) => onDefinition({ ...definition, owner: personId })}
    />
  );
}

/** Sides of a limit, told apart from the other kinds of condition in one list. */
const HIGH = 'limit:high';
const LOW = 'limit:low';

function ConditionWords(props: SentencePart) {
  const { definition, choices, onDefinition, range, readOnly, unit } = props;
  const { condition } = definition;
  const set = (next: Condition) => onDefinition({ ...definition, condition: next });
  const kind = choices.kinds.find((one) => one.kind === condition.kind);
  const isLimit = condition.kind === 'limit';
  const chosen = isLimit ? `limit:${condition.direction}` : condition.kind;
  const words = isLimit ? (condition.direction === 'high' ? TEXTS.above : TEXTS.below) : (kind?.title ?? '');
  return (
    <>
      <ListSlot
        label={TEXTS.kind}
        asks={TEXTS.kind}
        words={words}
        readOnly={readOnly}
        chosen={chosen}
        options={[
          { value: HIGH, words: TEXTS.above },
          { value: LOW, words: TEXTS.below },
          ...choices.kinds
            .filter((one) => one.kind !== 'limit')
            .map((one) => ({ value: one.kind, words: one.title })),
        ]}
        onChoose={(value) => {
          const direction = value === LOW ? ('low' as const) : ('high' as const);
          if (value !== HIGH && value !== LOW) {
            const other = choices.kinds.find((one) => one.kind === value);
            if (other) set(conditionOfKind(other, range));
          } else if (isLimit) set({ ...condition, direction });
          else {
            const own = choices.kinds.find((one) => one.kind === 'limit');
            if (own) set({ ...conditionOfKind(own, range), direction } as Condition);
          }
        }}
      />
      {isLimit ? (
        <>
          {' '}
          <TypedSlot
            label={TEXTS.limit}
            asks={TEXTS.howMuch}
            words={`${number(condition.limit)} ${unit}`}
            readOnly={readOnly}
            value={String(condition.limit)}
            step={stepOf(range)}
            unit={unit}
            onType={(value) => set({ ...condition, limit: Number(value) })}
          />{' '}
          for{' '}
          <TypedSlot
            label={TEXTS.onDelay}
            asks={TEXTS.howLong}
            words={spanWords(condition.onDelayMs)}
            readOnly={readOnly}
            value={String(condition.onDelayMs / MINUTE_MS)}
            step={1}
            unit="min"
            onType={(value) =>
              set({ ...condition, onDelayMs: Math.max(0, Math.round(Number(value) * MINUTE_MS)) })
            }
          />
        </>
      ) : null}
      <StateWords {...props} />
    </>
  );
}

function StateWords({ definition, choices, onDefinition, readOnly }: SentencePart) {
  const { condition, signalId } = definition;
  const { onlyWhile } = condition;
  const own = choices.signals.find((one) => one.signalId === signalId);
  const beside = choices.signals.filter(
    (one) =>
      one.signalId !== signalId && (one.assetId === own?.assetId || one.signalId === onlyWhile?.signalId),
  );
  const state = choices.signals.find((one) => one.signalId === onlyWhile?.signalId);
  const set = (next: typeof onlyWhile) => {
    const { onlyWhile: _, ...rest } = condition;
    onDefinition({ ...definition, condition: next ? { ...rest, onlyWhile: next } : rest });
  };
  if (beside.length === 0) return null;
  return (
    <>
      {' '}
      while{' '}
      <ListSlot
        label={TEXTS.whileState}
        asks={TEXTS.anyTime}
        words={onlyWhile ? (state ? `${onlyWhile.state}: ${state.name}` : onlyWhile.state) : TEXTS.anyTime}
        readOnly={readOnly}
        chosen={onlyWhile?.signalId ?? 'none'}
        options={[
          { value: 'none', words: TEXTS.anyTime },
          ...beside.map((one) => ({ value: one.signalId, words: `${TEXTS.running}: ${one.name}` })),
        ]}
        onChoose={(value) =>
          set(
            value === 'none'
              ? undefined
              : { signalId: value, atLeast: 1, atMost: null, state: TEXTS.running, holdsMs: null },
          )
        }
      />
      {onlyWhile ? (
        <>
          {' '}
          at least{' '}
          <TypedSlot
            label={TEXTS.runsFrom}
            asks={TEXTS.howMuch}
            words={onlyWhile.atLeast === null ? null : `${number(onlyWhile.atLeast)} ${state?.unit ?? ''}`}
            readOnly={readOnly}
            value={String(onlyWhile.atLeast ?? 0)}
            step={1}
            unit={state?.unit ?? ''}
            onType={(value) => set({ ...onlyWhile, atLeast: Number(value) })}
          />
        </>
      ) : null}
    </>
  );
}
