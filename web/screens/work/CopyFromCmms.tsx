import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../../data/command.ts';
import { shortId } from '../../format/id.ts';
import { usePlantNow } from '../../format/plant.tsx';
import { HOUR_MS } from '../../format/time.ts';
import { readStrategy } from '../../frame/session.ts';
import { Failure } from '../../parts/states.tsx';
import { FormActs } from './DecisionForms.tsx';
import { TEXTS } from './texts.ts';

/** How long ago it was reported, hours. */
const REPORTED_AGO_H = [0, 1, 4, 8, 24, 48, 72, 168] as const;

/** An open notification of the CMMS, typed over, so that the next alert on the machine is held against it. */
export function CopyFromCmms() {
  const [open, setOpen] = useState(false);
  if (open) return <CopyForm onDone={() => setOpen(false)} />;
  return (
    <Button variant="default" size="sm" onClick={() => setOpen(true)}>
      {TEXTS.copyOne}
    </Button>
  );
}

function CopyForm({ onDone }: { onDone: () => void }) {
  const strategy = useQuery(readStrategy);
  const command = useCommand();
  const nowMs = usePlantNow(60_000);
  const [assetId, setAsset] = useState('');
  const [cmmsNumber, setNumber] = useState('');
  const [shortText, setText] = useState('');
  const [agoH, setAgo] = useState(0);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    // the plant says what now is: this machine's clock may be ahead of it
    const reportedAtMs = agoH === 0 ? null : Math.max(0, Math.floor(nowMs) - agoH * HOUR_MS);
    const body = { assetId, cmmsNumber, shortText, reportedAtMs };
    if (await command.run('/api/v1/work/notification', body)) onDone();
  };
  return (
    <form className="decision-form" onSubmit={(event) => void send(event)}>
      <NativeSelect
        label={TEXTS.machine}
        value={assetId}
        onChange={(event) => setAsset(event.currentTarget.value)}
        data={[
          { value: '', label: TEXTS.chooseMachine },
          ...(strategy.data?.assets ?? []).map((asset) => ({
            value: asset.assetId,
            label: `${shortId(asset.assetId)} ${asset.name}`,
          })),
        ]}
      />
      <TextInput
        label={TEXTS.cmmsNumber}
        value={cmmsNumber}
        onChange={(event) => setNumber(event.currentTarget.value)}
        inputMode="numeric"
        required
        withAsterisk={false}
        maxLength={40}
      />
      <TextInput
        label={TEXTS.shortText}
        value={shortText}
        onChange={(event) => setText(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={200}
      />
      <NativeSelect
        label={TEXTS.reportedWhen}
        value={agoH}
        onChange={(event) => setAgo(Number(event.currentTarget.value))}
        data={REPORTED_AGO_H.map((one) => ({ value: String(one), label: TEXTS.ago(one) }))}
      />
      <FormActs words={TEXTS.copyIt} busy={command.busy} blocked={assetId === ''} onCancel={onDone} />
      {command.refusal ? <Failure {...command.refusal} /> : null}
    </form>
  );
}
