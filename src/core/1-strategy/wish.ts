// A wish as the room keeps it: what it leaves out is filled in with what was true before the field existed.
import { WEEK_MS } from '#vocabulary/time.ts';
import type { CriticalityWish, FailureModeWish, ObjectiveWish } from './commands.ts';
import { criticalityOf } from './criticality.ts';
import type { CriticalityScored, FailureModeSheet, ObjectiveAgreed } from './events.ts';

/** Today's shape of an objective; the accountable person is the A where contributors are named. */
export function wholeObjective(wish: ObjectiveWish): ObjectiveAgreed {
  const contributors = wish.contributors ?? [];
  const answering = contributors.find((one) => one.as === 'A')?.personId ?? null;
  return {
    ...wish,
    accountable: wish.accountable ?? answering,
    contributors,
    valueByState: wish.valueByState ?? null,
  };
}

export function wholeCriticality(wish: CriticalityWish): CriticalityScored {
  const weights = wish.weights ?? { production: 1, cost: 1 };
  const redundancy = wish.redundancy ?? 1;
  const mitigated = wish.mitigated ?? null;
  return {
    ...wish,
    weights,
    redundancy,
    mitigated: mitigated && {
      ...mitigated,
      class: criticalityOf(mitigated.consequence, mitigated.likelihood, weights, redundancy).class,
    },
    basis: wish.basis ?? 'team',
  };
}

/** Today's shape of a failure mode; an interval counted in run hours or starts is turned into calendar time. */
export function wholeFailureMode(wish: FailureModeWish): FailureModeSheet {
  const onClock = wish.pfOnClock ?? null;
  const { pfMinMs } = wish;
  const counted = onClock && onClock.perWeek > 0 ? (onClock.value / onClock.perWeek) * WEEK_MS : null;
  return {
    ...wish,
    pfMinMs: pfMinMs && counted !== null ? { ...pfMinMs, value: Math.round(counted) } : pfMinMs,
    mechanism: wish.mechanism ?? null,
    cause: wish.cause ?? null,
    detection: wish.detection ?? null,
    severity: wish.severity ?? 'unknown',
    pfOnClock: onClock,
    timing: wish.timing ?? null,
  };
}
