import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import type { CaseView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { shortId } from '../../format/id.ts';
import { useRights } from '../../frame/people.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** Length of the notification's short text in SAP PM. */
const SHORT_TEXT_LENGTH = 40;
const SAY_COPIED_MS = 2_000;

/** The notification as text for a CMMS that is not connected, and the way back for its number. */
export function CopyPanel({ view }: { view: CaseView }) {
  const { notification } = view;
  const { mayRun } = useRights();
  if (notification.notificationId === '') return null;
  return (
    <div id="notification">
      <Panel title={TEXTS.copyTitle} aside={notification.cmmsNumber ?? shortId(notification.notificationId)}>
        <div className="copy">
          <Copied
            title={TEXTS.shortText}
            aside={`${notification.shortText.length} of ${SHORT_TEXT_LENGTH}`}
            text={notification.shortText}
          />
          <Copied title={TEXTS.longText} text={notification.longText} long />
          {mayRun('work.record-notification-number') ? <NumberForm view={view} /> : null}
        </div>
      </Panel>
    </div>
  );
}

function Copied(props: { title: string; aside?: string; text: string; long?: boolean }) {
  const [said, setSaid] = useState<'' | 'copied' | 'failed'>('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAY_COPIED_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    void navigator.clipboard.writeText(props.text).then(
      () => setSaid('copied'),
      () => setSaid('failed'),
    );
  return (
    <div className="copy-one">
      <span className="copy-head">
        <span className="small mute">{props.title}</span>
        {props.aside ? <span className="small mute">{props.aside}</span> : null}
        <Button variant="subtle" onClick={copy} aria-label={`${TEXTS.copy} the ${props.title.toLowerCase()}`}>
          <Icon name="copy" />{' '}
          <span aria-live="polite">
            {said === 'copied' ? TEXTS.copied : said === 'failed' ? 'Select it and copy' : TEXTS.copy}
          </span>
        </Button>
      </span>
      <pre className={props.long ? 'copy-text copy-long' : 'copy-text'} tabIndex={props.long ? 0 : undefined}>
        {props.text}
      </pre>
    </div>
  );
}

function NumberForm({ view }: { view: CaseView }) {
  const command = useCommand();
  const [cmmsNumber, setNumber] = useState(view.notification.cmmsNumber ?? '');
  const send = (event: FormEvent) => {
    event.preventDefault();
    const id = encodeURIComponent(view.notification.notificationId);
    void command.run(`/api/v1/work/notification/${id}/number`, { cmmsNumber });
  };
  return (
    <form className="copy-number" onSubmit={send}>
      <TextInput
        label={TEXTS.number}
        value={cmmsNumber}
        onChange={(event) => setNumber(event.currentTarget.value)}
        inputMode="numeric"
        required
        withAsterisk={false}
        maxLength={40}
      />
      <Button type="submit" disabled={command.busy || cmmsNumber === view.notification.cmmsNumber}>
        {command.busy ? 'Working' : TEXTS.takeNumber}
      </Button>
      {command.refusal ? <Failure {...command.refusal} /> : null}
    </form>
  );
}
