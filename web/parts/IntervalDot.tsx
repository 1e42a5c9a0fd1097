import './interval-dot.css';

/**
 * A share as a dot with its interval, the goal as a dashed mark.
 * `low` and `high` are shares from 0 to 1 of a Wilson interval; under five cases the words stand instead.
 */
export function IntervalDot(props: {
  hits: number;
  of: number;
  low: number;
  high: number;
  goal?: number;
  level?: string;
}) {
  if (props.of === 0) return <span className="micro mute">no findings yet</span>;
  const share = props.hits / props.of;
  const pc = (value: number) => `${value * 100}%`;
  const range = `${Math.round(props.low * 100)} to ${Math.round(props.high * 100)} %`;
  return (
    <span
      className="interval"
      role="img"
      aria-label={`${props.hits} of ${props.of} true, ${range} likely${props.level ? ` (${props.level})` : ''}`}
    >
      {props.goal === undefined ? null : <i className="interval-goal" style={{ left: pc(props.goal) }} />}
      <i className="interval-range" style={{ left: pc(props.low), width: pc(props.high - props.low) }} />
      <i className="interval-dot" style={{ left: pc(share) }} />
    </span>
  );
}
