import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AssetSheetView, ModeSheet } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { usePlant } from '../../format/plant.tsx';
import { Failure } from '../../parts/states.tsx';
import { bodyOfMode, type ModeFields, modeFields } from './mode-fields.ts';
import { TEXTS } from './sheet-texts.ts';

/** A failure mode's sheet as a form: codes from lists, figures with how well they are known. */
export function ModeForm(props: { view: AssetSheetView; sheet: ModeSheet | null; onDone: () => void }) {
  const { view, sheet, onDone } = props;
  const { currency } = usePlant();
  const { run, busy, refusal } = useCommand();
  const [fields, setFields] = useState<ModeFields>(() => modeFields(sheet?.mode ?? null));
  const { words } = view;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const path = `/api/v1/strategy/asset/${encodeURIComponent(view.assetId)}/failure-mode`;
    if (await run(path, bodyOfMode(fields, sheet?.mode ?? null))) onDone();
  };
  const text = (key: TextKey, label: string, required = false) => (
    <TextInput
      label={label}
      value={fields[key]}
      required={required}
      withAsterisk={false}
      maxLength={200}
      onChange={(event) => setFields({ ...fields, [key]: event.currentTarget.value })}
    />
  );
  const choice = (key: TextKey, label: string, data: (string | { value: string; label: string })[]) => (
    <NativeSelect
      label={label}
      value={fields[key]}
      data={data}
      onChange={(event) => setFields({ ...fields, [key]: event.currentTarget.value })}
    />
  );
  const figure = (key: FigureKey, label: string) => (
    <NumberInput
      label={label}
      value={fields[key] ?? ''}
      min={0}
      hideControls
      onChange={(value) => setFields({ ...fields, [key]: value === '' ? null : Number(value) })}
    />
  );
  const coded = (list: Readonly<Record<string, string>>) =>
    Object.entries(list).map(([value, label]) => ({ value, label: `${value} ${label}` }));
  const open = { value: '', label: TEXTS.notKnown };
  const f = TEXTS.fields;
  return (
    <form className="sheet-question" onSubmit={(event) => void send(event)}>
      <div className="sheet-fields">
        {text('name', f.name, true)}
        {text('group', f.group, true)}
        {text('position', f.position)}
        {choice('iso14224', TEXTS.seen, coded(words.failureModes))}
        {choice('mechanism', TEXTS.mechanism, [open, ...coded(words.mechanisms)])}
        {choice('cause', TEXTS.cause, [open, ...words.causes])}
        {choice('detection', TEXTS.detection, [open, ...words.detections])}
        {choice('kind', f.kind, [open, 'safety', 'food-safety', 'environment', 'production', 'cost'])}
        {figure('stopH', f.stopH)}
        {figure('repair', f.repair(currency))}
        {figure('loss', f.loss(currency))}
        {text('controlWhat', f.controlWhat)}
        {figure('controlDays', f.controlDays)}
      </div>
      <h3>{TEXTS.timeTitle}</h3>
      <div className="sheet-fields">
        {figure('pf', f.pfDays)}
        {choice('clock', f.clock, [{ value: 'calendar', label: 'days' }, 'run hours', 'starts'])}
        {fields.clock === 'calendar' ? null : figure('perWeek', `${fields.clock} ${f.perWeek}`)}
        {choice('grade', f.grade, ['estimated', 'assumed'])}
        {figure('lookDays', f.look)}
        {figure('confirmDays', f.confirm)}
        {figure('verifyDays', f.verify)}
        {figure('workH', f.work)}
        {figure('leadDays', f.lead)}
      </div>
      {refusal ? <Failure {...refusal} /> : null}
      <p className="line-up">
        <Button type="submit" variant="filled" data-main-action="" disabled={busy}>
          {busy ? 'Working' : TEXTS.keep}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {TEXTS.close}
        </Button>
      </p>
    </form>
  );
}

type TextKey = { [K in keyof ModeFields]: ModeFields[K] extends string ? K : never }[keyof ModeFields];
type FigureKey = Exclude<keyof ModeFields, TextKey>;
