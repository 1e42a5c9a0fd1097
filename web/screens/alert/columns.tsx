import type { AlertRow } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { number } from '../../format/number.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import type { Column } from '../../parts/DataTable.tsx';
import { PriorityBadge } from '../../parts/PriorityBadge.tsx';
import { Seen, TrialAnswer } from './AlertAnswer.tsx';
import { TEXTS } from './texts.ts';

/** @param marked the alert that the address names */
export function useAlertColumns(trial: boolean, marked: string | null): Column<AlertRow>[] {
  const nowMs = usePlantNow(60_000);
  const { moment } = useWriter();
  return [
    {
      id: 'raised',
      title: TEXTS.raised,
      value: (row) => row.raisedAtMs,
      cell: (row) => (
        <span className="alert-lines" {...(row.alertId === marked ? { 'data-marked': '' } : {})}>
          <b className="nowrap">{moment(row.raisedAtMs, nowMs)}</b>
          <span className="small mute">
            {shortId(row.alertId)}
            {row.alertId === marked ? `, ${TEXTS.this}` : ''}
          </span>
        </span>
      ),
    },
    {
      id: 'priority',
      title: TEXTS.priority,
      value: (row) => row.priority,
      cell: (row) => (
        <PriorityBadge
          priority={row.priority}
          size={16}
          unacknowledged={!trial && row.clearedAtMs === null && row.acknowledgedBy.length === 0}
        />
      ),
    },
    {
      id: 'monitor',
      title: TEXTS.monitor,
      value: (row) => row.monitorName,
      cell: (row) => (
        <span className="alert-lines">
          <a href={`/monitor/${row.monitorId}`}>{row.monitorName}</a>
          <span className="small mute">
            {shortId(row.monitorId)}, {shortId(row.assetId)}
          </span>
        </span>
      ),
    },
    {
      id: 'worst',
      title: TEXTS.worst,
      value: (row) => row.extreme,
      cell: (row) => (
        <span className="alert-lines nowrap">
          <span>
            {number(row.extreme)} {row.unit}
          </span>
          <span className="small mute">
            {row.clearedAtMs === null ? `${TEXTS.whenRaised}, ` : ''}
            {row.limit === null ? '' : `${TEXTS.limit} ${number(row.limit)}`}
          </span>
        </span>
      ),
      right: true,
      secondary: true,
    },
    {
      id: 'state',
      title: TEXTS.state,
      value: (row) => row.clearedAtMs,
      cell: (row) =>
        row.clearedAtMs === null ? <b>{TEXTS.active}</b> : TEXTS.cleared(moment(row.clearedAtMs, nowMs)),
      secondary: true,
    },
    ...(trial ? [] : [CASE]),
    {
      id: 'answer',
      title: trial ? TEXTS.would : TEXTS.seen,
      value: (row) => (trial ? String(row.wouldGo) : row.acknowledgedBy.length),
      cell: (row) => (trial ? <TrialAnswer row={row} /> : <Seen row={row} />),
      unsorted: true,
    },
  ];
}

const CASE: Column<AlertRow> = {
  id: 'case',
  title: TEXTS.case,
  value: (row) => row.caseId,
  cell: (row) =>
    row.caseId ? (
      <span className="alert-lines">
        <a className="link" href={`/work/case/${row.caseId}`}>
          {shortId(row.caseId)}
        </a>
        {row.joined ? <span className="small mute">{TEXTS.joined}</span> : null}
      </span>
    ) : null,
};
