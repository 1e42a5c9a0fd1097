/**
 * Whether a new alert belongs to the case that is open: one of its alerts is active, or its quiet time
 * since the last clear has not passed (promise 4, as far as alerts alone can tell).
 * @param activeAlerts alerts of the case that are active
 * @param lastClearedMs when its last alert cleared, ms since 1970; null while none has
 * @param quietMs equality still joins
 */
export function joinsOpenCase(
  raisedAtMs: number,
  activeAlerts: number,
  lastClearedMs: number | null,
  quietMs: number,
): boolean {
  if (activeAlerts > 0) return true;
  return lastClearedMs !== null && raisedAtMs <= lastClearedMs + quietMs;
}
