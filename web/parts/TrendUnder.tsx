import { useId } from 'react';
import { isNarrow, type Trend, type TrendFrame, xOf, yOf } from './trend-shapes.ts';

/** Room that the words of a blind span need on its right; nearer to the edge they stand on its left. */
const BLIND_WORDS_PX = 72;

/** What lies under the line: grounds, hatching, deadband, forecast. Purely drawn; the sentence tells it. */
export function TrendUnder(props: { trend: Trend; frame: TrendFrame; height: number }) {
  const { trend, frame } = props;
  const pattern = useId();
  const bottom = frame.top + frame.height;
  const right = frame.left + frame.width;
  const clip = (atMs: number) => Math.min(right, Math.max(frame.left, xOf(frame, atMs)));
  const { limit, forecast } = trend;
  return (
    <svg className="trend-layer" width="100%" height={props.height} aria-hidden="true">
      <defs>
        <pattern
          id={pattern}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V6" className="trend-hatch" />
        </pattern>
      </defs>
      {trend.grounds?.map((ground) => (
        <g key={ground.fromMs}>
          {ground.checked ? (
            <rect
              x={clip(ground.fromMs)}
              y={frame.top}
              width={Math.max(0, clip(ground.toMs) - clip(ground.fromMs))}
              height={frame.height}
              className="trend-ground"
            />
          ) : null}
          {isNarrow(frame) ? null : (
            <text x={clip(ground.fromMs) + 5} y={frame.top - 7} className={ground.checked ? 'ink' : ''}>
              {ground.words}
            </text>
          )}
        </g>
      ))}
      {trend.blind?.map((span) => (
        <g key={span.fromMs}>
          <rect
            x={clip(span.fromMs)}
            y={frame.top}
            width={Math.max(2, clip(span.toMs) - clip(span.fromMs))}
            height={frame.height}
            fill={`url(#${pattern})`}
          />
          {span.words && !isNarrow(frame) ? (
            <text
              {...(clip(span.toMs) > frame.left + frame.width - BLIND_WORDS_PX
                ? { x: clip(span.fromMs) - 6, textAnchor: 'end' }
                : { x: clip(span.toMs) + 6 })}
              y={bottom - 9}
            >
              {span.words}
            </text>
          ) : null}
        </g>
      ))}
      {limit?.clears === undefined ? null : (
        <rect
          x={frame.left}
          width={Math.max(0, frame.width)}
          y={Math.min(yOf(frame, limit.value), yOf(frame, limit.clears))}
          height={Math.abs(yOf(frame, limit.clears) - yOf(frame, limit.value))}
          className={limit.adjust ? 'trend-deadband-moving' : 'trend-deadband'}
        />
      )}
      {forecast ? (
        <g>
          <path
            className="trend-cone"
            d={polygon([
              ...forecast.cone.map((p) => [xOf(frame, p.atMs), yOf(frame, p.high)] as const),
              ...forecast.cone.toReversed().map((p) => [xOf(frame, p.atMs), yOf(frame, p.low)] as const),
            ])}
          />
          <path
            className="trend-forecast"
            d={path(forecast.line.map((p) => [xOf(frame, p.atMs), yOf(frame, p.value)] as const))}
          />
        </g>
      ) : null}
      {trend.idle?.map((span) => (
        <rect
          key={span.fromMs}
          x={clip(span.fromMs)}
          y={bottom}
          width={Math.max(2, clip(span.toMs) - clip(span.fromMs))}
          height="5"
          className="trend-idle"
        >
          {span.words ? <title>{span.words}</title> : null}
        </rect>
      ))}
    </svg>
  );
}

function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], place) => `${place === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('');
}

function polygon(points: readonly (readonly [number, number])[]): string {
  return points.length === 0 ? '' : `${path(points)}Z`;
}
