import type { LossesView, Reliability } from '../../../src/api/contract.ts';
import { number } from '../../format/number.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { TEXTS } from './losses-texts.ts';

type Repeat = LossesView['repeats'][number];
type Mode = Reliability['modes'][number];
type Trend = Reliability['trends'][number];

export function Repeats({ rows }: { rows: readonly Repeat[] }) {
  const columns: Column<Repeat>[] = [
    {
      id: 'asset',
      title: TEXTS.cuts.asset,
      value: (row) => row.asset,
      cell: (row) => <b className="losses-name">{row.asset}</b>,
    },
    { id: 'mode', title: TEXTS.mode, value: (row) => row.failureMode },
    {
      id: 'times',
      title: TEXTS.failures,
      value: (row) => row.times,
      cell: (row) => TEXTS.times(row.times),
      right: true,
    },
  ];
  return (
    <Panel title={TEXTS.repeatsTitle} aside={TEXTS.repeatsNote}>
      <DataTable
        name={TEXTS.repeatsTitle}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.asset}:${row.failureMode}`}
        empty={<Empty title={TEXTS.noRepeats} because={TEXTS.noRepeatsBecause} />}
      />
    </Panel>
  );
}

/** Weibull per failure mode; too few failures give no figures. */
export function Ages({ rows }: { rows: readonly Mode[] }) {
  const columns: Column<Mode>[] = [
    {
      id: 'mode',
      title: TEXTS.mode,
      value: (row) => row.failureMode,
      cell: (row) => <b>{row.failureMode}</b>,
    },
    { id: 'failures', title: TEXTS.failures, value: (row) => row.failures, right: true, secondary: true },
    { id: 'says', title: TEXTS.says, unsorted: true, value: agesInWords, cell: agesCell },
  ];
  return (
    <Panel title={TEXTS.agesTitle} aside={TEXTS.agesNote}>
      <DataTable
        name={TEXTS.agesTitle}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.failureMode}
        exportable
        empty={<Empty title={TEXTS.noModes} because={TEXTS.noModesBecause} />}
      />
    </Panel>
  );
}

function agesInWords({ ages }: Mode): string {
  if ('tooFew' in ages) return TEXTS.few(ages.failures, ages.failures + ages.missing);
  const [low, high] = ages.shapeInterval;
  const shape = TEXTS.shape(number(ages.shape, 2), number(low, 2), number(high, 2));
  return `${shape}; ${TEXTS.lives(number(ages.b10, 0), number(ages.mean, 0))}`;
}

function agesCell(row: Mode) {
  const { ages } = row;
  if ('tooFew' in ages) return <span className="mute">{agesInWords(row)}</span>;
  const pattern = typeof ages.pattern === 'string' ? ages.pattern : null;
  return (
    <span className="two-lines">
      <b>{pattern ?? agesPatternMissing(ages.pattern)}</b>
      <span className="small mute">{agesInWords(row)}</span>
    </span>
  );
}

function agesPatternMissing(pattern: { failures: number; missing: number } | string): string {
  return typeof pattern === 'string'
    ? pattern
    : TEXTS.few(pattern.failures, pattern.failures + pattern.missing);
}

/** Crow-AMSAA per asset and failure mode; too few failures give no figures. */
export function Trends({ rows }: { rows: readonly Trend[] }) {
  const columns: Column<Trend>[] = [
    {
      id: 'asset',
      title: TEXTS.cuts.asset,
      value: (row) => row.asset,
      cell: (row) => (
        <span className="two-lines">
          <b className="losses-name">{row.asset}</b>
          <span className="small mute">{row.failureMode}</span>
        </span>
      ),
    },
    { id: 'failures', title: TEXTS.failures, value: (row) => row.failures, right: true, secondary: true },
    { id: 'says', title: TEXTS.says, unsorted: true, value: trendInWords, cell: trendCell },
  ];
  return (
    <Panel title={TEXTS.trendsTitle} aside={TEXTS.trendsNote}>
      <DataTable
        name={TEXTS.trendsTitle}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.asset}:${row.failureMode}`}
        exportable
        empty={<Empty title={TEXTS.noModes} because={TEXTS.noModesBecause} />}
      />
    </Panel>
  );
}

function trendInWords({ trend }: Trend): string {
  if ('tooFew' in trend) return TEXTS.few(trend.failures, trend.failures + trend.missing);
  return `${trend.says}, ${TEXTS.now(number(trend.mtbfNow, 0))}`;
}

function trendCell(row: Trend) {
  return 'tooFew' in row.trend ? <span className="mute">{trendInWords(row)}</span> : trendInWords(row);
}
