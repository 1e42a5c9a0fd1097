import { Button, NativeSelect } from '@mantine/core';
import type { KindView, TableTold } from '../../../src/api/contract.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import type { Wish } from './bring-table.ts';
import { TEXTS } from './bring-texts.ts';

/** Which column feeds which field, how dates and numbers are written; every guess is shown and can be changed. */
export function BringColumns(props: {
  kind: KindView;
  told: TableTold;
  wish: Wish;
  set: (part: Partial<Wish>) => void;
  busy: boolean;
  onRead: () => void;
}) {
  const { kind, told, wish, set, busy, onRead } = props;
  const mapping = wish.mapping ?? told.mapping;
  const choose = (field: string, column: string) => {
    const { [field]: _before, ...others } = mapping;
    set({ mapping: column === '' ? others : { ...others, [field]: column } });
  };
  const columns = [{ value: '', label: TEXTS.leftOut }, ...new Set(told.header)];
  return (
    <Panel title={TEXTS.columnsTitle}>
      {told.asks ? (
        <Failure title={told.asks.message} mend={TEXTS.asksMend} code={told.asks.code} />
      ) : (
        <ul className="bring-guesses small">
          {told.guesses.map((guess) => (
            <li key={guess}>{guess}</li>
          ))}
        </ul>
      )}
      <div className="bring-form">
        <div className="bring-fields">
          {kind.fields.map((field) => (
            <NativeSelect
              key={field.word}
              label={TEXTS.field(field.label, field.required)}
              value={mapping[field.word] ?? ''}
              data={columns}
              onChange={(event) => choose(field.word, event.currentTarget.value)}
            />
          ))}
          <NativeSelect
            label={TEXTS.dates}
            value={wish.dateOrder}
            data={[
              { value: '', label: TEXTS.datesGuess },
              { value: 'dmy', label: TEXTS.dmy },
              { value: 'mdy', label: TEXTS.mdy },
            ]}
            onChange={(event) => set({ dateOrder: event.currentTarget.value })}
          />
          <NativeSelect
            label={TEXTS.decimal}
            value={wish.decimal}
            data={[
              { value: '', label: TEXTS.decimalGuess },
              { value: 'comma', label: TEXTS.comma },
              { value: 'point', label: TEXTS.point },
            ]}
            onChange={(event) => set({ decimal: event.currentTarget.value })}
          />
        </div>
        <Button variant="default" disabled={busy} onClick={onRead}>
          {TEXTS.again}
        </Button>
      </div>
    </Panel>
  );
}
