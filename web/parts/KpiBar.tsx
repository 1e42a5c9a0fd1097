import { number } from '../format/number.ts';
import './kpi.css';

export interface Kpi {
  name: string;
  baseline: number;
  now: number;
  /** Interval of `now`, same unit; absent when it cannot be said. */
  nowRange?: [number, number];
  target: number;
  /** Where the plan says the value stands today. */
  plan?: number;
  unit: string;
  decimals: number;
}

/** Share of the way from baseline to target, for either direction, held between 0 and 1. */
export function wayDone(kpi: Pick<Kpi, 'baseline' | 'target'>, value: number): number {
  const length = kpi.target - kpi.baseline;
  if (length === 0) return 1;
  return Math.min(1, Math.max(0, (value - kpi.baseline) / length));
}

/** Baseline left, target right, a ring for now with its interval, a small triangle for the plan of today. */
export function KpiBar({ kpi }: { kpi: Kpi }) {
  const at = (value: number) => `${wayDone(kpi, value) * 100}%`;
  const write = (value: number) => number(value, kpi.decimals);
  const range = kpi.nowRange;
  const low = range ? Math.min(wayDone(kpi, range[0]), wayDone(kpi, range[1])) : 0;
  const high = range ? Math.max(wayDone(kpi, range[0]), wayDone(kpi, range[1])) : 0;
  const words = [
    `${kpi.name}: baseline ${write(kpi.baseline)}, now ${write(kpi.now)}`,
    range ? ` (${write(Math.min(...range))} to ${write(Math.max(...range))})` : '',
    `, target ${write(kpi.target)} ${kpi.unit}`,
    kpi.plan === undefined ? '' : `, plan for today ${write(kpi.plan)}`,
  ].join('');
  return (
    <div className="kpi" role="img" aria-label={words}>
      <span className="kpi-end right">{write(kpi.baseline)}</span>
      <span className="kpi-track">
        <i className="kpi-done" style={{ width: at(kpi.now) }} />
        {range ? (
          <i className="kpi-range" style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
        ) : null}
        <b className="kpi-now" style={{ left: at(kpi.now) }}>
          {write(kpi.now)}
        </b>
        <i className="kpi-ring" style={{ left: at(kpi.now) }} />
        {kpi.plan === undefined ? null : <i className="kpi-plan" style={{ left: at(kpi.plan) }} />}
      </span>
      <b className="kpi-end">{write(kpi.target)}</b>
    </div>
  );
}

/** "On the way" or "Behind its plan", with the shares it is judged by. */
export function KpiWord({ kpi }: { kpi: Kpi }) {
  const done = wayDone(kpi, kpi.now);
  const planned = kpi.plan === undefined ? 0 : wayDone(kpi, kpi.plan);
  const behind = done < planned;
  return (
    <span className="kpi-word">
      {behind ? <b>Behind its plan</b> : 'On the way'}
      <span className="small mute">
        {`${Math.round(done * 100)} % of the way${behind ? `, plan ${Math.round(planned * 100)} %` : ''}`}
      </span>
    </span>
  );
}
