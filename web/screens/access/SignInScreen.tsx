import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Me } from '../../../src/api/contract.ts';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { request } from '../../data/request.ts';
import { readMe } from '../../frame/session.ts';
import { Failure } from '../../parts/states.tsx';
import { DoorScreen } from './DoorScreen.tsx';

/** Where to go after signing in: only a path of our own. */
export function ownPath(wish: string | null): string {
  return wish?.startsWith('/') && !wish.startsWith('//') && !wish.includes('\\') ? wish : '/';
}

export function SignInScreen() {
  const router = useRouter();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<ProblemWords | null>(null);
  const [busy, setBusy] = useState(false);
  const enter = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(null);
    try {
      const body = { email: form.get('email'), password: form.get('password') };
      const me = await request<Me>('POST', '/api/v1/access/sign-in', { body });
      queries.clear();
      queries.setQueryData(readMe.queryKey, me);
      router.history.replace(ownPath(new URLSearchParams(window.location.search).get('from')));
    } catch (thrown) {
      setFailure(wordsOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <DoorScreen
      question="Who are you?"
      under="Accounts are made by invitation. Ask your administrator for a link."
    >
      <form onSubmit={(event) => void enter(event)}>
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        {failure ? <Failure {...failure} /> : null}
        <Button type="submit" variant="filled" size="md" aria-busy={busy} disabled={busy}>
          {busy ? 'Signing in' : 'Sign in'}
        </Button>
      </form>
    </DoorScreen>
  );
}
