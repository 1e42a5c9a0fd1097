import { useQuery } from '@tanstack/react-query';
import type { NoiseRow, NoiseView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { number } from '../../format/number.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { AGREE } from './agree-texts.ts';
import { AgreeTabs } from './AgreeTabs.tsx';
import './agree.css';

const readNoise = reading<NoiseView[]>('monitor', '/api/v1/monitor/noise');
const hours = (value: number): string => `${number(value, 1)} h`;

/** What each crew may lose to alarms that were not needed, what it lost, and on which monitors. */
export function NoiseScreen() {
  const noise = useQuery(readNoise);
  return (
    <>
      <PageHead question={AGREE.noiseQuestion} under={AGREE.noiseUnder} tools={<AgreeTabs here="noise" />} />
      <Answered query={noise} rows={8}>
        {(crews) =>
          crews.length === 0 ? (
            <Panel>
              <Empty title={AGREE.noiseNone} because={AGREE.noiseNoneBecause} />
            </Panel>
          ) : (
            <div className="agree-list">
              {crews.map((crew) => (
                <Crew key={crew.crewId} crew={crew} />
              ))}
            </div>
          )
        }
      </Answered>
    </>
  );
}

function Crew({ crew }: { crew: NoiseView }) {
  return (
    <Panel
      title={crew.crewName}
      aside={AGREE.budgetFrom(hours(crew.presentHPerWeek), hours(crew.walkH), hours(crew.budgetH))}
    >
      <div className="noise-bars">
        <Bar label={AGREE.wasted} now={crew.thisWeekH} most={crew.budgetH} unit="h" />
        <Bar label={AGREE.lastWeek} now={crew.lastWeekH} most={crew.budgetH} unit="h" />
        <Bar label={AGREE.planned} now={crew.plannedH} most={crew.budgetH} unit="h" />
        <Bar label={AGREE.walks} now={crew.walksPerWeek} most={crew.maxWalksPerWeek} unit="" />
        <Bar label={AGREE.desk} now={crew.deskLooksPerWeek} most={crew.maxDeskLooksPerWeek} unit="" />
      </div>
      {crew.overTwoWeeks ? <p className="agree-warn">{AGREE.over}</p> : null}
      <Monitors crew={crew} />
    </Panel>
  );
}

function Bar(props: { label: string; now: number; most: number; unit: string }) {
  const { label, now, most, unit } = props;
  const share = most > 0 ? Math.min(1, now / most) : now > 0 ? 1 : 0;
  const over = now > most + 1e-9;
  return (
    <div className="noise-bar">
      <span className="small quiet">{label}</span>
      <b className={over ? 'noise-over' : undefined}>
        {AGREE.ofMost(number(now, 1), `${number(most, 1)} ${unit}`.trim())}
      </b>
      <i aria-hidden="true">
        <i
          className={over ? 'noise-fill noise-fill-over' : 'noise-fill'}
          style={{ width: `${share * 100}%` }}
        />
      </i>
    </div>
  );
}

function Monitors({ crew }: { crew: NoiseView }) {
  const columns: Column<NoiseRow>[] = [
    {
      id: 'monitor',
      title: AGREE.monitor,
      value: (row) => row.name,
      cell: (row) => (
        <span className="two-lines">
          <b>{row.name}</b>
          {row.guarded ? <span className="small mute">{AGREE.guarded}</span> : null}
        </span>
      ),
    },
    {
      id: 'lost',
      title: AGREE.lost,
      value: (row) => row.lostH,
      cell: (row) => <span className="nowrap">{hours(row.lostH)}</span>,
      right: true,
    },
    {
      id: 'planned',
      title: AGREE.planned,
      value: (row) => row.plannedHPerWeek,
      cell: (row) => <span className="nowrap">{hours(row.plannedHPerWeek)}</span>,
      right: true,
      secondary: true,
    },
    {
      id: 'right',
      title: AGREE.right,
      value: (row) => row.stated,
      cell: (row) => (
        <span className="nowrap">
          {row.stated} of {row.judged}
        </span>
      ),
      right: true,
      secondary: true,
    },
    {
      id: 'upper',
      title: AGREE.upper,
      value: (row) => row.high,
      cell: (row) =>
        row.high === null ? (
          <span className="mute">–</span>
        ) : (
          <span className="nowrap">{number(row.high * 100, 0)} %</span>
        ),
      right: true,
      secondary: true,
    },
  ];
  return (
    <DataTable
      name={`Monitors of ${crew.crewName}`}
      columns={columns}
      rows={crew.monitors}
      rowKey={(row) => row.monitorId}
      href={(row) => `/monitor/${row.monitorId}`}
      empty={<Empty title={AGREE.noMonitors} because={AGREE.noMonitorsBecause} />}
    />
  );
}
