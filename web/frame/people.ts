import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CommandType, Me, ReadWord } from '../../src/api/contract.ts';
import { readMe, readPeople } from './session.ts';

export interface Rights {
  me: Me | null;
  mayRun: (command: CommandType) => boolean;
  mayRead: (word: ReadWord) => boolean;
}

/** What the person who looks may do; a screen offers nothing else. */
export function useRights(): Rights {
  const { data } = useQuery({ ...readMe, staleTime: 60_000 });
  const me = data ?? null;
  return {
    me,
    mayRun: (command) => me?.mayRun.includes(command) === true,
    mayRead: (word) => me?.mayRead.includes(word) === true,
  };
}

/** Writes a person's name; the id's short form where the name was erased or may not be read. */
export function useNames(): (personId: string) => string {
  const { mayRead } = useRights();
  const { data } = useQuery({ ...readPeople, enabled: mayRead('people'), staleTime: 60_000 });
  return useCallback(
    (personId) =>
      data?.people.find((one) => one.personId === personId)?.name ||
      personId.slice(personId.indexOf('.') + 1),
    [data],
  );
}

/** Whether a person is one of the plant's simulated people: what they did is marked so. */
export function useSimulated(): (personId: string) => boolean {
  const { mayRead } = useRights();
  const { data } = useQuery({ ...readPeople, enabled: mayRead('people'), staleTime: 60_000 });
  return useCallback(
    (personId) => data?.people.some((one) => one.personId === personId && one.simulated) === true,
    [data],
  );
}
