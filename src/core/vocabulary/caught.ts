/** Somebody looks at it by half the P-F interval, or by the whole of it (own rule, owned by finance). */
const P_CAUGHT_HALF = 0.7;
const P_CAUGHT_WHOLE = 0.3;

/**
 * How likely an existing round or preventive task would have caught the fault in time.
 * @param intervalMs of that task; null when nobody looks
 * @param pfMs shortest P-F interval; null counts as long, which credits less
 * @returns 0.7 for a look within half the interval, 0.3 within the whole of it, else 0
 */
export function pCaught(intervalMs: number | null, pfMs: number | null): number {
  if (intervalMs === null) return 0;
  if (pfMs === null || intervalMs <= pfMs / 2) return P_CAUGHT_HALF;
  return intervalMs <= pfMs ? P_CAUGHT_WHOLE : 0;
}
