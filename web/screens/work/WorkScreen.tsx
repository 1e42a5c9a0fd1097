import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseRow, OrderRow, WorkListView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { counted } from '../../format/number.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { dayOfPlan } from './days.ts';
import { hours } from '../../format/time.ts';
import { Answered } from '../../frame/Answered.tsx';
import { useRights } from '../../frame/people.ts';
import { PageHead } from '../../frame/PageHead.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { FindingMark } from '../../parts/FindingMark.tsx';
import { Amount } from '../../parts/MoneyBar.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { PriorityBadge } from '../../parts/PriorityBadge.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Empty } from '../../parts/states.tsx';
import { MARK_OF } from './findings.ts';
import { CopyFromCmms } from './CopyFromCmms.tsx';
import { LooseNotifications } from './LooseNotifications.tsx';
import { TEXTS } from './texts.ts';
import './work.css';

type Kind = 'cases' | 'orders' | 'notifications';

const readWork = reading<WorkListView>('work', '/api/v1/work');

/** Cases and orders, what each waits for, and when it must be done. */
export function WorkScreen() {
  const work = useQuery(readWork);
  const [kind, setKind] = useState<Kind>(() =>
    window.location.hash === '#notifications' ? 'notifications' : 'cases',
  );
  const { mayRun } = useRights();
  const [which, setWhich] = useState<'open' | 'all'>('open');
  return (
    <>
      <PageHead
        question={TEXTS.listQuestion}
        under={work.data ? <Sum work={work.data} /> : null}
        tools={
          <>
            <Segments
              name="What to list"
              options={[
                { id: 'cases', words: TEXTS.cases },
                { id: 'orders', words: TEXTS.orders },
                { id: 'notifications', words: TEXTS.notifications },
              ]}
              chosen={kind}
              onChoose={setKind}
            />
            {kind === 'notifications' ? null : (
              <Segments
                name="Which of them"
                options={[
                  { id: 'open', words: TEXTS.open },
                  { id: 'all', words: TEXTS.all },
                ]}
                chosen={which}
                onChoose={setWhich}
              />
            )}
          </>
        }
      />
      <Answered query={work}>
        {(list) => (
          <Panel>
            {kind === 'cases' ? (
              <Cases rows={list.cases.filter((row) => which === 'all' || row.state !== 'closed')} />
            ) : kind === 'notifications' ? (
              <div className="matching-panel">
                <LooseNotifications rows={list.notifications} />
                {mayRun('work.record-notification') ? <CopyFromCmms /> : null}
              </div>
            ) : (
              <Orders rows={list.orders.filter((row) => which === 'all' || row.state !== 'finished')} />
            )}
          </Panel>
        )}
      </Answered>
    </>
  );
}

function Sum({ work }: { work: WorkListView }) {
  const open = work.cases.filter((row) => row.state !== 'closed').length;
  const orders = work.orders.filter((row) => row.state !== 'finished').length;
  return <>{`${counted(open, 'case', 'cases')} open, ${counted(orders, 'order', 'orders')} not finished.`}</>;
}

function Cases({ rows }: { rows: readonly CaseRow[] }) {
  const nowMs = usePlantNow(60_000);
  const { shortDay, span } = useWriter();
  const columns: Column<CaseRow>[] = [
    {
      id: 'case',
      title: 'Case',
      value: (row) => row.title,
      cell: (row) => (
        <span className="work-name">
          <b>{row.title}</b>
          <span className="small mute">
            {`${shortId(row.caseId)}, since ${shortDay(row.openedAtMs)}`}
            <span className="phone-only">{`, waits for ${row.waitsFor}`}</span>
          </span>
        </span>
      ),
    },
    {
      id: 'priority',
      title: 'Priority',
      value: (row) => row.priority,
      cell: (row) => <PriorityBadge priority={row.priority} size={16} />,
    },
    {
      id: 'waits',
      title: 'Waits for',
      value: (row) => row.waitsFor,
      secondary: true,
      cell: (row) =>
        row.finding && row.state === 'closed' ? (
          <FindingMark finding={MARK_OF[row.finding]} words={row.finding} />
        ) : (
          row.waitsFor
        ),
    },
    {
      id: 'finish',
      title: 'Finish by',
      value: (row) => row.latestFinishMs,
      secondary: true,
      cell: (row) =>
        row.closedAtMs !== null ? (
          <span className="mute">{`closed ${shortDay(row.closedAtMs)}`}</span>
        ) : (
          <>
            {row.finishPrecision === 'week'
              ? `about ${dayOfPlan(row.latestFinishMs)}`
              : dayOfPlan(row.latestFinishMs)}
            {row.latestFinishMs < nowMs ? <b>{`, ${span(nowMs - row.latestFinishMs)} late`}</b> : null}
          </>
        ),
    },
    {
      id: 'order',
      title: 'Order',
      value: (row) => row.orderId,
      secondary: true,
      cell: (row) =>
        row.orderId ? (
          <a className="link" href={`/work/order/${row.orderId}`}>
            {shortId(row.orderId)}
          </a>
        ) : (
          <span className="mute">none yet</span>
        ),
    },
    {
      id: 'money',
      title: 'Booked',
      value: (row) => row.amountMinor,
      right: true,
      secondary: true,
      cell: (row) => <Amount minor={row.amountMinor} />,
    },
  ];
  return (
    <DataTable
      name="Cases"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.caseId}
      href={(row) => `/work/case/${row.caseId}`}
      exportable
      empty={<Empty title={TEXTS.noCases} because={TEXTS.noCasesBecause} />}
    />
  );
}

function Orders({ rows }: { rows: readonly OrderRow[] }) {
  const columns: Column<OrderRow>[] = [
    {
      id: 'order',
      title: 'Order',
      value: (row) => row.name,
      cell: (row) => (
        <span className="work-name">
          <b>{row.name}</b>
          <span className="small mute">{`${shortId(row.orderId)}, ${row.assetName}`}</span>
        </span>
      ),
    },
    {
      id: 'priority',
      title: 'Priority',
      value: (row) => row.priority,
      cell: (row) => <PriorityBadge priority={row.priority} size={16} />,
    },
    { id: 'state', title: 'State', value: (row) => row.state, secondary: true },
    {
      id: 'day',
      title: 'Day',
      value: (row) => row.dayMs,
      cell: (row) => <span className="nowrap">{dayOfPlan(row.dayMs)}</span>,
    },
    { id: 'crew', title: 'Crew', value: (row) => row.crewName, secondary: true },
    {
      id: 'work',
      title: 'Work',
      value: (row) => row.workH,
      right: true,
      secondary: true,
      cell: (row) => hours(row.workH),
    },
  ];
  return (
    <DataTable
      name="Orders"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.orderId}
      href={(row) => `/work/order/${row.orderId}`}
      exportable
      empty={<Empty title={TEXTS.noOrders} because={TEXTS.noOrdersBecause} />}
    />
  );
}
