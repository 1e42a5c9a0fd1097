import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Invitation, Role } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { ROLES, TEXTS } from './texts.ts';

interface Crews {
  crews: { crewId: string; name: string }[];
}

export const readCrews = reading<Crews>('plan', '/api/v1/plan');

/** A one-time link for a new person; the plant keeps only its hash, so it stands here once. */
export function InvitePanel() {
  const command = useCommand();
  const crews = useQuery(readCrews);
  const [name, setName] = useState('');
  const [crewId, setCrew] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(['technician']);
  const [made, setMade] = useState<Invitation | null>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setMade(null);
    const body = { name, crewId: crewId === '' ? null : crewId, roles };
    const answer = await command.run<Invitation>('/api/v1/access/people', body);
    if (!answer) return;
    setMade(answer);
    setName('');
  };
  const choose = (role: Role, on: boolean) =>
    setRoles(on ? [...roles, role] : roles.filter((one) => one !== role));
  return (
    <Panel title={TEXTS.invite} aside={TEXTS.inviteHelp}>
      <form className="invite" onSubmit={(event) => void send(event)}>
        <TextInput
          label={TEXTS.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={100}
        />
        <NativeSelect
          label={TEXTS.crew}
          value={crewId}
          onChange={(event) => setCrew(event.currentTarget.value)}
          data={[
            { value: '', label: TEXTS.noCrew },
            ...(crews.data?.crews ?? []).map((crew) => ({
              value: crew.crewId,
              label: crew.name || shortId(crew.crewId),
            })),
          ]}
        />
        <fieldset className="invite-roles">
          <legend className="small mute">{TEXTS.roles}</legend>
          {ROLES.map((role) => (
            <Checkbox
              key={role}
              label={role}
              checked={roles.includes(role)}
              onChange={(event) => choose(role, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
        <Button
          type="submit"
          variant="filled"
          data-main-action=""
          disabled={command.busy || roles.length === 0}
        >
          {command.busy ? 'Working' : TEXTS.makeLink}
        </Button>
      </form>
      {made ? <ShownLink invitation={made} /> : null}
      {command.refusal ? <Failure {...command.refusal} /> : null}
    </Panel>
  );
}

export function ShownLink({ invitation }: { invitation: Invitation }) {
  const [copied, setCopied] = useState(false);
  const link = `${window.location.origin}${invitation.path}`;
  return (
    <div className="shown-link" role="status">
      <p>{TEXTS.linkShown}</p>
      <code>{link}</code>
      <Button onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}>
        {copied ? TEXTS.copied : TEXTS.copy}
      </Button>
    </div>
  );
}
