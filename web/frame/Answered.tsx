import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { wordsOf, worthAnotherTry } from '../data/refusal.ts';
import { Failure, Loading } from '../parts/states.tsx';

/**
 * An answer of the server on the screen: grey bars until it comes, why it does not come, or the thing itself.
 * What was read once stays, also when a later reading fails: the strip above says since when.
 */
export function Answered<Answer>(props: {
  query: UseQueryResult<Answer>;
  rows?: number;
  rowHeight?: number;
  children: (answer: Answer) => ReactNode;
}) {
  const { query } = props;
  if (query.data !== undefined) return props.children(query.data);
  if (query.isError) {
    return (
      <Failure
        {...wordsOf(query.error)}
        actions={
          worthAnotherTry(query.error) ? [{ words: 'Try again', onChoose: () => void query.refetch() }] : []
        }
      />
    );
  }
  return <Loading rows={props.rows ?? 6} rowHeight={props.rowHeight ?? 38} />;
}
