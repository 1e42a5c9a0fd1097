import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditView } from '../../../src/api/contract.ts';
import { wordsOf, worthAnotherTry } from '../../data/refusal.ts';
import { request } from '../../data/request.ts';
import { number } from '../../format/number.ts';
import { PageHead } from '../../frame/PageHead.tsx';
import { useStanding } from '../../frame/standing.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty, Failure, Loading } from '../../parts/states.tsx';
import { Facts } from './Facts.tsx';
import { TEXTS } from './texts.ts';
import './audit.css';

const PAGE = 50;

/** The journal newest first, its head, and how anybody checks that nothing in it was changed. */
export function AuditScreen() {
  useStanding('access');
  const audit = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam === null ? '' : `&before=${pageParam}`;
      return request<AuditView>('GET', `/api/v1/audit?limit=${PAGE}${before}`, { signal });
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.before,
  });
  const head = audit.data?.pages[0];
  const facts = audit.data?.pages.flatMap((page) => page.facts) ?? [];
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={head ? `${number(head.length, 0)} facts, each chained to the one before.` : null}
      />
      {!head && audit.isError ? (
        <Failure
          {...wordsOf(audit.error)}
          actions={
            worthAnotherTry(audit.error) ? [{ words: 'Try again', onChoose: () => void audit.refetch() }] : []
          }
        />
      ) : null}
      {!head && !audit.isError ? <Loading rows={10} rowHeight={38} /> : null}
      {head ? (
        <div className="audit">
          <Panel title={TEXTS.facts}>
            {facts.length === 0 ? (
              <Empty title={TEXTS.none} because={TEXTS.noneBecause} />
            ) : (
              <Facts facts={facts} />
            )}
            <p className="audit-more">
              {audit.hasNextPage ? (
                <Button disabled={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
                  {audit.isFetchingNextPage ? 'Reading' : TEXTS.older}
                </Button>
              ) : (
                <span className="small mute">{TEXTS.first}</span>
              )}
            </p>
          </Panel>
          <div className="stack">
            <HeadPanel head={head} />
          </div>
        </div>
      ) : null}
    </>
  );
}

function HeadPanel({ head }: { head: AuditView }) {
  return (
    <>
      <Panel title={TEXTS.head}>
        <p className="quiet">
          Fact <b>{number(head.length, 0)}</b>, hash
        </p>
        <Code text={head.hash} />
        <p className="small quiet">{TEXTS.headHelp}</p>
      </Panel>
      <Panel title={TEXTS.verify}>
        <p className="quiet">{TEXTS.verifyHelp}</p>
        <Code text={`throughline audit verify --head ${head.hash}`} />
        <p className="quiet">{TEXTS.replayHelp}</p>
        <Code text="throughline audit replay" />
      </Panel>
    </>
  );
}

function Code({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="audit-code">
      <code>{text}</code>
      <Button
        variant="subtle"
        aria-label={`${TEXTS.copy}: ${text}`}
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {copied ? TEXTS.copied : TEXTS.copy}
      </Button>
    </div>
  );
}
