import type { ChangeDirection } from './agreement-events.ts';
import type { ConditionSpec } from '#vocabulary/conditions/all.ts';

/**
 * Whether a change rings sooner or later (own rule): a high limit that falls, a low one that rises, and a shorter
 * on-delay are tighter. One step that loosens makes the whole change looser; any other change is `other`.
 */
export function changeDirection(before: ConditionSpec, after: ConditionSpec): ChangeDirection {
  if (before.kind !== 'limit' || after.kind !== 'limit' || before.direction !== after.direction) {
    return 'other';
  }
  const sign = before.direction === 'high' ? 1 : -1;
  const later = [sign * (after.limit - before.limit), after.onDelayMs - before.onDelayMs];
  if (later.some((step) => step > 0)) return 'looser';
  return later.some((step) => step < 0) ? 'tighter' : 'other';
}
