import { QueryClient } from '@tanstack/react-query';
import { Problem } from './refusal.ts';
import { request } from './request.ts';

const TRIES = 3;

/**
 * Reads are kept until a change is told for their stage word, which is the first part of every query key:
 * `['work', 'cases', id]`.
 */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 30 * 60_000,
        networkMode: 'always',
        refetchOnWindowFocus: true,
        retry: (failures, thrown) =>
          failures < TRIES &&
          !(thrown instanceof Problem && thrown.kind !== 'unreachable' && thrown.kind !== 'broken'),
        retryDelay: (failures) => Math.min(1_000 * 2 ** failures, 15_000),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Options for `useQuery`: `useQuery(reading<Case>('work', '/api/v1/work/cases/C-1', 'cases', 'C-1'))`. */
export function reading<Answer>(stage: string, path: string, ...key: readonly unknown[]) {
  return {
    queryKey: [stage, ...(key.length ? key : [path])] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) => request<Answer>('GET', path, { signal }),
  };
}
