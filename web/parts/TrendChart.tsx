import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { number } from '../format/number.ts';
import { usePlant, useWriter } from '../format/plant.tsx';
import { clock, DAY_MS, dateTime, month, shortDay } from '../format/time.ts';
import { LimitHandle } from './LimitHandle.tsx';
import { TrendOver } from './TrendOver.tsx';
import { TrendTable } from './TrendTable.tsx';
import { TrendUnder } from './TrendUnder.tsx';
import { niceSteps, rangeOf, spanOf, type Trend, type TrendFrame } from './trend-shapes.ts';
import './trend.css';

const MOST_LABELS = 5;

/**
 * Readings over time with everything that judges them. `finding` is the one sentence a listener gets;
 * the numbers stand as a table behind the switch (key T).
 */
export function TrendChart(props: { trend: Trend; finding: string; height?: number; caption?: ReactNode }) {
  const { trend } = props;
  const height = props.height ?? 292;
  const box = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const plot = useRef<UPlot | null>(null);
  const [frame, setFrame] = useState<TrendFrame | null>(null);
  const [asTable, setAsTable] = useState(false);
  const { zone } = usePlant();
  const { dateTime: write } = useWriter();
  const [from, to] = useMemo(() => spanOf(trend), [trend]);
  const [low, high] = useMemo(() => rangeOf(trend), [trend]);
  const headroom = trend.grounds?.length ? 24 : 10;

  const point = useCallback(
    (u: UPlot) => {
      if (!readout.current) return;
      const at = u.cursor.idx;
      const known = at !== null && at !== undefined;
      const value = known ? (trend.values[at] ?? null) : null;
      const time = known ? trend.timesMs[at] : undefined;
      readout.current.textContent =
        value === null || time === undefined
          ? ''
          : `${write(time)}, ${number(value, trend.decimals ?? 'free')} ${trend.unit}`;
    },
    [trend, write],
  );

  useEffect(() => {
    const host = box.current;
    if (!host || asTable) return;
    const measure = (u: UPlot) => setFrame((before) => frameOf(u, before));
    const u = new UPlot(
      options({
        width: host.clientWidth,
        height,
        from,
        to,
        low,
        high,
        zone,
        headroom,
        hooks: { measure, point },
      }),
      [trend.timesMs as number[], trend.values as (number | null)[]],
      host,
    );
    plot.current = u;
    const size = new ResizeObserver(() => u.setSize({ width: host.clientWidth, height }));
    size.observe(host);
    const theme = new MutationObserver(() => u.redraw(false, true));
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      size.disconnect();
      theme.disconnect();
      u.destroy();
      plot.current = null;
    };
  }, [trend, height, from, to, low, high, zone, headroom, point, asTable]);

  return (
    <figure className="trend">
      <figcaption className="trend-head">
        <span className="small mute">{props.caption}</span>
        <span ref={readout} className="small quiet trend-readout" aria-hidden="true" />
        <button
          type="button"
          className="link small"
          data-table-toggle=""
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Chart' : 'Table'}
        </button>
      </figcaption>
      {asTable ? (
        <TrendTable trend={trend} name={props.finding} />
      ) : (
        <div className="trend-box" style={{ height }}>
          <div className="trend-drawing" role="img" aria-label={props.finding}>
            {frame ? <TrendUnder trend={trend} frame={frame} height={height} /> : null}
            <div ref={box} className="trend-canvas" />
          </div>
          {frame ? <TrendOver trend={trend} frame={frame} height={height} /> : null}
          {frame && trend.limit?.adjust ? (
            <LimitHandle limit={trend.limit} adjust={trend.limit.adjust} unit={trend.unit} frame={frame} />
          ) : null}
        </div>
      )}
    </figure>
  );
}

/** The plot's box in CSS pixels and its scales; the same object again when nothing moved. */
function frameOf(u: UPlot, before: TrendFrame | null): TrendFrame {
  const ratio = window.devicePixelRatio || 1;
  const next: TrendFrame = {
    left: u.bbox.left / ratio,
    top: u.bbox.top / ratio,
    width: u.bbox.width / ratio,
    height: u.bbox.height / ratio,
    fromMs: u.scales['x']?.min ?? 0,
    toMs: u.scales['x']?.max ?? 1,
    low: u.scales['y']?.min ?? 0,
    high: u.scales['y']?.max ?? 1,
  };
  const keys = Object.keys(next) as (keyof TrendFrame)[];
  return before && keys.every((key) => before[key] === next[key]) ? before : next;
}

interface PlotWish {
  width: number;
  height: number;
  from: number;
  to: number;
  low: number;
  high: number;
  zone: string;
  /** Room above the plot, where grounds are named. */
  headroom: number;
  hooks: { measure: (u: UPlot) => void; point: (u: UPlot) => void };
}

/** Reads a token each time something is drawn, so that a change of theme needs only a redraw. */
function ink(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

function options(wish: PlotWish): UPlot.Options {
  const font = `11px ${getComputedStyle(document.body).fontFamily}`;
  const steps = niceSteps(wish.low, wish.high, MOST_LABELS);
  const decimals = decimalsOf(steps);
  const label = timeLabel(wish.to - wish.from, wish.zone);
  return {
    width: wish.width,
    height: wish.height,
    ms: 1,
    pxAlign: 0,
    padding: [wish.headroom, 12, 0, 0],
    legend: { show: false },
    tzDate: (atMs) => UPlot.tzDate(new Date(atMs), wish.zone),
    cursor: {
      x: true,
      y: false,
      points: { size: 6, fill: () => ink('--data'), stroke: () => ink('--surface') },
      drag: { x: false, y: false },
    },
    scales: {
      x: { time: true, range: () => [wish.from, wish.to] },
      y: { range: () => [wish.low, wish.high] },
    },
    axes: [
      {
        stroke: () => ink('--text-3'),
        font,
        size: 26,
        gap: 6,
        space: (u) => u.bbox.width / (window.devicePixelRatio || 1) / MOST_LABELS,
        grid: { show: false },
        ticks: { show: false },
        values: (_u, splits) => splits.map(label),
      },
      {
        stroke: () => ink('--text-3'),
        font,
        size: 38,
        gap: 6,
        splits: () => steps,
        grid: { stroke: () => ink('--hair'), width: 1 },
        ticks: { show: false },
        values: (_u, splits) => splits.map((value) => number(value, decimals)),
      },
    ],
    series: [
      {},
      {
        stroke: () => ink('--data'),
        width: 1.5,
        spanGaps: false,
        points: { show: false },
      },
    ],
    hooks: {
      draw: [wish.hooks.measure],
      setCursor: [wish.hooks.point],
    },
  };
}

function decimalsOf(steps: readonly number[]): number {
  return Math.min(4, Math.max(0, ...steps.map((step) => String(step).split('.')[1]?.length ?? 0)));
}

function timeLabel(spanMs: number, zone: string): (atMs: number) => string {
  if (spanMs > 200 * DAY_MS) return (atMs) => month(atMs, zone).slice(0, 3);
  if (spanMs > 4 * DAY_MS) return (atMs) => shortDay(atMs, zone);
  if (spanMs > DAY_MS) return (atMs) => dateTime(atMs, zone).slice(4);
  return (atMs) => clock(atMs, zone);
}
