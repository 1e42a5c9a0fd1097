import type { CaseRow, MonitorView } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { FindingMark } from '../../parts/FindingMark.tsx';
import { Amount } from '../../parts/MoneyBar.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { PriorityShape } from '../../parts/PriorityBadge.tsx';
import { Empty } from '../../parts/states.tsx';
import { MARK_OF } from '../work/findings.ts';
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
  const columns: Column<CaseRow>[] = [
    {
      id: 'case',
      title: TEXTS.caseWord,
      value: (row) => row.caseId,
      cell: (row) => (
        <span className="line-up nowrap">
          <PriorityShape priority={row.priority} size={16} />
          {shortId(row.caseId)}
        </span>
      ),
    },
    {
      id: 'opened',
      title: TEXTS.opened,
      value: (row) => row.openedAtMs,
      cell: (row) => shortDay(row.openedAtMs),
    },
    {
      id: 'standing',
      title: TEXTS.standing,
      value: (row) => (row.state === 'closed' ? 'closed' : `waits for ${row.waitsFor}`),
      secondary: true,
    },
    {
      id: 'finding',
      title: TEXTS.finding,
      value: (row) => row.finding,
      cell: (row) =>
        row.finding ? (
          <FindingMark finding={MARK_OF[row.finding]} words={row.finding} />
        ) : (
          <span className="mute">not yet</span>
        ),
    },
    {
      id: 'money',
      title: TEXTS.money,
      value: (row) => row.amountMinor,
      cell: (row) => <Amount minor={row.amountMinor} />,
      right: true,
      secondary: true,
    },
  ];
  return (
    <div id="cases">
      <Panel title={TEXTS.casesTitle}>
        <DataTable
          name={`Cases of ${shortId(view.monitorId)}`}
          columns={columns}
          rows={view.cases}
          rowKey={(row) => row.caseId}
          href={(row) => `/work/case/${row.caseId}`}
          empty={<Empty title={TEXTS.casesNone} because={TEXTS.casesNoneBecause} />}
        />
      </Panel>
    </div>
  );
}
