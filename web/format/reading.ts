import type { ReadingView } from '../../src/api/contract.ts';
import type { Reading } from '../parts/Value.tsx';

/** Usual intervals after which a reading is called stale. */
const STALE_INTERVALS = 3;

/** What the plant knows of a signal as the part that shows it wants it. */
export function readingShown(view: ReadingView): Reading {
  if (view.quality === 'no valid signal' && view.sinceMs !== null)
    return { kind: 'none', sinceMs: view.sinceMs };
  if (view.value === null || view.atMs === null) return { kind: 'empty' };
  return {
    kind: view.quality === 'uncertain' ? 'uncertain' : 'good',
    value: view.value,
    unit: view.unit,
    atMs: view.atMs,
    ...(view.usualIntervalMs > 0 ? { staleAfterMs: STALE_INTERVALS * view.usualIntervalMs } : {}),
  };
}

/** True when a value stands at or past its limit. */
export function isCrossed(
  value: number | null,
  limit: { value: number; direction: 'high' | 'low' } | null,
): boolean {
  if (value === null || limit === null) return false;
  return limit.direction === 'high' ? value >= limit.value : value <= limit.value;
}
