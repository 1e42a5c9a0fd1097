import { labourMinor, type Minor, toMinor } from '#vocabulary/money.ts';
import type { Evidence } from '#work/events.ts';

/** How likely the fault would have become a failure, by what was seen as found (domain 4.5; owned by finance). */
export const P_LATE: Record<Evidence, number> = { strong: 0.7, moderate: 0.4, weak: 0.1, none: 0 };

export interface WorkCost {
  /** person-hours */
  hours: number;
  partsMinor: Minor;
  /** hours of stop taken for the work */
  downtimeH: number;
}

/** What the work cost: hours x rate + parts + downtime x value of an hour's stop. */
export function workCostMinor(cost: WorkCost, rateMinorPerH: Minor, stopHourMinor: Minor): Minor {
  return labourMinor(cost.hours, rateMinorPerH) + cost.partsMinor + toMinor(cost.downtimeH * stopHourMinor);
}

/** What the failure would have cost: hours of stop x value of an hour + repair + secondary damage. */
export function unplannedMinor(
  stopH: number,
  stopHourMinor: Minor,
  repairMinor: Minor,
  secondaryMinor: Minor,
): Minor {
  return toMinor(stopH * stopHourMinor) + repairMinor + secondaryMinor;
}

/**
 * Cost avoided by a case, domain 4.5: p_late x (1 - p_caught) x max(0, unplanned - planned) x share.
 * @returns minor units, never negative
 */
export function avoidedMinor(factors: {
  pLate: number;
  pCaught: number;
  unplannedMinor: Minor;
  plannedMinor: Minor;
  share: number;
}): Minor {
  const spared = Math.max(0, factors.unplannedMinor - factors.plannedMinor);
  return toMinor(factors.pLate * (1 - factors.pCaught) * spared * factors.share);
}
