import type { AlertRaised } from './events.ts';
import type { AlertState, KnownVersion } from './state.ts';

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
    raised.raisedAtMs - first.raisedAtMs <= withinMs;
  return { group, follows: follows ? first.alertId : null };
}
