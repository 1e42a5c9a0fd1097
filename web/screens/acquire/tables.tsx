import type { Malformed, SignalRow, UnclaimedTopic } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { count, number } from '../../format/number.ts';
import { Age } from '../../parts/Age.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Empty } from '../../parts/states.tsx';
import { type Reading, Value } from '../../parts/Value.tsx';
import { TEXTS } from './texts.ts';

/** A signal's row opens the monitor that claims it: that is why it is stored at all. */
export function SignalTable({ rows, nowMs }: { rows: readonly SignalRow[]; nowMs: number }) {
  const columns: Column<SignalRow>[] = [
    {
      id: 'signal',
      title: 'Signal',
      value: (row) => row.name,
      cell: (row) => (
        <span className="work-name">
          <b>{row.name}</b>
          <span className="small mute">{row.topic || shortId(row.signalId)}</span>
        </span>
      ),
    },
    {
      id: 'value',
      title: 'Newest',
      value: (row) => row.lastTimeMs,
      cell: (row) => <Value reading={readingOf(row, nowMs)} />,
    },
    {
      id: 'monitors',
      title: 'Claimed by',
      value: (row) => row.monitors.length,
      secondary: true,
      cell: (row) =>
        row.monitors.map((monitorId) => (
          <a className="link signal-monitor" key={monitorId} href={`/monitor/${monitorId}`}>
            {shortId(monitorId)}
          </a>
        )),
    },
    {
      id: 'accepted',
      title: 'Accepted',
      value: (row) => row.accepted,
      right: true,
      secondary: true,
      cell: (row) => count(row.accepted),
    },
    ...(['bad', 'late', 'repeated', 'future'] as const).map((mark) => ({
      id: mark,
      title: mark === 'future' ? 'Ahead' : mark.charAt(0).toUpperCase() + mark.slice(1),
      value: (row: SignalRow) => row[mark],
      right: true,
      secondary: true,
      cell: (row: SignalRow) => (row[mark] === 0 ? <span className="mute">0</span> : count(row[mark])),
    })),
  ];
  return (
    <DataTable
      name={TEXTS.signals}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.signalId}
      exportable
      empty={<Empty title={TEXTS.noSignals} because={TEXTS.noSignalsBecause} />}
    />
  );
}

export function UnclaimedTable({ rows }: { rows: readonly UnclaimedTopic[] }) {
  const columns: Column<UnclaimedTopic>[] = [
    {
      id: 'topic',
      title: 'Topic',
      value: (row) => row.topic,
      cell: (row) => <b className="topic">{row.topic}</b>,
    },
    { id: 'client', title: 'Device', value: (row) => row.clientId, secondary: true },
    {
      id: 'example',
      title: 'Example',
      value: (row) => row.example,
      secondary: true,
      cell: (row) => <span className="small quiet topic">{row.example}</span>,
    },
    {
      id: 'rate',
      title: 'A second',
      value: (row) => row.ratePerS,
      right: true,
      cell: (row) => number(row.ratePerS, 2),
    },
    {
      id: 'count',
      title: 'Messages',
      value: (row) => row.count,
      right: true,
      cell: (row) => count(row.count),
    },
    {
      id: 'seen',
      title: 'Last seen',
      value: (row) => row.lastSeenMs,
      secondary: true,
      cell: (row) => <Age atMs={row.lastSeenMs} />,
    },
  ];
  return (
    <DataTable
      name={TEXTS.unclaimed}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.topic}
      sortedBy={{ id: 'count', descending: true }}
      exportable={rows.length > 0}
      empty={<Empty title={TEXTS.noUnclaimed} because={TEXTS.noUnclaimedBecause} />}
    />
  );
}

export function UnreadableTable({ rows }: { rows: readonly Malformed[] }) {
  const columns: Column<Malformed>[] = [
    {
      id: 'topic',
      title: 'Topic',
      value: (row) => row.topic,
      cell: (row) => (
        <span className="work-name">
          <b className="topic">{row.topic}</b>
          <span className="small mute">{row.clientId}</span>
        </span>
      ),
    },
    {
      id: 'why',
      title: 'Why',
      value: (row) => row.message,
      cell: (row) => (
        <>
          {row.message} <span className="state-code">{row.code}</span>
        </>
      ),
    },
    { id: 'count', title: 'Times', value: (row) => row.count, right: true, cell: (row) => count(row.count) },
    {
      id: 'seen',
      title: 'Last seen',
      value: (row) => row.lastSeenMs,
      secondary: true,
      cell: (row) => <Age atMs={row.lastSeenMs} />,
    },
  ];
  return (
    <DataTable
      name={TEXTS.unreadable}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.clientId} ${row.topic} ${row.code}`}
      sortedBy={{ id: 'seen', descending: true }}
      exportable={rows.length > 0}
      empty={<Empty title={TEXTS.noUnreadable} because={TEXTS.noUnreadableBecause} />}
    />
  );
}

function readingOf({ lastTimeMs, lastValue, blindSinceMs, unit }: SignalRow, nowMs: number): Reading {
  if (blindSinceMs !== null) return { kind: 'none', sinceMs: blindSinceMs };
  if (lastTimeMs === null || lastValue === null) return { kind: 'empty' };
  return { kind: 'good', value: lastValue, unit, atMs: Math.min(lastTimeMs, nowMs) };
}
