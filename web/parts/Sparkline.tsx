import type { Priority } from './PriorityBadge.tsx';
import './sparkline.css';

const INSET = 3;

/**
 * A trend in the size of a word. `null` values stay gaps. Only the last point may carry a priority's colour.
 * The row beside it states number, unit and limit, so the drawing itself is hidden from listeners.
 */
export function Sparkline(props: {
  values: readonly (number | null)[];
  limit?: number;
  priority?: Priority;
  width?: number;
  height?: number;
  /** Fills the width of its box and keeps its proportions. */
  stretch?: boolean;
}) {
  const width = props.width ?? 112;
  const height = props.height ?? 36;
  const known = props.values.filter((value): value is number => value !== null);
  if (known.length === 0) return null;
  const all = props.limit === undefined ? known : [...known, props.limit];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const x = (place: number) =>
    INSET + (place / Math.max(props.values.length - 1, 1)) * (width - 2 * INSET - 2);
  const y = (value: number) =>
    high === low ? height / 2 : INSET + (1 - (value - low) / (high - low)) * (height - 2 * INSET);
  let path = '';
  let pen = 'M';
  let last: [number, number] | null = null;
  props.values.forEach((value, place) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    last = [x(place), y(value)];
    path += `${pen}${last[0].toFixed(1)},${last[1].toFixed(1)}`;
    pen = 'L';
  });
  const end = last as [number, number] | null;
  return (
    <svg
      className={props.stretch ? 'spark spark-stretch' : 'spark'}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      {props.limit === undefined ? null : (
        <path className="spark-limit" d={`M0 ${y(props.limit)}H${width}`} />
      )}
      <path className="spark-line" d={path} />
      {end ? (
        <circle
          className={props.priority ? `spark-${props.priority}` : 'spark-end'}
          cx={end[0]}
          cy={end[1]}
          r="3.5"
        />
      ) : null}
    </svg>
  );
}
