import { Button, TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../../data/command.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import type { Definition } from './design-data.ts';
import { TEXTS } from './texts.ts';

/** Keeps what was designed: a draft, or a version beside the one in effect. Nothing changes at the machine by it. */
export function KeepPanel(props: {
  monitorId: string;
  definition: Definition;
  isNew: boolean;
  changed: boolean;
}) {
  const { monitorId, definition, isNew, changed } = props;
  const { run, busy, refusal } = useCommand();
  const [reason, setReason] = useState('');
  const router = useRouter();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const path = isNew
      ? '/api/v1/monitor/design/draft'
      : `/api/v1/monitor/${encodeURIComponent(monitorId)}/redesign`;
    const body = isNew ? { monitorId, definition, reason } : { definition, reason };
    if (await run(path, body)) router.history.push(`/monitor/${monitorId}`);
  };
  return (
    <Panel title={isNew ? TEXTS.keepDraft : TEXTS.keepVersion} className="design-keep">
      <form onSubmit={(event) => void send(event)}>
        <p className="small quiet">{isNew ? TEXTS.keepDraftHelp : TEXTS.keepVersionHelp}</p>
        <TextInput
          label={TEXTS.reason}
          value={reason}
          required
          withAsterisk={false}
          maxLength={300}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" data-main-action aria-busy={busy} disabled={busy || !changed}>
          {busy ? 'Working' : isNew ? TEXTS.draftIt : TEXTS.makeVersion}
        </Button>
        {changed ? null : <p className="small mute">{TEXTS.nothingChanged}</p>}
        {refusal ? <Failure {...refusal} /> : null}
      </form>
    </Panel>
  );
}
