import type { FailureMode, Timing } from './events.ts';

export interface Feasibility {
  /** worst case from the start of the fault until it is believed, ms */
  detectionMs: number;
  /** what the interval leaves after that, ms */
  netMs: number;
  /** work and lead time, ms */
  neededMs: number;
  /** `netMs - neededMs`; below 0 it cannot end in planned work */
  spareMs: number;
}

/**
 * Whether watching can end in planned work (own rule after the net P-F interval of RCM):
 * `PF_min - T_det >= work + lead`, with `T_det = interval of the look + confirmation + verification`.
 * @returns null while the P-F interval or the timing is unknown
 */
export function feasibilityOf(
  mode: Pick<FailureMode, 'pfMinMs'> & { timing: Timing | null },
): Feasibility | null {
  const { pfMinMs, timing } = mode;
  if (!pfMinMs || !timing) return null;
  const detectionMs = timing.lookEveryMs + timing.confirmMs + timing.verifyMs;
  const netMs = pfMinMs.value - detectionMs;
  const neededMs = timing.workMs + timing.leadMs;
  return { detectionMs, netMs, neededMs, spareMs: netMs - neededMs };
}

/** Longest interval of a look that still leaves time for planned work, ms; below 0 none does. */
export function longestLookMs(pfMinMs: number, timing: Timing): number {
  return pfMinMs - timing.confirmMs - timing.verifyMs - timing.workMs - timing.leadMs;
}
