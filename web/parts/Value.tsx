import { useWriter, usePlantNow } from '../format/plant.tsx';
import { number } from '../format/number.ts';
import { Icon } from './Icon.tsx';
import './value.css';

/**
 * What is known of a reading. `none` = no valid signal since `sinceMs`; `empty` = there never was one.
 * A value never stands alone: unit, age, and its quality where that is not good.
 */
export type Reading =
  | {
      kind: 'good' | 'uncertain';
      value: number;
      unit: string;
      atMs: number;
      staleAfterMs?: number;
      decimals?: number;
    }
  | { kind: 'none'; sinceMs: number }
  | { kind: 'empty' };

interface ValueProps {
  reading: Reading;
  /** Stands under the number when it is crossed. */
  limit?: { value: number; crossed: boolean; decimals?: number };
  /** Large figure for head lines and the phone. */
  large?: boolean;
  /** Leaves the age out where the row already says it. */
  ageless?: boolean;
}

export function Value(props: ValueProps) {
  const nowMs = usePlantNow();
  const { span, clock, moment } = useWriter();
  const { reading } = props;
  if (reading.kind === 'empty') return <span className="value mute">no readings yet</span>;
  if (reading.kind === 'none') {
    return (
      <span className="value">
        <span className="value-none hatched" aria-hidden="true" />
        <span className="unseen">no valid signal, </span>
        <span className="mute small" title={moment(reading.sinceMs, nowMs)}>
          since {clock(reading.sinceMs)}
        </span>
      </span>
    );
  }
  const ageMs = nowMs - reading.atMs;
  const stale = reading.staleAfterMs !== undefined && ageMs > reading.staleAfterMs;
  const digits = number(reading.value, reading.decimals ?? 'free');
  const numberClass = stale ? 'mute' : reading.kind === 'uncertain' ? 'value-uncertain' : undefined;
  return (
    <span className={props.large ? 'value value-large' : 'value'}>
      {stale ? (
        <>
          <span className="value-age value-first">
            <Icon name="clock" size={12} /> {span(ageMs)} old, stale
          </span>{' '}
        </>
      ) : null}
      <b className={numberClass}>{digits}</b>
      <span className="value-unit">{reading.unit}</span>
      {stale || props.ageless ? null : (
        <span className="value-age">
          {span(ageMs)}
          {reading.kind === 'uncertain' ? ', uncertain' : ''}
        </span>
      )}
      {props.limit?.crossed ? (
        <span className="value-limit">limit {number(props.limit.value, props.limit.decimals ?? 'free')}</span>
      ) : null}
    </span>
  );
}
