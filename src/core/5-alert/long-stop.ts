// A long stop ends the alerts of what sleeps, and lets only the highest priority ring while a line runs in.
import type { DetectRaised } from '#detect/events.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import type { MonitorId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { body } from './body.ts';
import type { AlertState } from './state.ts';

/** Rings also while a line runs in. */
const ALWAYS_RINGS: Priority = 1;

/** The fact that keeps a detection waiting; null when it rings now. */
export function holdBack(
  state: AlertState,
  detected: DetectRaised,
  priority: Priority,
  nowMs: number,
): FactBody | null {
  const untilMs = state.holdUntil.get(detected.monitorId) ?? 0;
  if (untilMs <= nowMs || priority === ALWAYS_RINGS) return null;
  return body('alert.held', { monitorId: detected.monitorId, untilMs, detected });
}

/** Folds a monitor that goes to sleep or wakes. */
export function sleeps(state: AlertState, monitorIds: readonly MonitorId[], atMs: number): void {
  for (const monitorId of monitorIds) {
    state.held.delete(monitorId);
    state.holdUntil.delete(monitorId);
    const blind = [...state.health.values()].some((health) => health.monitorId === monitorId);
    if (blind || state.active.has(monitorId)) state.toEnd.set(monitorId, atMs);
  }
}

export function wakes(state: AlertState, monitorIds: readonly MonitorId[], untilMs: number): void {
  for (const monitorId of monitorIds) state.holdUntil.set(monitorId, untilMs);
}

/** Plant time at which an alert of a sleeping monitor ends, or a held one rings. */
export function nextAlertDueMs(state: AlertState): number {
  let next = Number.POSITIVE_INFINITY;
  for (const sinceMs of state.toEnd.values()) next = Math.min(next, sinceMs);
  for (const monitorId of state.held.keys()) {
    next = Math.min(next, state.holdUntil.get(monitorId) ?? Number.POSITIVE_INFINITY);
  }
  return next;
}
