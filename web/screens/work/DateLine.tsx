import { DAY_MS } from '../../format/time.ts';
import { shortDayOfPlan } from './days.ts';

/** Share of the line that the word "now" and half a day's name take on a phone. */
const NEAR_SHARE = 0.18;

/** Now, the day, and the latest finish on one line; past the finish the ground is hatched: it may fail. */
export function DateLine(props: {
  nowMs: number;
  dayMs: number | null;
  orderByMs: number;
  finishMs: number;
}) {
  const { nowMs, dayMs, orderByMs, finishMs } = props;
  const last = Math.max(finishMs, dayMs ?? 0, nowMs);
  const spanMs = Math.max(last - nowMs, DAY_MS) * 1.35;
  const at = (ms: number) => `${Math.min(97, Math.max(1, ((ms - nowMs) / spanMs) * 100))}%`;
  // The two words would lie on each other; the day says more, and its slot hides the point of now as well.
  const onNow = dayMs !== null && (dayMs - nowMs) / spanMs < NEAR_SHARE;
  const words = [
    dayMs === null ? 'no day fits' : `day ${shortDayOfPlan(dayMs)}`,
    `finish by ${shortDayOfPlan(finishMs)}`,
  ].join(', ');
  return (
    <div className="date-line" role="img" aria-label={words}>
      <i className="date-track" />
      <i className="date-risk hatched" style={{ left: at(finishMs) }} />
      <i className="date-now" style={{ left: at(nowMs) }} />
      {onNow ? null : (
        <span className="date-above" style={{ left: 0, transform: 'none' }}>
          now
        </span>
      )}
      {orderByMs > nowMs ? (
        <>
          <i className="date-mark" style={{ left: at(orderByMs) }} />
          <span className="date-below date-second" style={{ left: at(orderByMs) }}>
            order parts by {shortDayOfPlan(orderByMs)}
          </span>
        </>
      ) : null}
      {dayMs === null ? null : (
        <>
          <i className="date-slot" style={{ left: at(dayMs) }} />
          <b className="date-above" style={onNow ? { left: 0, transform: 'none' } : { left: at(dayMs) }}>
            {shortDayOfPlan(dayMs)}
          </b>
        </>
      )}
      <i className="date-mark date-strong" style={{ left: at(finishMs) }} />
      <b className="date-below" style={{ left: at(finishMs) }}>
        finish by {shortDayOfPlan(finishMs)}
      </b>
    </div>
  );
}
