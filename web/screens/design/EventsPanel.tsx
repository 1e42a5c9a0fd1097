import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { EventView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { shortId } from '../../format/id.ts';
import { counted } from '../../format/number.ts';
import { usePlant, useWriter } from '../../format/plant.tsx';
import { DAY_MS } from '../../format/time.ts';
import { useNames, useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { atLocal } from './local-time.ts';
import { TEXTS } from './texts.ts';

/** Breakdowns the limit is scored against; people who remember one mark it here. */
export function EventsPanel(props: {
  events: readonly EventView[];
  failureModeId: string;
  onChanged: () => void;
}) {
  const { events, failureModeId, onChanged } = props;
  const { mayRun } = useRights();
  const { dateTime } = useWriter();
  const name = useNames();
  const { run, busy, refusal } = useCommand();
  const mayMark = mayRun('monitor.mark-event') && failureModeId !== '';
  return (
    <Panel title={TEXTS.events} aside={counted(events.length, 'known', 'known')} className="design-events">
      {events.length === 0 ? <p className="small quiet">{TEXTS.noEvents}</p> : null}
      <ul className="design-event-list">
        {events.map((event) => (
          <li key={event.eventId ?? `${event.words}${event.atMs}`}>
            <span>
              <b>{dateTime(event.atMs)}</b>{' '}
              <span className="quiet">
                {event.note ??
                  (event.source === 'case' ? TEXTS.confirmed(shortId(event.words)) : event.words)}
              </span>
              {event.by ? <span className="mute small"> {name(event.by)}</span> : null}
            </span>
            {event.eventId && mayMark ? (
              <button
                type="button"
                className="link small"
                disabled={busy}
                onClick={() => {
                  const path = `/api/v1/monitor/event/${encodeURIComponent(event.eventId ?? '')}/unmark`;
                  void run(path).then((done) => done && onChanged());
                }}
              >
                {TEXTS.remove}
                <span className="unseen">, {dateTime(event.atMs)}</span>
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayMark ? <MarkForm failureModeId={failureModeId} onMarked={onChanged} /> : null}
      {refusal ? <Failure {...refusal} /> : null}
    </Panel>
  );
}

/** Warning that counts, before the breakdown, when a person names no other. */
const WARNING_DAYS = 14;

function MarkForm(props: { failureModeId: string; onMarked: () => void }) {
  const { failureModeId, onMarked } = props;
  const { zone } = usePlant();
  const { run, busy, refusal } = useCommand();
  const [when, setWhen] = useState('');
  const [days, setDays] = useState(String(WARNING_DAYS));
  const [note, setNote] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const atMs = atLocal(when, zone);
    const warningMs = Math.max(0, Number(days) || 0) * DAY_MS;
    const site = failureModeId.slice(0, failureModeId.indexOf('.'));
    const body = {
      eventId: `${site}.E-${crypto.randomUUID().slice(0, 8)}`,
      failureModeId,
      fromMs: Math.max(0, Math.round(atMs - warningMs)),
      toMs: atMs,
      atMs,
      note: note.trim() === '' ? null : note.trim(),
    };
    if (!(await run('/api/v1/monitor/event/mark', body))) return;
    setWhen('');
    setNote('');
    onMarked();
  };
  return (
    <form className="design-mark" onSubmit={(event) => void send(event)}>
      <TextInput
        label={TEXTS.when}
        type="datetime-local"
        value={when}
        required
        withAsterisk={false}
        onChange={(event) => setWhen(event.currentTarget.value)}
      />
      <TextInput
        label={TEXTS.warningDays}
        type="number"
        min={0}
        max={365}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      <TextInput
        label={TEXTS.note}
        value={note}
        maxLength={300}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" aria-busy={busy} disabled={busy}>
        {TEXTS.markIt}
      </Button>
      {refusal ? <Failure {...refusal} /> : null}
    </form>
  );
}
