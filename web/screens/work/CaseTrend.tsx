import { useMemo, useState } from 'react';
import type { CaseView, Series } from '../../../src/api/contract.ts';
import { useSeries, withGaps } from '../../data/series.ts';
import { number } from '../../format/number.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { DAY_MS, MINUTE_MS } from '../../format/time.ts';
import { Answered } from '../../frame/Answered.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Empty } from '../../parts/states.tsx';
import { TrendChart } from '../../parts/TrendChart.tsx';
import type { Trend } from '../../parts/trend-shapes.ts';
import { shortDayOfPlan } from './days.ts';
import { MARK_OF } from './findings.ts';
import { TEXTS } from './texts.ts';

const SPANS = { days: 3 * DAY_MS, weeks: 14 * DAY_MS, months: 84 * DAY_MS } as const;
type Span = keyof typeof SPANS;
/** The axis moves on in steps, and with each the readings are asked again. */
const STEP_MS = 10 * MINUTE_MS;
/** Room for the chart's own width; more would only hide behind itself. */
const POINTS = 800;

/** The signal against its limit, with every alert and finding of this case on it. */
export function CaseTrend({ view }: { view: CaseView }) {
  const [span, setSpan] = useState<Span>('weeks');
  const nowMs = usePlantNow(5_000);
  const { closedAtMs } = view;
  const open = closedAtMs === null;
  const toMs = Math.ceil((closedAtMs === null ? nowMs : closedAtMs + DAY_MS) / STEP_MS) * STEP_MS;
  const fromMs = toMs - SPANS[span];
  const series = useSeries(view.signalId, fromMs, toMs, POINTS);
  return (
    <Panel title={TEXTS.howBad} aside={`${view.signalName}, ${view.reading.unit}`}>
      <Segments
        name="How far back"
        options={[
          { id: 'days', words: '3 days' },
          { id: 'weeks', words: '2 weeks' },
          { id: 'months', words: '12 weeks' },
        ]}
        chosen={span}
        onChoose={setSpan}
      />
      <Answered query={series} rows={8}>
        {(found) => (
          <Drawn view={view} series={found} fromMs={fromMs} toMs={toMs} nowMs={open ? nowMs : null} />
        )}
      </Answered>
    </Panel>
  );
}

interface DrawnProps {
  view: CaseView;
  series: Series;
  fromMs: number;
  toMs: number;
  nowMs: number | null;
}

function Drawn({ view, series, fromMs, toMs, nowMs }: DrawnProps) {
  const { dateTime } = useWriter();
  const minuteMs = nowMs === null ? null : Math.floor(nowMs / 60_000) * 60_000;
  const trend = useMemo(
    () => trendOf({ view, series, fromMs, toMs, nowMs: minuteMs }),
    [view, series, fromMs, toMs, minuteMs],
  );
  if (!series.value.some((value) => value !== null)) {
    return <Empty title={TEXTS.noReadings} because="Choose a longer time, or look at the sources." />;
  }
  const { limit, reading: now } = view;
  const side = limit?.direction === 'low' ? 'Under' : 'Over';
  const finding = [
    `${view.signalName}.`,
    limit
      ? `${side} its limit of ${number(limit.value)} ${limit.unit} since ${dateTime(view.conditionSinceMs)}.`
      : '',
    now.value === null ? 'No valid reading now.' : `Now ${number(now.value)} ${now.unit}.`,
  ].join(' ');
  return <TrendChart trend={trend} finding={finding} />;
}

function trendOf({ view, series, fromMs, toMs, nowMs }: DrawnProps): Trend {
  const { limit } = view;
  const inside = (atMs: number) => atMs >= fromMs && atMs <= toMs;
  const blind = view.reading.quality === 'no valid signal' ? view.reading.sinceMs : null;
  return {
    ...withGaps(series, view.reading.usualIntervalMs),
    unit: view.reading.unit,
    fromMs,
    toMs,
    ...(limit ? { limit: { value: limit.value, side: limit.direction, clears: limit.clearsAt } } : {}),
    ...(blind !== null && nowMs !== null
      ? { blind: [{ fromMs: blind, toMs: nowMs, words: 'no reading' }] }
      : {}),
    alerts: view.alerts
      .filter((alert) => inside(alert.raisedAtMs))
      .map((alert) => ({
        atMs: alert.raisedAtMs,
        words: 'alert',
        priority: view.priority,
        href: `/alert/${alert.alertId}`,
      })),
    findings: view.findings
      .filter((given) => inside(given.givenAtMs))
      .map((given) => ({ atMs: given.givenAtMs, words: given.finding, finding: MARK_OF[given.finding] })),
    dates: [
      ...(view.proposedDayMs !== null && inside(view.proposedDayMs)
        ? [{ atMs: view.proposedDayMs, words: `day ${shortDayOfPlan(view.proposedDayMs)}`, slot: true }]
        : []),
    ],
    ...(nowMs === null ? {} : { nowMs }),
    ...(view.closedAtMs === null ? { priority: view.priority } : {}),
  };
}
