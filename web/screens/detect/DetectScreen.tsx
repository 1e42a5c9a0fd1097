import { useQuery } from '@tanstack/react-query';
import type { DetectRow, DetectView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { number } from '../../format/number.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { readingShown } from '../../format/reading.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { Value } from '../../parts/Value.tsx';
import { TEXTS } from './texts.ts';

/** Readings are no facts, so nothing tells that new ones came, ms. */
const AGAIN_MS = 5_000;

/** The expert page: what the data plane says of every monitor now. */
export function DetectScreen() {
  const detect = useQuery({ ...reading<DetectView>('detect', '/api/v1/detect'), refetchInterval: AGAIN_MS });
  const rows = detect.data?.rows ?? [];
  const crossed = rows.filter((row) => row.conditionSinceMs !== null).length;
  const blind = rows.filter((row) => row.blindSinceMs !== null).length;
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={detect.data ? TEXTS.under(crossed, blind, rows.length) : null}
      />
      <Answered query={detect} rows={10}>
        {(view) => (
          <Panel>
            <Conditions rows={view.rows} />
            {view.rows.length === 0 ? null : <p className="small mute">{TEXTS.note}</p>}
          </Panel>
        )}
      </Answered>
    </>
  );
}

const COUNTS = ['accepted', 'bad', 'late', 'repeated', 'future'] as const;

function Conditions({ rows }: { rows: readonly DetectRow[] }) {
  const nowMs = usePlantNow(60_000);
  const { moment } = useWriter();
  const columns: Column<DetectRow>[] = [
    {
      id: 'monitor',
      title: TEXTS.monitor,
      value: (row) => shortId(row.monitorId),
      cell: (row) => (
        <>
          <b>{shortId(row.monitorId)}</b> {row.name}
        </>
      ),
    },
    {
      id: 'reading',
      title: TEXTS.reading,
      value: (row) => row.reading.value,
      cell: (row) => <Value reading={readingShown(row.reading)} />,
      right: true,
      secondary: true,
    },
    {
      id: 'limit',
      title: TEXTS.limit,
      value: (row) => row.limit?.value ?? null,
      cell: (row) => (
        <span className="nowrap">
          {row.limit ? `${row.limit.direction} ${number(row.limit.value)} ${row.limit.unit}` : TEXTS.silence}
        </span>
      ),
      right: true,
      secondary: true,
    },
    {
      id: 'condition',
      title: TEXTS.condition,
      value: (row) => row.blindSinceMs ?? row.conditionSinceMs,
      cell: (row) => {
        if (row.blindSinceMs !== null) return <b>{TEXTS.blind(moment(row.blindSinceMs, nowMs))}</b>;
        if (row.conditionSinceMs !== null) return <b>{TEXTS.crossed(moment(row.conditionSinceMs, nowMs))}</b>;
        return (
          <span className="mute">{row.reading.quality === 'no data' ? TEXTS.notJudged : TEXTS.inside}</span>
        );
      },
    },
    { id: 'version', title: TEXTS.version, value: (row) => row.version, right: true, secondary: true },
    ...COUNTS.map(
      (count): Column<DetectRow> => ({
        id: count,
        title: TEXTS[count],
        value: (row) => row.counts[count],
        cell: (row) =>
          row.counts[count] === 0 ? <span className="mute">0</span> : number(row.counts[count], 0),
        right: true,
        secondary: true,
      }),
    ),
  ];
  return (
    <DataTable
      name={TEXTS.table}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.monitorId}
      href={(row) => `/monitor/${row.monitorId}`}
      exportable
      empty={<Empty title={TEXTS.none} because={TEXTS.noneBecause} />}
    />
  );
}
