import type { ReactNode } from 'react';
import { number } from '../format/number.ts';
import { FindingShape } from './FindingMark.tsx';
import { PriorityShape } from './PriorityBadge.tsx';
import { isNarrow, type Trend, type TrendFrame, type TrendPoint, xOf, yOf } from './trend-shapes.ts';

/** What lies on the line: limits with their values, alerts, findings, breakdowns, dates, now. Marks with an address open. */
export function TrendOver(props: { trend: Trend; frame: TrendFrame; height: number }) {
  const { trend, frame } = props;
  const limitY = yOf(frame, trend.limit?.value ?? frame.high);
  const below = trend.limit?.side === 'low';
  return (
    <svg
      className="trend-layer trend-over"
      width="100%"
      height={props.height}
      role="group"
      aria-label="Marks on the trend"
    >
      <Limits trend={trend} frame={frame} />
      <Now trend={trend} frame={frame} />
      {trend.breakdowns?.map((one) => (
        <Mark
          key={one.atMs}
          point={one}
          at={[xOf(frame, one.atMs), frame.top + frame.height]}
          {...(one.detail ? { more: one.detail } : {})}
        >
          <Breakdown one={one} frame={frame} />
        </Mark>
      ))}
      {trend.alerts?.map((alert) => (
        <Mark
          key={alert.atMs}
          point={alert}
          at={[xOf(frame, alert.atMs), limitY + (below ? 15 : -15)]}
          more={`priority ${alert.priority}`}
        >
          <PriorityShape
            priority={alert.priority}
            size={18}
            x={xOf(frame, alert.atMs) - 9}
            y={limitY + (below ? 6 : -24)}
          />
        </Mark>
      ))}
      {trend.findings?.map((one) => (
        <Mark key={one.atMs} point={one} at={[xOf(frame, one.atMs), limitY]}>
          <FindingShape finding={one.finding} x={xOf(frame, one.atMs) - 7} y={limitY - 7} />
        </Mark>
      ))}
      {trend.dates?.map((one) => (
        <Day key={one.atMs} one={one} frame={frame} />
      ))}
      <Reach trend={trend} frame={frame} />
    </svg>
  );
}

interface Shared {
  trend: Trend;
  frame: TrendFrame;
}

/** The name of a mark holds every word drawn in it, so that those who speak to the screen can say what they see. */
function Mark(props: {
  point: TrendPoint;
  at: readonly [number, number];
  more?: string;
  children: ReactNode;
}) {
  const { point } = props;
  const name = props.more ? `${point.words}, ${props.more}` : point.words;
  if (!point.href) {
    return (
      <g>
        <title>{name}</title>
        {props.children}
      </g>
    );
  }
  return (
    <a href={point.href} aria-label={name}>
      <circle className="trend-target" cx={props.at[0]} cy={props.at[1]} r="14" />
      {props.children}
    </a>
  );
}

function Limits({ trend, frame }: Shared) {
  const { limit, standard } = trend;
  const left = frame.left + 6;
  const right = frame.left + frame.width;
  const y = limit ? yOf(frame, limit.value) : 0;
  const write = (value: number) => number(value, limit?.decimals ?? 'free');
  const away = limit?.side === 'low' ? 16 : -6;
  return (
    <g>
      {standard ? (
        <g>
          <path className="trend-standard" d={`M${frame.left} ${yOf(frame, standard.value)}H${right}`} />
          <text x={left} y={yOf(frame, standard.value) - 6} className="soft">
            {isNarrow(frame) ? standard.words.split(',')[0] : standard.words}
          </text>
        </g>
      ) : null}
      {limit ? (
        <g>
          <path
            className={limit.adjust ? 'trend-limit-moving' : 'trend-limit'}
            d={`M${frame.left} ${y}H${right}`}
          />
          {limit.adjust ? null : (
            <text x={left} y={y + away} className="ink bold">
              Limit {write(limit.value)} {trend.unit}
            </text>
          )}
          {limit.clears === undefined ? null : (
            <text x={left} y={yOf(frame, limit.clears) + (limit.side === 'low' ? -5 : 14)}>
              clears {limit.side === 'low' ? 'over' : 'under'} {write(limit.clears)}
            </text>
          )}
        </g>
      ) : null}
    </g>
  );
}

