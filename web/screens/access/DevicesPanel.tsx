import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ClientView, Enrolment } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { useRights } from '../../frame/people.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** Devices, what each may send, and for those who may: a new secret, or the end of the right. */
export function DevicesPanel() {
  const { mayRun } = useRights();
  const clients = useQuery(reading<{ clients: ClientView[] }>('access', '/api/v1/access/clients'));
  return (
    <Panel title={TEXTS.devices} aside={TEXTS.devicesNote}>
      <Answered query={clients} rows={3}>
        {(answer) => <Clients rows={answer.clients} />}
      </Answered>
      {mayRun('access.enroll-client') ? <EnrolForm /> : null}
    </Panel>
  );
}

function EnrolForm() {
  const command = useCommand();
  const [clientId, setClient] = useState('');
  const [topics, setTopics] = useState('');
  const [made, setMade] = useState<Enrolment | null>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setMade(null);
    const publish = topics.split(/[\s,]+/).filter(Boolean);
    const answer = await command.run<Enrolment>('/api/v1/access/clients', { clientId, publish });
    if (!answer) return;
    setMade(answer);
    setClient('');
    setTopics('');
  };
  return (
    <form className="enrol" onSubmit={(event) => void send(event)}>
      <TextInput
        label={TEXTS.deviceName}
        value={clientId}
        onChange={(event) => setClient(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={64}
      />
      <TextInput
        label={TEXTS.deviceTopics}
        value={topics}
        onChange={(event) => setTopics(event.currentTarget.value)}
        placeholder="line-1/filler/#"
        description={TEXTS.deviceTopicsHelp}
        required
        withAsterisk={false}
      />
      <Button type="submit" disabled={command.busy}>
        {command.busy ? 'Working' : TEXTS.enrol}
      </Button>
      {made ? <ShownSecret made={made} onDone={() => setMade(null)} /> : null}
      {command.refusal ? <Failure {...command.refusal} /> : null}
    </form>
  );
}

function Clients({ rows }: { rows: readonly ClientView[] }) {
  const { dateTime } = useWriter();
  const columns: Column<ClientView>[] = [
    { id: 'client', title: 'Device', value: (row) => row.clientId, cell: (row) => <b>{row.clientId}</b> },
    { id: 'kind', title: 'Kind', value: (row) => row.kind, secondary: true },
    {
      id: 'publish',
      title: 'May send',
      value: (row) => row.publish.join(' '),
      cell: (row) => <span className="device-topics">{row.publish.join(', ')}</span>,
    },
    {
      id: 'since',
      title: 'Enrolled',
      value: (row) => row.enrolledAt,
      secondary: true,
      cell: (row) => dateTime(Date.parse(row.enrolledAt)),
    },
    {
      id: 'state',
      title: 'State',
      value: (row) => row.revokedAt ?? 'in use',
      cell: (row) =>
        row.revokedAt ? `ended ${dateTime(Date.parse(row.revokedAt))}` : <DeviceActs client={row} />,
    },
  ];
  return (
    <DataTable
      name={TEXTS.devices}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.clientId}
      empty={<Empty title={TEXTS.noDevices} because={TEXTS.noDevicesBecause} />}
    />
  );
}

/** The secret once, with what else the device is set up with: the plant keeps only its hash. */
function ShownSecret({ made, onDone }: { made: Enrolment; onDone: () => void }) {
  const [copied, setCopied] = useState<'secret' | 'ca' | null>(null);
  const copy = (what: 'secret' | 'ca') =>
    void navigator.clipboard.writeText(made[what]).then(() => setCopied(what));
  return (
    <div className="shown-link device-secret" role="status">
      <p>{TEXTS.secretShown}</p>
      <dl>
        <dt>{TEXTS.deviceUrl}</dt>
        <dd>
          <code>{made.url}</code>
        </dd>
        <dt>{TEXTS.deviceUser}</dt>
        <dd>
          <code>{made.clientId}</code>
        </dd>
        <dt>{TEXTS.deviceSecret}</dt>
        <dd>
          <code>{made.secret}</code>
        </dd>
      </dl>
      <div className="line-up">
        <Button onClick={() => copy('secret')}>
          {copied === 'secret' ? TEXTS.copied : TEXTS.copySecret}
        </Button>
        <Button onClick={() => copy('ca')}>{copied === 'ca' ? TEXTS.copied : TEXTS.copyCa}</Button>
        <Button variant="subtle" onClick={onDone}>
          {TEXTS.secretDone}
        </Button>
      </div>
    </div>
  );
}

/** Another secret for the same list, or the end of the right; both asked once more, because the device stops sending. */
function DeviceActs({ client }: { client: ClientView }) {
  const command = useCommand();
  const { mayRun } = useRights();
  const [asked, setAsked] = useState<'rekey' | 'revoke' | null>(null);
  const [made, setMade] = useState<Enrolment | null>(null);
  const { clientId, publish } = client;
  const acts = [
    ...(mayRun('access.enroll-client') && client.kind === 'edge' ? (['rekey'] as const) : []),
    ...(mayRun('access.revoke-client') ? (['revoke'] as const) : []),
  ];
  if (acts.length === 0) return 'in use';
  const act = async (what: 'rekey' | 'revoke') => {
    if (what === 'revoke') await command.run(`/api/v1/access/clients/${encodeURIComponent(clientId)}/revoke`);
    else setMade((await command.run<Enrolment>('/api/v1/access/clients', { clientId, publish })) ?? null);
    setAsked(null);
  };
  if (made) return <ShownSecret made={made} onDone={() => setMade(null)} />;
  return (
    <div className="device-acts">
      {asked === null ? (
        acts.map((what) => (
          <Button
            key={what}
            variant="subtle"
            aria-label={`${TEXTS[what]}: ${clientId}`}
            onClick={() => setAsked(what)}
          >
            {TEXTS[what]}
          </Button>
        ))
      ) : (
        <>
          <span className="small">{asked === 'rekey' ? TEXTS.rekeyAsk : TEXTS.revokeAsk}</span>
          <Button disabled={command.busy} onClick={() => void act(asked)}>
            {TEXTS[asked]}
          </Button>
          <Button variant="subtle" onClick={() => setAsked(null)}>
            {TEXTS.cancel}
          </Button>
        </>
      )}
      {command.refusal ? <Failure {...command.refusal} /> : null}
    </div>
  );
}
