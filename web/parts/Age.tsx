import { usePlantNow, useWriter } from '../format/plant.tsx';
import { MINUTE_MS } from '../format/time.ts';

/** How long ago, ticking. Past `staleAfterMs` the word "stale" stands behind it. */
export function Age(props: { atMs: number; staleAfterMs?: number; suffix?: string }) {
  const nowMs = usePlantNow();
  const { span, dateTime } = useWriter();
  const ageMs = nowMs - props.atMs;
  const stale = props.staleAfterMs !== undefined && ageMs > props.staleAfterMs;
  return (
    <time
      className="age"
      dateTime={new Date(props.atMs).toISOString()}
      title={ageMs >= MINUTE_MS ? dateTime(props.atMs) : undefined}
    >
      {span(ageMs)}
      {props.suffix ?? ' ago'}
      {stale ? ', stale' : ''}
    </time>
  );
}
