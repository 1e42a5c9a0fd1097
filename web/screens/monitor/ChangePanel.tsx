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
  const { condition } = view.definition;
  const { limit } = view.inWork;
  if (condition.kind !== 'limit' || !limit) return condition;
  return {
    ...condition,
    limit: limit.value,
    deadband: limit.deadband,
    onDelayMs: limit.onDelayMs,
    offDelayMs: limit.offDelayMs,
  };
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
          {wish.kind === 'limit' ? (
            <LimitFields wish={wish} unit={view.unit} onWish={onWish} />
          ) : (
            <NumberInput
              label={TEXTS.changeAfter}
              min={1}
              value={wish.afterMs / MINUTE_MS}
              onChange={(value) => onWish({ ...wish, afterMs: Math.round(Number(value) * MINUTE_MS) })}
            />
          )}
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

type LimitWish = Extract<Wish, { kind: 'limit' }>;

function LimitFields(props: { wish: LimitWish; unit: string; onWish: (wish: Wish) => void }) {
  const { wish, unit, onWish } = props;
  const fields: { label: string; value: number; min?: number; set: (value: number) => LimitWish }[] = [
    { label: `${TEXTS.changeLimit}, ${unit}`, value: wish.limit, set: (limit) => ({ ...wish, limit }) },
    {
      label: `${TEXTS.changeDeadband}, ${unit}`,
      value: wish.deadband,
      min: 0,
      set: (deadband) => ({ ...wish, deadband }),
    },
    {
      label: TEXTS.changeOn,
      value: wish.onDelayMs / MINUTE_MS,
      min: 0,
      set: (minutes) => ({ ...wish, onDelayMs: Math.round(minutes * MINUTE_MS) }),
    },
    {
      label: TEXTS.changeOff,
      value: wish.offDelayMs / MINUTE_MS,
      min: 0,
      set: (minutes) => ({ ...wish, offDelayMs: Math.round(minutes * MINUTE_MS) }),
    },
  ];
  return fields.map((field) => (
    <NumberInput
      key={field.label}
      label={field.label}
      value={field.value}
      {...(field.min === undefined ? {} : { min: field.min })}
      onChange={(value) => {
        const figure = Number(value);
        if (value !== '' && Number.isFinite(figure)) onWish(field.set(figure));
      }}
    />
  ));
}
