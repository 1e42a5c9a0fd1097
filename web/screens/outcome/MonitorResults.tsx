import type { MonitorResult } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { hours } from '../../format/time.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { IntervalDot } from '../../parts/IntervalDot.tsx';
import { Amount } from '../../parts/MoneyBar.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** Share of true findings that a monitor should reach. */
const GOAL = 0.7;
/** Under this a share says little, and the screen says so. */
const FEW = 5;

/** What each monitor found, cost and brought. Avoided and saved money share a scale but never a bar. */
export function MonitorResults({ monitors }: { monitors: readonly MonitorResult[] }) {
  const sizes = monitors.flatMap((row) => [Math.abs(row.avoidedMinor), Math.abs(row.savedMinor)]);
  const scale = Math.max(...sizes, 1);
  const columns: Column<MonitorResult>[] = [
    {
      id: 'monitor',
      title: 'Monitor',
      value: (row) => row.name,
      cell: (row) => (
        <span className="work-name">
          <b>{row.name}</b>
          <span className="small mute">{shortId(row.monitorId)}</span>
        </span>
      ),
    },
    {
      id: 'true',
      title: 'True',
      secondary: true,
      value: (row) => (row.judged === 0 ? null : row.stated / row.judged),
      cell: (row) =>
        row.judged === 0 ? <span className="mute">none</span> : `${row.stated} of ${row.judged}`,
    },
    {
      id: 'range',
      title: '0 to 100 %',
      value: (row) => row.low,
      unsorted: true,
      secondary: true,
      width: 150,
      cell: (row) => (
        <IntervalDot
          hits={row.stated}
          of={row.judged}
          low={row.low ?? 0}
          high={row.high ?? 1}
          goal={GOAL}
          level="95 %"
        />
      ),
    },
    {
      id: 'visits',
      title: 'Visits',
      value: (row) => row.visitsH,
      right: true,
      secondary: true,
      cell: (row) => hours(row.visitsH),
    },
    {
      id: 'avoided',
      title: 'Avoided',
      value: (row) => row.avoidedMinor,
      right: true,
      cell: (row) => some(row.avoidedMinor),
    },
    {
      id: 'saved',
      title: 'Saved',
      value: (row) => row.savedMinor,
      right: true,
      cell: (row) => some(row.savedMinor),
    },
    {
      id: 'result',
      title: 'Result',
      value: () => null,
      unsorted: true,
      secondary: true,
      width: 140,
      cell: (row) => (
        <span className="result" aria-hidden="true">
          <ResultBar minor={row.avoidedMinor} scale={scale} />
          <ResultBar minor={row.savedMinor} scale={scale} />
        </span>
      ),
    },
    {
      id: 'proposal',
      title: 'Proposal',
      value: (row) => row.proposal,
      secondary: true,
      cell: (row) => (
        <>
          {row.proposal === 'keep' ? (
            'Keep'
          ) : (
            <b>{row.proposal.charAt(0).toUpperCase() + row.proposal.slice(1)}</b>
          )}{' '}
          <span className="small mute">
            {row.judged > 0 && row.judged < FEW ? 'few cases yet' : row.because}
          </span>
        </>
      ),
    },
  ];
  return (
    <Panel title={TEXTS.monitors} aside={TEXTS.monitorsNote}>
      <DataTable
        name={TEXTS.monitors}
        columns={columns}
        rows={monitors}
        rowKey={(row) => row.monitorId}
        href={(row) => `/monitor/${row.monitorId}`}
        exportable
        empty={<Empty title={TEXTS.noMonitors} because={TEXTS.noMonitorsBecause} />}
      />
    </Panel>
  );
}

function some(minor: number) {
  return minor === 0 ? null : <Amount minor={minor} />;
}

/** Half of the field is a gain, half a loss. */
function ResultBar({ minor, scale }: { minor: number; scale: number }) {
  const width = `${(Math.abs(minor) / scale) * 50}%`;
  return <i className={minor < 0 ? 'result-loss' : 'result-gain'} style={{ width }} />;
}
