import { useMemo, useState } from 'react';
import { usePlantNow } from '../../format/plant.tsx';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../format/time.ts';
import { Age } from '../../parts/Age.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { DecisionPanel } from '../../parts/DecisionPanel.tsx';
import { GateList, gateCount } from '../../parts/GateList.tsx';
import { IntervalDot } from '../../parts/IntervalDot.tsx';
import { KpiBar, KpiWord } from '../../parts/KpiBar.tsx';
import { LineKey, LinePicture } from '../../parts/LinePicture.tsx';
import { Amount, MoneyBar } from '../../parts/MoneyBar.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Sparkline } from '../../parts/Sparkline.tsx';
import { Timeline } from '../../parts/Timeline.tsx';
import { TrendChart } from '../../parts/TrendChart.tsx';
import { GROUPS, TOTALS } from './line-samples.ts';
import { caseTrend, GATE, KPIS, limitTrend, MONITORS, type MonitorRow, wave } from './samples.ts';

/** The parts that carry figures. */
export function MoreParts() {
  return (
    <>
      <Panel title="The line, whole" className="wide" flush>
        <LinePicture groups={GROUPS} totals={TOTALS} />
        <LineKey />
      </Panel>
      <Charts />
      <Panel title="KPI" aside="▲ plan for today" className="double">
        {KPIS.map((kpi) => (
          <div key={kpi.name} className="shown kpi-shown">
            <b>{kpi.name}</b>
            <KpiBar kpi={kpi} />
            <KpiWord kpi={kpi} />
          </div>
        ))}
      </Panel>
      <Panel title="Before it may go live" aside={gateCount(GATE)}>
        <GateList items={GATE} />
      </Panel>
      <Panel title="Cost avoided">
        <MoneyBar
          name="Cost avoided"
          acceptedMinor={6_230_000}
          verifiedMinor={890_000}
          estimatedMinor={2_304_400}
          scaleMinor={9_424_400}
        />
      </Panel>
      <Panel title="Money saved">
        <MoneyBar
          name="Money saved"
          acceptedMinor={2_560_000}
          verifiedMinor={570_000}
          estimatedMinor={210_000}
          scaleMinor={9_424_400}
        />
      </Panel>
      <Sparks />
      <Monitors />
      <Decision />
      <Happened />
    </>
  );
}

function Charts() {
  const [limit, setLimit] = useState(1.75);
  const first = useMemo(() => caseTrend(), []);
  const second = useMemo(() => limitTrend(limit, setLimit), [limit]);
  return (
    <>
      <Panel title="How bad is it?" className="wide">
        <TrendChart
          trend={first}
          caption="Vibration, drive end, mm/s RMS, 10 to 1,000 Hz, only while running"
          finding="Vibration of P-201 from 14 Sep to 9 Nov: over the limit of 2.8 since 12 Oct, now 3.1, expected to reach 4.5 on 30 Oct, 26 Oct to 7 Nov."
        />
      </Panel>
      <Panel title="Pump-down time, s" className="wide">
        <TrendChart
          trend={second}
          height={388}
          caption="Drag the line, press ↑ ↓, or type. Pale band: clears under the limit less 0.10."
          finding="Pump-down time over 12 months with a movable limit; three breakdowns, each with a rise before it."
        />
      </Panel>
    </>
  );
}

function Sparks() {
  const nowMs = usePlantNow(60_000);
  return (
    <Panel title="Small trends, ages, amounts">
      <div className="shown">
        <Sparkline values={wave(26, 0.6)} limit={0.75} priority={1} width={88} />
        <span className="small quiet">
          <Age atMs={nowMs - 4_000} />, over its limit
        </span>
      </div>
      <div className="shown">
        <Sparkline values={[...wave(10, 0.1), null, null, ...wave(12, 0.1)]} width={88} />
        <span className="small quiet">
          <Age atMs={nowMs - 40 * MINUTE_MS} staleAfterMs={3 * MINUTE_MS} />, with a gap
        </span>
      </div>
      <div className="shown">
        <Amount minor={960_000} />
        <Amount minor={-290_000} />
      </div>
    </Panel>
  );
}

const COLUMNS: readonly Column<MonitorRow>[] = [
  {
    id: 'monitor',
    title: 'Monitor',
    value: (row) => row.id,
    cell: (row) => (
      <>
        <b>{row.id}</b> {row.name}
      </>
    ),
  },
  { id: 'true', title: 'True', value: (row) => row.hits, cell: (row) => `${row.hits} of ${row.of}` },
  {
    id: 'range',
    title: '0 to 100 %',
    unsorted: true,
    secondary: true,
    value: (row) => row.low,
    cell: (row) => <IntervalDot hits={row.hits} of={row.of} low={row.low} high={row.high} goal={0.7} />,
  },
  { id: 'visits', title: 'Visits, h', right: true, secondary: true, value: (row) => row.visits },
  {
    id: 'money',
    title: 'Result',
    right: true,
    value: (row) => row.minor,
    cell: (row) => <Amount minor={row.minor} />,
  },
  { id: 'proposal', title: 'Proposal', value: (row) => row.proposal },
];

function Monitors() {
  return (
    <Panel title="Profit and loss by monitor" className="double">
      <DataTable
        name="Monitors"
        columns={COLUMNS}
        rows={MONITORS}
        rowKey={(row) => row.id}
        href={(row) => `/monitor/${row.id}`}
        sortedBy={{ id: 'money', descending: true }}
        exportable
      />
    </Panel>
  );
}

function Decision() {
  return (
    <DecisionPanel
      question="Accept the work?"
      by="by Thu 15 Oct 12:00"
      answer="Replace the drive-end bearing in the cleaning window. No production is lost."
      facts={[
        { word: 'Slot', value: 'Tue 20 Oct, 22:00 to 03:30' },
        { word: 'Crew', value: 'T. Novak and S. Owusu, 11 h' },
        { word: 'Parts', value: 'Bearing 6309 C3, 2 in stock' },
      ]}
      costs={[
        { words: 'If it fails: 6.5 h stop, repair, scrap', amount: <Amount minor={3_440_000} plain /> },
        { words: 'Planned: labour and parts', amount: <Amount minor={148_000} plain /> },
      ]}
      act={{ words: 'Accept the draft', onChoose: () => {} }}
      others={[
        { words: 'Change slot', onChoose: () => {} },
        { words: 'Not real', onChoose: () => {} },
      ]}
      silence="Without an answer M. Silva is asked on Thu 15 Oct at 12:00."
    />
  );
}

function Happened() {
  const [startMs] = useState(() => Date.now() - 4 * DAY_MS);
  return (
    <Panel title="What happened">
      <Timeline
        happenings={[
          { id: '1', atMs: startMs, words: 'Last reading under the limit' },
          { id: '2', atMs: startMs + DAY_MS, words: 'Alert: over 2.8 for 30 min', href: '/parts' },
          { id: '3', atMs: startMs + DAY_MS + MINUTE_MS, words: 'Notification N-2093 in SAP' },
          { id: '4', atMs: startMs + DAY_MS + 2 * HOUR_MS, words: 'T. Novak: “rough, go”' },
          { id: '5', atMs: null, words: 'Waits for J. Brandt' },
        ]}
      />
    </Panel>
  );
}
