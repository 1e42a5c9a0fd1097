import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { AlertListView, AlertRow, HealthRow } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { useSteady } from '../../data/steady.ts';
import { shortId } from '../../format/id.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useNames } from '../../frame/people.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Nobody, Person } from '../../parts/Person.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Empty } from '../../parts/states.tsx';
import { useAlertColumns } from './columns.tsx';
import { TEXTS } from './texts.ts';
import './alert.css';

const readAlerts = reading<AlertListView>('alert', '/api/v1/alert');
type Which = 'real' | 'trials';
const WHICH = [
  { id: 'real', words: TEXTS.real },
  { id: 'trials', words: TEXTS.trials },
] as const;

/** Alerts, newest first, with the cases they opened; those of trials apart. */
export function AlertScreen() {
  const { alertId }: { alertId?: string } = useParams({ strict: false });
  const alerts = useQuery(readAlerts);
  const [chosen, setChosen] = useState<Which | null>(null);
  const named = alerts.data?.alerts.find((row) => row.alertId === alertId);
  const which = chosen ?? (named?.trial ? 'trials' : 'real');
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={alerts.data ? sumOf(alerts.data) : null}
        tools={<Segments name={TEXTS.which} options={WHICH} chosen={which} onChoose={setChosen} />}
      />
      <Answered query={alerts} rows={10}>
        {(view) => (
          <div className="alerts">
            <List
              rows={view.alerts.filter((row) => row.trial === (which === 'trials'))}
              which={which}
              marked={alertId ?? null}
            />
            <Health rows={view.health} />
          </div>
        )}
      </Answered>
    </>
  );
}

function sumOf(view: AlertListView): string {
  const real = view.alerts.filter((row) => !row.trial);
  const sum = TEXTS.under(real.filter((row) => row.clearedAtMs === null).length, real.length);
  return view.alerts.length < view.total ? `${sum} ${TEXTS.cut(view.alerts.length, view.total)}` : sum;
}

function List(props: { rows: readonly AlertRow[]; which: Which; marked: string | null }) {
  const { rows, which, marked } = props;
  const steady = useSteady(rows, (row) => row.alertId, which);
  const columns = useAlertColumns(which === 'trials', marked);
  const here = marked !== null && steady.shown.some((row) => row.alertId === marked);
  useEffect(() => {
    if (here) document.querySelector('[data-marked]')?.scrollIntoView({ block: 'center' });
  }, [here]);
  const empty =
    which === 'trials' ? (
      <Empty title={TEXTS.noTrials} because={TEXTS.noTrialsBecause} />
    ) : (
      <Empty title={TEXTS.none} because={TEXTS.noneBecause} />
    );
  return (
    <Panel className="alert-list">
      {steady.fresh.length > 0 ? (
        <button type="button" className="link" onClick={steady.show}>
          {TEXTS.fresh(steady.fresh.length)}
        </button>
      ) : null}
      <DataTable
        name={which === 'trials' ? TEXTS.trials : TEXTS.real}
        columns={columns}
        rows={steady.shown}
        rowKey={(row) => row.alertId}
        href={(row) => (row.caseId ? `/work/case/${row.caseId}` : `/monitor/${row.monitorId}`)}
        exportable
        empty={empty}
      />
    </Panel>
  );
}

/** Blind monitors: an alert of their own, for the keeper of the sensor. */
function Health({ rows }: { rows: readonly HealthRow[] }) {
  const name = useNames();
  const nowMs = usePlantNow(10_000);
  const { moment, span } = useWriter();
  const columns: Column<HealthRow>[] = [
    {
      id: 'signal',
      title: TEXTS.signal,
      value: (row) => row.signalName,
      cell: (row) => (
        <span className="alert-lines">
          <b>{row.signalName}</b>
          <span className="small mute">{shortId(row.signalId)}</span>
        </span>
      ),
    },
    {
      id: 'since',
      title: TEXTS.since,
      value: (row) => row.sinceMs,
      cell: (row) => (
        <span className="alert-lines">
          <span className="nowrap">{moment(row.sinceMs, nowMs)}</span>
          <span className="small mute">{span(nowMs - row.sinceMs)}</span>
        </span>
      ),
    },
    {
      id: 'monitor',
      title: TEXTS.monitor,
      value: (row) => shortId(row.monitorId),
      cell: (row) => (
        <a className="link" href={`/monitor/${row.monitorId}`}>
          {shortId(row.monitorId)}
        </a>
      ),
      secondary: true,
    },
    {
      id: 'keeper',
      title: TEXTS.keeper,
      value: (row) => (row.keeper ? name(row.keeper) : ''),
      cell: (row) => (row.keeper ? <Person name={name(row.keeper)} /> : <Nobody />),
    },
  ];
  return (
    <Panel title={TEXTS.health}>
      <DataTable
        name={TEXTS.health}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.alertId}
        href={() => '/acquire'}
        empty={<p className="small quiet">{TEXTS.healthNone}</p>}
      />
    </Panel>
  );
}