function lastOf(trend: Trend): { atMs: number; value: number } | null {
  for (let place = trend.values.length - 1; place >= 0; place--) {
    const value = trend.values[place];
    const atMs = trend.timesMs[place];
    if (value !== null && value !== undefined && atMs !== undefined) return { atMs, value };
  }
  return null;
}

function Now({ trend, frame }: Shared) {
  if (trend.nowMs === undefined) return null;
  const last = lastOf(trend);
  const x = xOf(frame, trend.nowMs);
  const nearEnd = x > frame.left + frame.width - 110;
  return (
    <g>
      <path className="trend-now" d={`M${x} ${frame.top}V${frame.top + frame.height}`} />
      {last ? (
        <>
          <text
            x={nearEnd ? x - 7 : x + 7}
            y={frame.top + 10}
            textAnchor={nearEnd ? 'end' : 'start'}
            className="ink bold"
          >
            now {number(last.value, trend.decimals ?? 'free')} {trend.unit}
          </text>
          <circle
            className={trend.priority ? `spark-${trend.priority}` : 'spark-end'}
            cx={xOf(frame, last.atMs)}
            cy={yOf(frame, last.value)}
            r="4"
          />
        </>
      ) : null}
    </g>
  );
}

function Breakdown(props: { one: TrendPoint & { detail?: string }; frame: TrendFrame }) {
  const { one, frame } = props;
  const x = xOf(frame, one.atMs);
  const bottom = frame.top + frame.height;
  const before = x > frame.left + 90;
  const side = before ? { x: x - 7, textAnchor: 'end' as const } : { x: x + 7, textAnchor: 'start' as const };
  return (
    <g>
      <path className="trend-broke" d={`M${x} ${frame.top}V${bottom}`} />
      <path className="trend-cross" d={`M${x - 5} ${bottom - 5}l10 10m0-10l-10 10`} />
      {isNarrow(frame) ? null : (
        <text {...side} y={frame.top + 26} className="soft">
          {one.words}
        </text>
      )}
      {one.detail && !isNarrow(frame) ? (
        <text {...side} y={frame.top + 40}>
          {one.detail}
        </text>
      ) : null}
    </g>
  );
}

function Day(props: { one: TrendPoint & { strong?: boolean; slot?: boolean }; frame: TrendFrame }) {
  const { one, frame } = props;
  const x = xOf(frame, one.atMs);
  const bottom = frame.top + frame.height;
  return (
    <g>
      <path className="trend-day" d={`M${x} ${bottom - 51}V${bottom}`} />
      {one.slot ? <rect className="trend-slot" x={x - 3.5} y={bottom - 10} width="7" height="10" /> : null}
      <title>{one.words}</title>
      {isNarrow(frame) ? null : (
        <text
          x={one.strong ? x + 5 : x - 5}
          y={bottom - 41}
          textAnchor={one.strong ? 'start' : 'end'}
          className={one.strong ? 'ink bold' : 'soft'}
        >
          {one.words}
        </text>
      )}
    </g>
  );
}

function Reach({ trend, frame }: Shared) {
  const reach = trend.forecast?.reach;
  if (!reach) return null;
  const y = yOf(frame, reach.value);
  const right = frame.left + frame.width;
  return (
    <g>
      <path
        className="trend-interval"
        d={`M${xOf(frame, reach.fromMs)} ${y}H${Math.min(right, xOf(frame, reach.toMs))}`}
      />
      <circle className="trend-likely" cx={xOf(frame, reach.atMs)} cy={y} r="4.5" />
      <text x={right} y={y + 38} textAnchor="end" className="ink bold">
        {reach.words}
      </text>
      {isNarrow(frame) ? null : (
        <text x={right} y={y + 52} textAnchor="end" className="soft">
          {reach.detail}
        </text>
      )}
    </g>
  );
}
