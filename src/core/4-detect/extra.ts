import { kindOf, otherSignals } from '#vocabulary/conditions/all.ts';
import type { ConditionBase } from '#vocabulary/conditions/condition.ts';

/** What some monitors have beyond one signal and one reading at a time. Parameters only, but for `values`. */
export interface Extra {
  nOfM: { n: number; m: number } | null;
  /** a rule over several signals, in place of the kernel */
  rule: ((own: number, others: Float64Array) => boolean) | null;
  /** indices of the other signals, and how long each may be silent, ms */
  places: readonly number[];
  holdsMs: readonly number[];
  /** their last values, filled in before each reading is judged; NaN: no valid reading */
  values: Float64Array;
  /** place of the operating state in `values`, and the band in which readings count; null: they always do */
  only: { at: number; atLeast: number; atMost: number } | null;
}

/** @returns null for a monitor that has nothing beyond its own signal */
export function extraOf(monitor: {
  condition: ConditionBase;
  staleAfterMs: number;
  others?: readonly number[];
}): Extra | null {
  const { condition, staleAfterMs } = monitor;
  const { nOfM = null, onlyWhile } = condition;
  const kind = kindOf(condition);
  if (!nOfM && !onlyWhile && !kind.among) return null;
  const wanted = otherSignals(condition);
  const places = monitor.others ?? [];
  if (places.length !== wanted.length) {
    throw new Error(
      `E-SENSE-004 a monitor that looks at ${wanted.length} other signals was given ${places.length}`,
    );
  }
  const ruled = kind.others?.(condition).length ?? 0;
  return {
    nOfM,
    rule: kind.among?.(condition) ?? null,
    places,
    holdsMs: wanted.map((id, i) =>
      i >= ruled || id === onlyWhile?.signalId
        ? (onlyWhile?.holdsMs ?? Number.POSITIVE_INFINITY)
        : staleAfterMs,
    ),
    values: new Float64Array(places.length),
    only: onlyWhile
      ? {
          at: wanted.indexOf(onlyWhile.signalId),
          atLeast: onlyWhile.atLeast ?? Number.NEGATIVE_INFINITY,
          atMost: onlyWhile.atMost ?? Number.POSITIVE_INFINITY,
        }
      : null,
  };
}

/** Whether the reading counts: every other signal is valid, and the operating state is the one asked for. */
export function counts({ values, only }: Extra): boolean {
  for (const value of values) if (Number.isNaN(value)) return false;
  if (!only) return true;
  const state = values[only.at] as number;
  return state >= only.atLeast && state <= only.atMost;
}
