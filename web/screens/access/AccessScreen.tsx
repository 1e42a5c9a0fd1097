import { useQuery } from '@tanstack/react-query';
import type { AccountView, PersonView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { counted } from '../../format/number.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { readPeople } from '../../frame/session.ts';
import { Panel } from '../../parts/Panel.tsx';
import { DevicesPanel } from './DevicesPanel.tsx';
import { InvitePanel, readCrews } from './InvitePanel.tsx';
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
        {deep ? <DevicesPanel /> : null}
      </div>
    </>
  );
}

function People(props: { people: readonly PersonView[]; accounts: readonly AccountView[] }) {
  const accounts = new Map(props.accounts.map((account) => [account.personId, account]));
  const sorted = [...props.people].sort(
    (a, b) => Number(a.left) - Number(b.left) || a.name.localeCompare(b.name),
  );
  const { mayRead } = useRights();
  const plan = useQuery({ ...readCrews, enabled: mayRead('plan') });
  const crews = new Map(plan.data?.crews.map((crew) => [crew.crewId, crew.name]));
  return (
    <ul className="people">
      {sorted.map((person) => (
        <PersonRow
          key={person.personId}
          person={person}
          account={accounts.get(person.personId) ?? null}
          crew={person.crewId === null ? null : (crews.get(person.crewId) ?? shortId(person.crewId))}
        />
      ))}
    </ul>
  );
}
