import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../../data/command.ts';
import { useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** The zone of the machine in front of the person: at a first run that is nearly always the plant's. */
const HERE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Name, time zone and currency, before the first figure is typed. */
export function PlantStep({ onLater }: { onLater: () => void }) {
  const { mayRun } = useRights();
  const { run, busy, refusal } = useCommand();
  const [plant, setPlant] = useState({
    name: '',
    line: '',
    timeZone: HERE,
    currency: 'EUR',
  });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (await run('/api/v1/strategy/plant', plant)) onLater();
  };
  if (!mayRun('strategy.describe-plant')) {
    return (
      <Panel title={TEXTS.plantTitle}>
        <p className="quiet">{TEXTS.plantOwner}</p>
        <p className="start-acts">
          <Button variant="filled" data-main-action="" onClick={onLater}>
            {TEXTS.next}
          </Button>
        </p>
      </Panel>
    );
  }
  const field = (key: keyof typeof plant, label: string) => (
    <TextInput
      label={label}
      value={plant[key]}
      required
      withAsterisk={false}
      maxLength={200}
      onChange={(event) => setPlant({ ...plant, [key]: event.currentTarget.value })}
    />
  );
  return (
    <Panel title={TEXTS.plantTitle}>
      <form onSubmit={(event) => void send(event)}>
        <div className="start-fields">
          {field('name', TEXTS.plantName)}
          {field('line', TEXTS.plantLine)}
          {field('timeZone', TEXTS.zone)}
          {field('currency', TEXTS.currency)}
        </div>
        {refusal ? <Failure {...refusal} /> : null}
        <p className="start-acts">
          <Button type="submit" variant="filled" data-main-action="" disabled={busy}>
            {busy ? 'Working' : TEXTS.plantNext}
          </Button>
          <Button variant="subtle" onClick={onLater}>
            {TEXTS.skip}
          </Button>
        </p>
      </form>
    </Panel>
  );
}
