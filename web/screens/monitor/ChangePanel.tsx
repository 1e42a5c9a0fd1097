import { Button, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { MonitorView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { MINUTE_MS } from '../../format/time.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** The condition that a person is about to ask for; `direction` is the monitor's own. */
export type Wish = MonitorView['definition']['condition'];

/** What the form starts with: the version in work, so that one change is not lost in the next. */
export function wishOf(view: MonitorView): Wish {
  return view.inWork.condition;
}

/** Makes a new version; nothing changes at the machine before it is through the gate. */
export function ChangePanel(props: { view: MonitorView; wish: Wish; onWish: (wish: Wish | null) => void }) {
  const { view, wish, onWish } = props;
  const { run, busy, refusal } = useCommand();
  const [reason, setReason] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const path = `/api/v1/monitor/${encodeURIComponent(view.monitorId)}/change`;
    if (await run(path, { condition: wish, reason })) onWish(null);
  };
  return (
    <Panel title={TEXTS.changeTitle}>
      <form className="monitor-form" onSubmit={(event) => void send(event)}>
        <p className="small quiet">{TEXTS.changeHelp}</p>
        <div className="monitor-fields">
          <ConditionFields fields={view.inWork.fields} unit={view.unit} wish={wish} onWish={onWish} />
        </div>
        <TextInput
          label={TEXTS.reason}
          description={TEXTS.reasonHelp}
          value={reason}
          required
          withAsterisk={false}
          maxLength={300}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <span className="line-up">
          <Button type="submit" variant="filled" data-main-action aria-busy={busy} disabled={busy}>
            {busy ? 'Working' : TEXTS.makeVersion}
          </Button>
          <Button variant="subtle" onClick={() => onWish(null)}>
            {TEXTS.cancel}
          </Button>
        </span>
        {refusal ? <Failure {...refusal} /> : null}
      </form>
    </Panel>
  );
}

type Field = MonitorView['inWork']['fields'][number];
type Figure = Field & { of: 'reading' | 'band' | 'slope' | 'span' | 'count' | 'amount' };

const DELAYS: readonly Figure[] = [
  { key: 'onDelayMs', label: TEXTS.changeOn, of: 'span', least: 0 },
  { key: 'offDelayMs', label: TEXTS.changeOff, of: 'span', least: 0 },
];

function isFigure(field: Field): field is Figure {
  return field.of !== 'choice' && field.of !== 'text' && field.of !== 'signals';
}

function labelOf({ of, label }: Field, unit: string): string {
  if (of === 'span') return label.includes(',') ? label : `${label}, min`;
  if (of === 'reading' || of === 'band') return `${label}, ${unit}`;
  return of === 'slope' ? `${label}, ${unit}/h` : label;
}

/** One field for each figure that the kind of condition declares, and a text for its rule. */
export function ConditionFields(props: {
  fields: readonly Field[];
  unit: string;
  wish: Wish;
  onWish: (wish: Wish) => void;
}) {
  const { fields, unit, wish, onWish } = props;
  const given = wish as unknown as Record<string, unknown>;
  const set = (key: string, value: unknown) => onWish({ ...wish, [key]: value });
  const own = fields.filter(isFigure);
  const delays = wish.kind === 'stale' || wish.kind === 'usage' ? [] : DELAYS;
  return (
    <>
      {fields
        .filter(({ of }) => of === 'text')
        .map(({ key, label }) => (
          <TextInput
            key={key}
            label={label}
            value={typeof given[key] === 'string' ? given[key] : ''}
            onChange={(event) => set(key, event.currentTarget.value)}
          />
        ))}
      {[...own, ...delays].map((field) => {
        const part = field.of === 'span' ? MINUTE_MS : 1;
        return (
          <NumberInput
            key={field.key}
            label={labelOf(field, unit)}
            value={given[field.key] === undefined ? '' : Number(given[field.key]) / part}
            {...(field.least === undefined ? {} : { min: field.least / part })}
            onChange={(value) => {
              const figure = Number(value);
              if (value === '' || !Number.isFinite(figure)) return;
              set(field.key, field.of === 'span' ? Math.round(figure * part) : figure);
            }}
          />
        );
      })}
    </>
  );
}
