import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MonitorRow } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { number } from '../../format/number.ts';
import { readingShown } from '../../format/reading.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Nobody, Person } from '../../parts/Person.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Empty } from '../../parts/states.tsx';
import { Value } from '../../parts/Value.tsx';
import { AgreeTabs } from './AgreeTabs.tsx';
import { LIFECYCLE_WORD, TEXTS } from './texts.ts';
import './monitor.css';

const readMonitors = reading<MonitorRow[]>('monitor', '/api/v1/monitor');
/** Readings are no facts, so nothing tells that new ones came, ms. */
const AGAIN_MS = 15_000;

type Which = 'work' | 'before' | 'all';
const WHICH = [
  { id: 'all', words: TEXTS.all },
  { id: 'work', words: TEXTS.atWork },
  { id: 'before', words: TEXTS.before },
] as const;

function atWork(row: MonitorRow): boolean {
  return row.lifecycle === 'live' || row.lifecycle === 'under review';
}

/** All monitors with what they read now, the limit, and how far they are through the gate. */
export function MonitorListScreen() {
  const monitors = useQuery({ ...readMonitors, refetchInterval: AGAIN_MS });
  const [which, setWhich] = useState<Which>('all');
  const { mayRun } = useRights();
  const rows = monitors.data ?? [];
  const fits = (row: MonitorRow) => which === 'all' || (which === 'work') === atWork(row);
  return (
    <>
      <PageHead
        question={TEXTS.listQuestion}
        under={monitors.data ? TEXTS.listUnder(rows.length, rows.filter(atWork).length) : null}
        tools={
          <>
            <AgreeTabs here="monitors" />
            <Segments name={TEXTS.which} options={WHICH} chosen={which} onChoose={setWhich} />
            {mayRun('monitor.draft') ? (
              <Button component="a" href="/monitor/new" variant="default">
                {TEXTS.newMonitor}
              </Button>
            ) : null}
          </>
        }
      />
      <Answered query={monitors} rows={8}>
        {(all) => (
          <Panel>
            <Table rows={all.filter(fits)} />
          </Panel>
        )}
      </Answered>
    </>
  );
}

function Table({ rows }: { rows: readonly MonitorRow[] }) {
  const name = useNames();
  const columns: Column<MonitorRow>[] = [
    {
      id: 'monitor',
      title: TEXTS.monitor,
      value: (row) => row.name,
      cell: (row) => (
        <span className="two-lines">
          <b>{row.name}</b>
          <span className="small mute">
            {shortId(row.monitorId)}
            <span className="phone-only">, {LIFECYCLE_WORD[row.lifecycle]}</span>
          </span>
        </span>
      ),
    },
    {
      id: 'asset',
      title: TEXTS.watches,
      value: (row) => `${shortId(row.assetId)} ${row.assetName}`,
      cell: (row) => (
        <span className="two-lines">
          <a href={`/strategy/asset/${row.assetId}`}>
            {shortId(row.assetId)} {row.assetName}
          </a>
          <span className="small mute">{row.failureMode}</span>
        </span>
      ),
      secondary: true,
    },
    {
      id: 'reading',
      title: TEXTS.reading,
      value: (row) => row.reading.value,
      cell: (row) => <Value reading={readingShown(row.reading)} />,
      right: true,
    },
    {
      id: 'limit',
      title: TEXTS.limit,
      value: (row) => row.limit?.value ?? null,
      cell: (row) =>
        row.limit ? (
          <span className="nowrap">
            {row.limit.direction} {number(row.limit.value)} {row.limit.unit}
          </span>
        ) : (
          <span className="mute">silence</span>
        ),
      right: true,
      secondary: true,
    },
    {
      id: 'state',
      title: TEXTS.state,
      value: (row) => LIFECYCLE_WORD[row.lifecycle],
      cell: (row) => (
        <span className="two-lines">
          {LIFECYCLE_WORD[row.lifecycle]}
          <span className="small mute">
            {row.active
              ? TEXTS.over
              : row.gateMet < row.gateOf
                ? `${TEXTS.gate.toLowerCase()} ${row.gateMet} of ${row.gateOf}`
                : ''}
          </span>
        </span>
      ),
      secondary: true,
    },
    { id: 'alerts', title: TEXTS.alerts, value: (row) => row.alerts, right: true, secondary: true },
    {
      id: 'owner',
      title: TEXTS.owner,
      value: (row) => (row.owner ? name(row.owner) : ''),
      cell: (row) => (row.owner ? <Person name={name(row.owner)} /> : <Nobody />),
      secondary: true,
    },
  ];
  return (
    <DataTable
      name="Monitors"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.monitorId}
      href={(row) => `/monitor/${row.monitorId}`}
      exportable
      empty={<Empty title={TEXTS.none} because={TEXTS.noneBecause} />}
    />
  );
}
