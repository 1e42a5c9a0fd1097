import { Button, Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { AccountView, Invitation, PersonView, Role } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { shortId } from '../../format/id.ts';
import { counted } from '../../format/number.ts';
import { useRights } from '../../frame/people.ts';
import { Person } from '../../parts/Person.tsx';
import { Failure } from '../../parts/states.tsx';
import { ShownLink } from './InvitePanel.tsx';
import { ROLES, TEXTS } from './texts.ts';

/** One person: roles, how they come in, and for administrators the ways to change both. */
export function PersonRow(props: { person: PersonView; account: AccountView | null; crew: string | null }) {
  const { person, account } = props;
  const command = useCommand();
  const { mayRun } = useRights();
  const [link, setLink] = useState<Invitation | null>(null);
  const [asking, setAsking] = useState<'leave' | 'erase' | null>(null);
  const path = `/api/v1/access/people/${encodeURIComponent(person.personId)}`;
  const name = person.name || `${shortId(person.personId)} (${TEXTS.erased})`;
  const here = !person.left;
  const missing = ROLES.filter((role) => !person.roles.includes(role));
  const invite = async () => {
    const answer = await command.run<Invitation>(`${path}/invitation`);
    if (answer) setLink(answer);
  };
  return (
    <li id={person.personId} data-row="" tabIndex={-1}>
      <span className="person-who">
        <Person name={name} />
        <span className="small mute">{standing(person, account, props.crew)}</span>
      </span>
      <span className="person-roles">
        {person.roles.map((role) => (
          <span className="tag" key={role}>
            {role}
            {here && mayRun('access.revoke-role') ? (
              <button
                type="button"
                className="tag-drop"
                aria-label={`${TEXTS.take}: ${role} of ${name}`}
                disabled={command.busy}
                onClick={() =>
                  void command.run(`${path}/roles/${encodeURIComponent(role)}`, undefined, 'DELETE')
                }
              >
                ×
              </button>
            ) : null}
          </span>
        ))}
        {here && mayRun('access.grant-role') && missing.length > 0 ? (
          <NativeSelect
            size="xs"
            aria-label={`${TEXTS.grant} to ${name}`}
            value=""
            disabled={command.busy}
            onChange={(event) => {
              const role = event.currentTarget.value as Role | '';
              if (role) void command.run(`${path}/roles`, { role });
            }}
            data={[{ value: '', label: TEXTS.grant }, ...missing]}
          />
        ) : null}
      </span>
      <span className="person-acts">
        {here && !person.simulated && mayRun('access.join-person') ? (
          <Button variant="subtle" disabled={command.busy} onClick={() => void invite()}>
            {TEXTS.newLink}
          </Button>
        ) : null}
        {here && account && account.sessions > 0 && mayRun('access.end-sessions') ? (
          <Button
            variant="subtle"
            disabled={command.busy}
            onClick={() => void command.run(`${path}/sign-out-everywhere`)}
          >
            {TEXTS.signOutAll}
          </Button>
        ) : null}
        {here && mayRun('access.person-left') ? (
          <>
            <Button variant="subtle" onClick={() => setAsking('leave')}>
              {TEXTS.leave}
            </Button>
            <Button variant="subtle" onClick={() => setAsking('erase')}>
              {TEXTS.erase}
            </Button>
          </>
        ) : null}
      </span>
      {link ? <ShownLink invitation={link} /> : null}
      {command.refusal ? <Failure {...command.refusal} /> : null}
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking === 'erase' ? TEXTS.eraseAsk : TEXTS.leaveAsk}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p>
          <b>{name}</b>
        </p>
        <p className="quiet person-warn">{asking === 'erase' ? TEXTS.eraseHelp : TEXTS.leaveHelp}</p>
        <span className="line-up">
          <Button
            variant="filled"
            disabled={command.busy}
            onClick={() => {
              void command.run(`${path}/${asking}`);
              setAsking(null);
            }}
          >
            {asking === 'erase' ? TEXTS.erase : TEXTS.leave}
          </Button>
          <Button onClick={() => setAsking(null)}>{TEXTS.cancel}</Button>
        </span>
      </Modal>
    </li>
  );
}

function standing(person: PersonView, account: AccountView | null, crewName: string | null): string {
  if (person.erased) return TEXTS.erased;
  if (person.left) return TEXTS.left;
  const crew = crewName ? `${crewName}, ` : '';
  if (person.simulated) return `${crew}simulated`;
  if (!account) return `${crew}has an account`;
  if (account.hasPassword)
    return `${crew}${account.email ?? 'no address'}, ${counted(account.sessions, 'session', 'sessions')}`;
  return `${crew}${account.invitedUntil ? 'invited, link not used yet' : 'no way in yet'}`;
}
