import { Button, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ObjectiveView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { usePlantNow } from '../../format/plant.tsx';
import { DAY_MS } from '../../format/time.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { HistoryBaseline } from './HistoryBaseline.tsx';
import { dateMs, dateText } from './ObjectiveForm.tsx';
import { TEXTS } from './objective-texts.ts';

const YEAR_DAYS = 365;

/** A baseline that no longer moves: value, period, and why when another one was frozen before. */
export function BaselineForm({ objective }: { objective: ObjectiveView }) {
  const nowMs = usePlantNow(600_000);
  const { run, busy, refusal } = useCommand();
  const [value, setValue] = useState<number | null>(objective.baseline);
  const [from, setFrom] = useState(() => dateText(nowMs - YEAR_DAYS * DAY_MS));
  const [to, setTo] = useState(() => dateText(nowMs));
  const [reason, setReason] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const path = `/api/v1/strategy/objective/${encodeURIComponent(objective.objectiveId)}/baseline`;
    const body = { value, fromMs: dateMs(from) ?? 0, toMs: dateMs(to) ?? 0, reason: reason.trim() || null };
    if (await run(path, body)) setReason('');
  };
  const date = (label: string, text: string, set: (text: string) => void) => (
    <TextInput label={label} type="date" value={text} onChange={(event) => set(event.currentTarget.value)} />
  );
  return (
    <Panel title={TEXTS.baselineTitle}>
      <form className="objective-form" onSubmit={(event) => void send(event)}>
        <p className="small quiet">{TEXTS.baselineHelp}</p>
        <div className="objective-fields">
          <NumberInput
            label={TEXTS.baselineValue(objective.unit)}
            value={value ?? ''}
            min={0}
            hideControls
            onChange={(typed) => setValue(typed === '' ? null : Number(typed))}
          />
          {date(TEXTS.from, from, setFrom)}
          {date(TEXTS.to, to, setTo)}
          {objective.frozen ? (
            <TextInput
              label={TEXTS.reason}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          ) : null}
        </div>
        {refusal ? <Failure {...refusal} /> : null}
        <Button type="submit" disabled={busy || value === null}>
          {busy ? 'Working' : TEXTS.freeze}
        </Button>
      </form>
      <HistoryBaseline
        objective={objective}
        fromMs={dateMs(from) ?? 0}
        toMs={dateMs(to) ?? 0}
        reason={reason.trim() || null}
      />
    </Panel>
  );
}
