import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { LinkLook, Me } from '../../../src/api/contract.ts';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { request } from '../../data/request.ts';
import { readMe } from '../../frame/session.ts';
import { Failure, Loading } from '../../parts/states.tsx';
import { DoorScreen } from './DoorScreen.tsx';

const QUESTION: Record<LinkLook['kind'], string> = {
  first: 'Who runs this plant?',
  invitation: 'Welcome. Who are you?',
  demo: 'Look around the demo plant',
};
const UNDER: Record<LinkLook['kind'], string> = {
  first: 'You are the first person here and become its administrator.',
  invitation: 'Choose a password of at least 12 characters; then this link is used up.',
  demo: 'Everything in it is simulated. You can look through the eyes of each role.',
};

/** A one-time link: its secret stands behind the #, so it reaches no server log. */
export function EnterScreen() {
  const router = useRouter();
  const queries = useQueryClient();
  const [token] = useState(() => window.location.hash.slice(1));
  const [failure, setFailure] = useState<ProblemWords | null>(null);
  const [busy, setBusy] = useState(false);
  const look = useQuery({
    queryKey: ['enter', token],
    queryFn: () => request<LinkLook>('POST', '/api/v1/access/link/look', { body: { token } }),
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const redeem = async (account: Record<string, unknown> | null) => {
    setBusy(true);
    setFailure(null);
    try {
      const me = await request<Me>('POST', '/api/v1/access/link', { body: { token, account } });
      queries.clear();
      queries.setQueryData(readMe.queryKey, me);
      router.history.replace('/');
    } catch (thrown) {
      setFailure(wordsOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const account = { name: form.get('name'), email: form.get('email'), password: form.get('password') };
    void redeem(look.data?.kind === 'demo' ? null : account);
  };
  // The address is already the next one while this screen still stands.
  if (window.location.pathname !== '/enter') return null;
  if (token === '') {
    return (
      <DoorScreen question="This link does not open">
        <Failure
          title="The link is not whole"
          detail="What stands behind the # is missing."
          mend="Copy the whole link, or ask the administrator for a new one."
          code="E-WEB-012"
        />
        <a className="link" href="/sign-in">
          Sign in instead
        </a>
      </DoorScreen>
    );
  }
  if (look.isPending) {
    return (
      <DoorScreen question="One moment">
        <Loading rows={3} />
      </DoorScreen>
    );
  }
  if (look.isError) {
    return (
      <DoorScreen question="This link does not open">
        <Failure {...wordsOf(look.error)} />
        <a className="link" href="/sign-in">
          Sign in instead
        </a>
      </DoorScreen>
    );
  }
  const { kind, name } = look.data;
  return (
    <DoorScreen question={QUESTION[kind]} under={UNDER[kind]}>
      <form onSubmit={onSubmit}>
        {kind === 'demo' ? null : <AccountFields name={name} />}
        {failure ? <Failure {...failure} /> : null}
        <Button type="submit" variant="filled" size="md" disabled={busy} aria-busy={busy}>
          {busy ? 'Opening' : kind === 'demo' ? 'Enter' : 'Create the account'}
        </Button>
      </form>
    </DoorScreen>
  );
}

function AccountFields(props: { name: string }) {
  return (
    <>
      <TextInput
        label="Name"
        name="name"
        defaultValue={props.name}
        autoComplete="name"
        required
        withAsterisk={false}
        maxLength={100}
      />
      <TextInput
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={12}
      />
    </>
  );
}
