import { useQuery } from '@tanstack/react-query';
import type { AccountView, ClientView, PersonView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { counted } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { readPeople } from '../../frame/session.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { InvitePanel } from './InvitePanel.tsx';
import { PersonRow } from './PersonRow.tsx';
import { TEXTS } from './texts.ts';
import './access.css';

/** People, their roles and their way in; devices and what each may send. */
export function AccessScreen() {
  const { mayRead, mayRun } = useRights();
  const deep = mayRead('access');
  const people = useQuery({ ...readPeople, enabled: mayRead('people') });
  const accounts = useQuery({
    ...reading<{ accounts: AccountView[] }>('access', '/api/v1/access/accounts'),
    enabled: deep,
  });
  const clients = useQuery({
    ...reading<{ clients: ClientView[] }>('access', '/api/v1/access/clients'),
    enabled: deep,
  });
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={
          people.data
            ? `${counted(people.data.people.filter((one) => !one.left).length, 'person', 'people')} here.`
            : null
        }
        tools={
          mayRead('audit') ? (
            <a className="link" href="/audit">
              {TEXTS.audit}
            </a>
          ) : null
        }
      />
      <div className="access">
        {mayRun('access.join-person') ? <InvitePanel /> : null}
        <Panel title={TEXTS.people}>
          <Answered query={people} rows={6}>
            {(answer) => <People people={answer.people} accounts={accounts.data?.accounts ?? []} />}
          </Answered>
        </Panel>
        {deep ? (
          <Panel title={TEXTS.devices} aside={TEXTS.devicesNote}>
            <Answered query={clients} rows={3}>
              {(answer) => <Clients rows={answer.clients} />}
            </Answered>
          </Panel>
        ) : null}
      </div>
    </>
  );
}

function People(props: { people: readonly PersonView[]; accounts: readonly AccountView[] }) {
  const accounts = new Map(props.accounts.map((account) => [account.personId, account]));
  const sorted = [...props.people].sort(
    (a, b) => Number(a.left) - Number(b.left) || a.name.localeCompare(b.name),
  );
  return (
    <ul className="people">
      {sorted.map((person) => (
        <PersonRow key={person.personId} person={person} account={accounts.get(person.personId) ?? null} />
      ))}
    </ul>
  );
}

function Clients({ rows }: { rows: readonly ClientView[] }) {
  const { dateTime } = useWriter();
  const columns: Column<ClientView>[] = [
    { id: 'client', title: 'Device', value: (row) => row.clientId, cell: (row) => <b>{row.clientId}</b> },
    { id: 'kind', title: 'Kind', value: (row) => row.kind },
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
      id: 'revoked',
      title: 'State',
      value: (row) => row.revokedAt ?? 'in use',
      secondary: true,
      cell: (row) => (row.revokedAt ? `revoked ${dateTime(Date.parse(row.revokedAt))}` : 'in use'),
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
