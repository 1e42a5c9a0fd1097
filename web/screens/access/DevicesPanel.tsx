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
    setMade(await command.run<Enrolment>('/api/v1/access/clients', { clientId, publish }));
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
        required
        withAsterisk={false}
      />
      <Button type="submit" disabled={command.busy}>
        {command.busy ? 'Working' : TEXTS.enrol}
      </Button>
      {made ? (
        <div className="shown-link" role="status">
          <p>{TEXTS.secretShown}</p>
          <code>{`${made.clientId}: ${made.secret}`}</code>
        </div>
      ) : null}
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
        row.revokedAt ? `ended ${dateTime(Date.parse(row.revokedAt))}` : <Revoke clientId={row.clientId} />,
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

function Revoke({ clientId }: { clientId: string }) {
  const command = useCommand();
  const { mayRun } = useRights();
  if (!mayRun('access.revoke-client')) return 'in use';
  const path = `/api/v1/access/clients/${encodeURIComponent(clientId)}/revoke`;
  return (
    <>
      <Button
        variant="subtle"
        disabled={command.busy}
        aria-label={`${TEXTS.revoke}: ${clientId}`}
        onClick={() => void command.run(path)}
      >
        {TEXTS.revoke}
      </Button>
      {command.refusal ? <Failure {...command.refusal} /> : null}
    </>
  );
}
