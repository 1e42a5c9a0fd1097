import type { MonitorView } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { caseColumns } from '../work/case-columns.tsx';
import { TEXTS } from './texts.ts';

type AlertOf = MonitorView['alerts'][number];

/** What it raised, newest first. */
export function AlertsPanel({ view }: { view: MonitorView }) {
  const { dateTime } = useWriter();
  const columns: Column<AlertOf>[] = [
    {
      id: 'raised',
      title: TEXTS.raised,
      value: (row) => row.raisedAtMs,
      cell: (row) => dateTime(row.raisedAtMs),
    },
    {
      id: 'cleared',
      title: TEXTS.cleared,
      value: (row) => row.clearedAtMs,
      cell: (row) => (row.clearedAtMs === null ? <b>{TEXTS.stillActive}</b> : dateTime(row.clearedAtMs)),
    },
    {
      id: 'worst',
      title: TEXTS.worst,
      value: (row) => row.extreme,
      cell: (row) => (
        <span className="two-lines nowrap">
          {number(row.extreme)} {view.unit}
          {row.clearedAtMs === null ? <span className="small mute">{TEXTS.whenRaised}</span> : null}
        </span>
      ),
      right: true,
      secondary: true,
    },
    {
      id: 'case',
      title: TEXTS.toCase,
      value: (row) => row.caseId,
      cell: (row) =>
        row.caseId ? (
          <a className="link" href={`/work/case/${row.caseId}`}>
            {shortId(row.caseId)}
          </a>
        ) : (
          <span className="mute">{row.trial ? TEXTS.trial : ''}</span>
        ),
    },
  ];
  return (
    <div id="alerts">
      <Panel title={TEXTS.alertsTitle}>
        <DataTable
          name={`Alerts of ${shortId(view.monitorId)}`}
          columns={columns}
          rows={view.alerts.toReversed()}
          rowKey={(row) => row.alertId}
          href={(row) => `/alert/${row.alertId}`}
          empty={<Empty title={TEXTS.alertsNone} because={TEXTS.alertsNoneBecause} />}
        />
      </Panel>
    </div>
  );
}

/** What came of it: cases, findings, money. */
export function CasesPanel({ view }: { view: MonitorView }) {
  const { shortDay } = useWriter();
  return (
    <div id="cases">
      <Panel title={TEXTS.casesTitle}>
        <DataTable
          name={`Cases of ${shortId(view.monitorId)}`}
          columns={caseColumns(shortDay, false)}
          rows={view.cases}
          rowKey={(row) => row.caseId}
          href={(row) => `/work/case/${row.caseId}`}
          empty={<Empty title={TEXTS.casesNone} because={TEXTS.casesNoneBecause} />}
        />
      </Panel>
    </div>
  );
}
