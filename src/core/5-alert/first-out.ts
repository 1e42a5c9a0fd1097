import type { AlertRaised } from './events.ts';
import type { MonitorId } from '#vocabulary/ids.ts';
import type { AlertRecord, AlertState, KnownVersion } from './state.ts';

/** A neighbour that followed stays one while the first still stands, however often it clears and comes back. */
function followedBefore(state: AlertState, group: string, monitorId: MonitorId, first: AlertRecord): boolean {
  return first.clearedAtMs === null && (state.followersOf.get(group)?.has(monitorId) ?? false);
}

/**
 * Of several alerts that one fault sets off, the one whose condition began first says where to look; the others follow it
 * (ISA-18.2, first-out). More urgent ones never follow, nor do trials.
 * @returns null for a monitor in no group
 */
export function firstOutOf(
  state: AlertState,
  { firstOut }: KnownVersion,
  raised: AlertRaised,
): { group: string; follows: string | null } | null {
  if (!firstOut || raised.trial) return null;
  const { group, withinMs } = firstOut;
  const first = state.alerts.get(state.firstOf.get(group) ?? '');
  const follows =
    first !== undefined &&
    first.monitorId !== raised.monitorId &&
    raised.priority >= first.priority &&
    raised.conditionSinceMs >= first.conditionSinceMs &&
    (raised.raisedAtMs - first.raisedAtMs <= withinMs ||
      followedBefore(state, group, raised.monitorId, first));
  return { group, follows: follows ? first.alertId : null };
}

/** Remembers who came first in a group, and who followed. */
export function noteFirstOut(
  state: AlertState,
  { alertId, monitorId }: AlertRaised,
  { group, follows }: NonNullable<AlertRaised['firstOut']>,
): void {
  if (follows === null) {
    state.firstOf.set(group, alertId);
    state.followersOf.set(group, new Set());
  } else state.followersOf.set(group, (state.followersOf.get(group) ?? new Set()).add(monitorId));
}
