import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { CaseRow, OrderRow, WorkListView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { usePlantNow } from '../../format/plant.tsx';
import { DAY_MS } from '../../format/time.ts';
import { Answered } from '../../frame/Answered.tsx';
import { useRights } from '../../frame/people.ts';
import { PageHead } from '../../frame/PageHead.tsx';
import { readStrategy } from '../../frame/session.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { PriorityBadge } from '../../parts/PriorityBadge.tsx';
import { Empty } from '../../parts/states.tsx';
import { dayOfPlan } from '../work/days.ts';
import { LooseNotifications } from '../work/LooseNotifications.tsx';
import { ReportForm } from './ReportForm.tsx';
import { TEXTS } from './texts.ts';
import './report.css';

/** Orders older than this say little about what somebody sees today. */
const ORDER_DAYS = 14;

/** Before a fault is told: is it known, and was somebody there? */
export function ReportScreen() {
  const strategy = useQuery(readStrategy);
  const { mayRun } = useRights();
  const [assetId, setAsset] = useState('');
  return (
    <>
      <PageHead question={TEXTS.question} under={TEXTS.under} />
      <Answered query={strategy} rows={3}>
        {(view) => (
          <div className="report">
            <Panel>
              <NativeSelect
                label={TEXTS.asset}
                value={assetId}
                onChange={(event) => setAsset(event.currentTarget.value)}
                data={[
                  { value: '', label: TEXTS.choose },
                  ...view.assets.map((asset) => ({
                    value: asset.assetId,
                    label: `${shortId(asset.assetId)} ${asset.name}`,
                  })),
                ]}
              />
            </Panel>
            {view.assets
              .filter((asset) => asset.assetId === assetId)
              .map((asset) => (
                <Known key={assetId} assetId={assetId}>
                  {mayRun('work.report') ? <ReportForm asset={asset} /> : null}
                </Known>
              ))}
          </div>
        )}
      </Answered>
    </>
  );
}

function Known({ assetId, children }: { assetId: string; children: ReactNode }) {
  const work = useQuery(reading<WorkListView>('work', '/api/v1/work'));
  const nowMs = usePlantNow(60_000);
  return (
    <Answered query={work} rows={4}>
      {(list) => {
        const here = list.cases.filter((row) => row.assetId === assetId);
        const reports = list.notifications.filter((row) => row.assetId === assetId);
        const caseIds = new Set(here.map((row) => row.caseId));
        return (
          <>
            <Panel
              title={TEXTS.cases}
              aside={
                <a className="link" href={`/strategy/asset/${assetId}`}>
                  {TEXTS.page}
                </a>
              }
            >
              <Cases rows={here.filter((row) => row.state !== 'closed')} />
            </Panel>
            {reports.length > 0 ? (
              <Panel title={TEXTS.reports}>
                <LooseNotifications rows={reports} />
              </Panel>
            ) : null}
            {children}
            <Panel title={TEXTS.orders(ORDER_DAYS)}>
              <Orders
                rows={list.orders.filter(
                  (row) => caseIds.has(row.caseId) && row.dayMs >= nowMs - ORDER_DAYS * DAY_MS,
                )}
              />
            </Panel>
          </>
        );
      }}
    </Answered>
  );
}

function Cases({ rows }: { rows: readonly CaseRow[] }) {
  const columns: Column<CaseRow>[] = [
    {
      id: 'case',
      title: TEXTS.case,
      value: (row) => row.title,
      cell: (row) => (
        <span className="two-lines">
          <b>{row.title}</b>
          <span className="small mute">{TEXTS.waitsFor(row.waitsFor)}</span>
        </span>
      ),
    },
    {
      id: 'priority',
      title: TEXTS.priority,
      value: (row) => row.priority,
      cell: (row) => <PriorityBadge priority={row.priority} size={16} />,
    },
  ];
  return (
    <DataTable
      name={TEXTS.cases}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.caseId}
      href={(row) => `/work/case/${row.caseId}`}
      empty={<Empty title={TEXTS.noCases} because={TEXTS.noCasesBecause} />}
    />
  );
}

function Orders({ rows }: { rows: readonly OrderRow[] }) {
  const columns: Column<OrderRow>[] = [
    {
      id: 'order',
      title: TEXTS.order,
      value: (row) => row.name,
      cell: (row) => (
        <span className="two-lines">
          <b>{row.name}</b>
          <span className="small mute">{`${shortId(row.orderId)}, ${row.state}`}</span>
        </span>
      ),
    },
    {
      id: 'day',
      title: TEXTS.day,
      value: (row) => row.dayMs,
      cell: (row) => <span className="nowrap">{dayOfPlan(row.dayMs)}</span>,
    },
  ];
  return (
    <DataTable
      name={TEXTS.orders(ORDER_DAYS)}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.orderId}
      href={(row) => `/work/order/${row.orderId}`}
      empty={<Empty title={TEXTS.noOrders} because={TEXTS.noOrdersBecause} />}
    />
  );
}
