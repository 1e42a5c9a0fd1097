import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { OrderView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { useData, useWaiting } from '../../data/provider.tsx';
import { reading } from '../../data/queries.ts';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { shortId } from '../../format/id.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { useStanding } from '../../frame/standing.tsx';
import { LineThread } from '../../parts/LineThread.tsx';
import { PriorityBadge } from '../../parts/PriorityBadge.tsx';
import { Failure } from '../../parts/states.tsx';
import { threadOf } from './CaseScreen.tsx';
import { withDays } from './days.ts';
import { FindingFlow } from './FindingFlow.tsx';
import type { OrderPage } from './order-page.ts';
import { FinishForm } from './FinishForm.tsx';
import { OrderFacts } from './OrderFacts.tsx';
import { type StandingOrder, standingOrder, startPath } from './standing-order.ts';
import { TEXTS } from './texts.ts';
import './case.css';
import './order.css';

/** What do I do, with what, and what did I find? Made for a phone and gloves. */
export function OrderScreen() {
  const { orderId = '' }: { orderId?: string } = useParams({ strict: false });
  const path = `/api/v1/work/order/${encodeURIComponent(orderId)}`;
  const order = useQuery({ ...reading<OrderView>('work', path), gcTime: Number.POSITIVE_INFINITY });
  return (
    <Answered query={order} rows={10}>
      {(view) => <Order view={view} />}
    </Answered>
  );
}

function Order({ view }: { view: OrderView }) {
  useStanding('work');
  const { changes } = useWaiting();
  const [page, setPage] = useState<OrderPage>('facts');
  const standing = standingOrder(view, changes);
  useRereadWhenSent(standing.waits.length);
  if (page === 'finding') {
    return (
      <FindingFlow view={view} actions={standing.actions} onDone={setPage} onBack={() => setPage('facts')} />
    );
  }
  if (page === 'finish') return <FinishForm view={view} onBack={() => setPage('facts')} />;
  return (
    <>
      <LineThread stops={threadOf(view.stops)} name="The line of this order" />
      <PageHead
        question={`${view.title}, ${view.assetName}`}
        under={
          <span className="case-facts">
            <PriorityBadge priority={view.priority} />
            <span>
              Order <b>{shortId(view.orderId)}</b>, {standing.state}
            </span>
            <a className="link" href={`/work/case/${view.caseId}`}>
              Case {shortId(view.caseId)}
            </a>
          </span>
        }
        findless
      />
      {view.warning ? <p className="plan-warning">{withDays(view.warning)}</p> : null}
      <OrderFacts view={view} />
      {standing.waits.length > 0 ? (
        <p className="order-note small quiet" role="status">
          {standing.waits.join('; ')}. {TEXTS.keptHere}{' '}
          <a className="link" href="/waiting">
            Show what waits
          </a>
        </p>
      ) : null}
      <MainAction view={view} standing={standing} onPage={setPage} />
    </>
  );
}

/** When what waited has gone, the plant's own answer takes its place. */
function useRereadWhenSent(waiting: number): void {
  const { queries } = useData();
  const before = useRef(waiting);
  useEffect(() => {
    if (waiting < before.current) void queries.invalidateQueries();
    before.current = waiting;
  }, [waiting, queries]);
}

function MainAction(props: { view: OrderView; standing: StandingOrder; onPage: (page: OrderPage) => void }) {
  const { view, standing, onPage } = props;
  const { waiting } = useData();
  const { mayRun } = useRights();
  const command = useCommand();
  const [failure, setFailure] = useState<ProblemWords | null>(null);
  const refusal = command.refusal ?? failure;
  const start = async () => {
    try {
      const title = `${shortId(view.orderId)} started`;
      await waiting.add({
        method: 'POST',
        path: startPath(view.orderId),
        body: undefined,
        title,
        detail: view.title,
      });
    } catch (thrown) {
      setFailure(wordsOf(thrown));
    }
  };
  const has = (action: (typeof standing.actions)[number]) => standing.actions.includes(action);
  const finding = has('give-check-finding') || has('give-as-found');
  return (
    <div className="order-acts thumb-action">
      {refusal ? <Failure {...refusal} /> : null}
      {has('release-order') && mayRun('work.release-order') ? (
        <Button
          variant="filled"
          data-main-action=""
          disabled={command.busy}
          onClick={() => void command.run(`/api/v1/work/order/${encodeURIComponent(view.orderId)}/release`)}
        >
          Release the order
        </Button>
      ) : null}
      {has('start-order') && mayRun('work.start-order') ? (
        <Button variant="filled" data-main-action="" onClick={() => void start()}>
          Start work
        </Button>
      ) : null}
      {finding && mayRun('work.give-finding') ? (
        <Button variant="filled" data-main-action="" onClick={() => onPage('finding')}>
          {TEXTS.whatFound}
        </Button>
      ) : null}
      {has('finish-order') && mayRun('work.finish-order') ? (
        <Button
          variant={finding ? 'default' : 'filled'}
          {...(finding ? {} : { 'data-main-action': '' })}
          onClick={() => onPage('finish')}
        >
          {finding ? 'Finish without a repair' : TEXTS.finishOrder}
        </Button>
      ) : null}
      {standing.actions.length === 0 ? (
        <p className="small quiet">
          {standing.state === 'finished' ? 'This order is finished.' : 'This order waits for others.'}
        </p>
      ) : null}
    </div>
  );
}
