import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { MonitorView, Series } from '../../../src/api/contract.ts';
import { useSeries, withGaps } from '../../data/series.ts';
import { shortId } from '../../format/id.ts';
import { counted, number } from '../../format/number.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { isCrossed } from '../../format/reading.ts';
import { DAY_MS } from '../../format/time.ts';
import { Answered } from '../../frame/Answered.tsx';
import { readToday } from '../../frame/session.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Empty } from '../../parts/states.tsx';
import { TrendChart } from '../../parts/TrendChart.tsx';
import type { Trend, TrendLimit } from '../../parts/trend-shapes.ts';
import { MARK_OF } from '../work/findings.ts';
import type { Wish } from './ChangePanel.tsx';
import { RANGES, type RangeId, TEXTS } from './texts.ts';

/** Room for the chart's own width; more would only hide behind itself. */
const POINTS = 800;
/** The end of the range moves on in steps, so that the drawing rests between them, ms. */
const STEP_MS = 600_000;

interface Drawing {
  view: MonitorView;
  fromMs: number;
  toMs: number;
  nowMs: number;
  wish: Wish | null;
  onWish: (wish: Wish) => void;
}

/** The signal over a chosen time, with the limit, every alert and every finding on it. */
export function MonitorTrend(props: Pick<Drawing, 'view' | 'wish' | 'onWish'>) {
  const { view, wish, onWish } = props;
  const [range, setRange] = useState<RangeId>('14');
  const [back, setBack] = useState(0);
  const plantMs = usePlantNow(5_000);
  const { day } = useWriter();
  const nowMs = Math.floor(plantMs / STEP_MS) * STEP_MS;
  const lengthMs = (RANGES.find((one) => one.id === range)?.days ?? 14) * DAY_MS;
  const toMs = nowMs + STEP_MS - back * lengthMs;
  const fromMs = toMs - lengthMs;
  // Before the first answer plant time is this machine's, and its range would be another.
  const told = useQuery(readToday).data !== undefined;
  const series = useSeries(told ? view.signalId : null, fromMs, toMs, POINTS);
  return (
    <Panel
      title={`${view.signalName}, ${view.unit}`}
      aside={
        wish
          ? TEXTS.adjust
          : view.limit
            ? TEXTS.clears(`${number(view.limit.clearsAt)} ${view.limit.unit}`)
            : null
      }
    >
      <div className="monitor-range">
        <Segments
          name={TEXTS.range}
          options={RANGES}
          chosen={range}
          onChoose={(chosen) => {
            setRange(chosen);
            setBack(0);
          }}
        />
        <span className="line-up">
          <button type="button" className="link small" onClick={() => setBack(back + 1)}>
            {TEXTS.earlier}
          </button>
          <span className="small mute nowrap">
            {day(fromMs)} to {day(toMs)}
          </span>
          <button
            type="button"
            className="link small"
            disabled={back === 0}
            onClick={() => setBack(back - 1)}
          >
            {TEXTS.later}
          </button>
        </span>
      </div>
      <Answered query={series} rows={9} rowHeight={32}>
        {(found) => (
          <Drawn
            series={found}
            view={view}
            fromMs={fromMs}
            toMs={toMs}
            nowMs={nowMs}
            wish={wish}
            onWish={onWish}
          />
        )}
      </Answered>
    </Panel>
  );
}

function Drawn(props: Drawing & { series: Series }) {
  const { series, view, fromMs, toMs, nowMs, wish, onWish } = props;
  const trend = useMemo(
    () => trendOf({ series, view, fromMs, toMs, nowMs, wish, onWish }),
    [series, view, fromMs, toMs, nowMs, wish, onWish],
  );
  if (!series.value.some((value) => value !== null)) {
    return <Empty title={TEXTS.noReadings} because={TEXTS.noReadingsBecause} />;
  }
  return <TrendChart trend={trend} finding={sentenceOf(view, trend)} height={320} />;
}

/** The one sentence for those who listen. */
function sentenceOf(view: MonitorView, trend: Trend): string {
  const { limit, reading } = view;
  const now = reading.value === null ? 'no valid reading now' : `now ${number(reading.value)} ${view.unit}`;
  const where = isCrossed(reading.value, limit) ? 'past its limit' : 'inside its limit';
  const judged = limit && reading.value !== null ? `, ${where} of ${number(limit.value)} ${limit.unit}` : '';
  const seen = counted(trend.alerts?.length ?? 0, 'alert', 'alerts');
  return `${view.signalName} of ${view.assetName}: ${now}${judged}; ${seen} in this time.`;
}

function trendOf(props: Drawing & { series: Series }): Trend {
  const { series, view, fromMs, toMs, nowMs } = props;
  const inside = (atMs: number) => atMs >= fromMs && atMs <= toMs;
  const blindMs = view.reading.quality === 'no valid signal' ? view.reading.sinceMs : null;
  const limit = limitOf(props);
  const hasOpenCase = view.cases.some((row) => row.state !== 'closed');
  return {
    ...withGaps(series, view.reading.usualIntervalMs),
    unit: view.unit,
    fromMs,
    toMs,
    ...(limit ? { limit } : {}),
    ...(blindMs !== null && blindMs < toMs && nowMs > fromMs
      ? { blind: [{ fromMs: Math.max(blindMs, fromMs), toMs: Math.min(nowMs, toMs), words: 'no reading' }] }
      : {}),
    alerts: view.alerts
      .filter((alert) => inside(alert.raisedAtMs))
      .map((alert) => ({
        atMs: alert.raisedAtMs,
        words: shortId(alert.alertId),
        href: alert.caseId ? `/work/case/${alert.caseId}` : `/alert/${alert.alertId}`,
        priority: view.priority,
      })),
    findings: view.findings
      .filter((given) => inside(given.atMs))
      .map((given) => ({
        atMs: given.atMs,
        words: given.finding,
        finding: MARK_OF[given.finding],
        href: `/work/case/${given.caseId}`,
      })),
    ...(inside(nowMs) ? { nowMs } : {}),
    ...(hasOpenCase && isCrossed(view.reading.value, view.limit) ? { priority: view.priority } : {}),
  };
}

/** The limit in effect, or the one that a person holds while a new version is being made. */
function limitOf({ view, series, wish, onWish }: Drawing & { series: Series }): TrendLimit | null {
  const { limit } = view;
  if (!limit) return null;
  if (wish?.kind !== 'limit') return { value: limit.value, side: limit.direction, clears: limit.clearsAt };
  const known = series.value.filter((value): value is number => value !== null);
  const low = Math.min(...known, limit.value);
  const high = Math.max(...known, limit.value);
  const clears = limit.direction === 'high' ? wish.limit - wish.deadband : wish.limit + wish.deadband;
  const room = (high - low || Math.abs(limit.value) || 1) * 0.25;
  return {
    value: wish.limit,
    side: limit.direction,
    clears,
    adjust: {
      step: stepOf(high - low || Math.abs(limit.value) || 1),
      lowest: low - room,
      highest: high + room,
      onMove: (value) => onWish({ ...wish, limit: value }),
    },
  };
}

/** A hundredth of the range, rounded down to 1, 2 or 5 times a power of ten. */
function stepOf(range: number): number {
  const power = 10 ** Math.floor(Math.log10(range / 100));
  const times = range / 100 / power;
  return Number(((times >= 5 ? 5 : times >= 2 ? 2 : 1) * power).toPrecision(1));
}
