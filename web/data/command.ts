import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { Problem, type ProblemWords, wordsOf } from './refusal.ts';
import { type Method, request } from './request.ts';

export interface CommandHandle {
  /** @returns the answer, or null when the plant refused or nobody answered; `refusal` then says why */
  run: <Answer>(path: string, body?: unknown, method?: Method) => Promise<Answer | null>;
  busy: boolean;
  refusal: ProblemWords | null;
  clear: () => void;
}

/**
 * Runs one command and keeps why it was refused, for the place beside its button. The same command tried again
 * after no answer came carries the same idempotency key, so that it happens once.
 */
export function useCommand(): CommandHandle {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ProblemWords | null>(null);
  const tried = useRef<{ what: string; key: string } | null>(null);
  const run = useCallback(
    async <Answer>(path: string, body?: unknown, method: Method = 'POST') => {
      const what = JSON.stringify([method, path, body]);
      if (tried.current?.what !== what) tried.current = { what, key: crypto.randomUUID() };
      setBusy(true);
      setRefusal(null);
      try {
        const options = { idempotencyKey: tried.current.key, ...(body === undefined ? {} : { body }) };
        const answer = await request<Answer>(method, path, options);
        tried.current = null;
        await queries.invalidateQueries();
        // A command without an answer still happened.
        return answer ?? ({} as Answer);
      } catch (thrown) {
        if (thrown instanceof Problem && thrown.kind === 'refused') tried.current = null;
        setRefusal(wordsOf(thrown));
        return null;
      } finally {
        setBusy(false);
      }
    },
    [queries],
  );
  const clear = useCallback(() => setRefusal(null), []);
  return { run, busy, refusal, clear };
}
