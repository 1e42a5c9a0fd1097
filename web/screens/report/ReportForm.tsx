import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AssetView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { usePlantNow } from '../../format/plant.tsx';
import { HOUR_MS } from '../../format/time.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** How long ago it was seen, hours. */
const SEEN_AGO_H = [0, 1, 8, 24] as const;

/** What somebody saw, in a sentence; it is open until a case takes it or a planner closes it. */
export function ReportForm({ asset }: { asset: AssetView }) {
  const command = useCommand();
  const nowMs = usePlantNow(60_000);
  const [words, setWords] = useState('');
  const [modeId, setMode] = useState('');
  const [agoH, setAgo] = useState(0);
  const [kept, setKept] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const mode = asset.failureModes.find((one) => one.failureModeId === modeId);
    const answer = await command.run('/api/v1/work/report', {
      assetId: asset.assetId,
      position: mode?.position ?? null,
      group: mode?.group ?? null,
      words,
      seenAtMs: agoH === 0 ? null : Math.floor(nowMs) - agoH * HOUR_MS,
    });
    if (!answer) return;
    setKept(true);
    setWords('');
  };
  return (
    <Panel title={TEXTS.tell}>
      <form className="report-form" onSubmit={(event) => void send(event)}>
        <TextInput
          label={TEXTS.words}
          description={TEXTS.wordsHelp}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setKept(false);
          }}
          required
          withAsterisk={false}
          maxLength={1_000}
        />
        <NativeSelect
          label={TEXTS.where}
          value={modeId}
          onChange={(event) => setMode(event.currentTarget.value)}
          data={[
            { value: '', label: TEXTS.cannotTell },
            ...asset.failureModes.map((mode) => ({
              value: mode.failureModeId,
              label: mode.position === '' ? mode.name : `${mode.position}: ${mode.name}`,
            })),
          ]}
        />
        <NativeSelect
          label={TEXTS.seen}
          value={agoH}
          onChange={(event) => setAgo(Number(event.currentTarget.value))}
          data={SEEN_AGO_H.map((hours) => ({ value: String(hours), label: TEXTS.ago(hours) }))}
        />
        <span className="line-up">
          <Button type="submit" variant="filled" disabled={command.busy} aria-busy={command.busy}>
            {command.busy ? 'Working' : TEXTS.send}
          </Button>
          <span role="status">{kept ? TEXTS.kept : ''}</span>
        </span>
        {command.refusal ? <Failure {...command.refusal} /> : null}
      </form>
    </Panel>
  );
}
