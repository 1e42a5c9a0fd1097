import { useMemo } from 'react';
import { number } from '../format/number.ts';
import { useWriter } from '../format/plant.tsx';
import { type Column, DataTable } from './DataTable.tsx';
import { FINDING_WORD } from './FindingMark.tsx';
import { PRIORITY_WORD } from './PriorityBadge.tsx';
import type { Trend } from './trend-shapes.ts';

/** More rows than this are no longer read but exported. */
const MOST_ROWS = 400;

interface TrendRow {
  key: string;
  atMs: number;
  value: number | null;
  note: string;
}

/** The same as the drawing in rows, newest first: readings, and what happened among them. */
export function TrendTable(props: { trend: Trend; name: string }) {
  const { trend } = props;
  const { dateTime } = useWriter();
  const rows = useMemo(() => rowsOf(trend), [trend]);
  const columns: readonly Column<TrendRow>[] = [
    { id: 'at', title: 'Time', value: (row) => row.atMs, cell: (row) => dateTime(row.atMs) },
    {
      id: 'value',
      title: trend.unit,
      right: true,
      value: (row) => row.value,
      cell: (row) => (row.value === null ? '' : number(row.value, trend.decimals ?? 'free')),
    },
    { id: 'note', title: 'What', value: (row) => row.note },
  ];
  return (
    <div className="trend-table">
      <DataTable
        name={props.name}
        columns={columns}
        rows={rows.slice(0, MOST_ROWS)}
        rowKey={(row) => row.key}
        sortedBy={{ id: 'at', descending: true }}
        exportable
        empty={<p className="mute">no readings yet</p>}
      />
      {rows.length > MOST_ROWS ? (
        <p className="small mute">
          The newest {MOST_ROWS} of {number(rows.length, 0)} rows.
        </p>
      ) : null}
    </div>
  );
}

function rowsOf(trend: Trend): TrendRow[] {
  const rows: TrendRow[] = trend.timesMs.map((atMs, place) => {
    const value = trend.values[place] ?? null;
    return { key: `r${place}`, atMs, value, note: value === null ? 'no valid reading' : '' };
  });
  const add = (key: string, atMs: number, note: string) => rows.push({ key, atMs, value: null, note });
  trend.alerts?.forEach((one, n) =>
    add(`a${n}`, one.atMs, `Alert, ${PRIORITY_WORD[one.priority]}: ${one.words}`),
  );
  trend.findings?.forEach((one, n) =>
    add(`f${n}`, one.atMs, `Finding, ${FINDING_WORD[one.finding]}: ${one.words}`),
  );
  trend.breakdowns?.forEach((one, n) => add(`b${n}`, one.atMs, `Breakdown: ${one.words}`));
  trend.blind?.forEach((one, n) => add(`n${n}`, one.fromMs, one.words ?? 'no reading from here'));
  return rows.toSorted((a, b) => b.atMs - a.atMs);
}
