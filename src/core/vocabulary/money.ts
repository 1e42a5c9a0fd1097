/**
 * Money is an integer of minor units (cents). The currency is the plant's, one per site,
 * so amounts within a site add without a rate.
 */
export type Minor = number;

/** Rounds to whole minor units, half away from zero, as a ledger does. */
export function toMinor(amount: number): Minor {
  return amount < 0 ? -Math.round(-amount) : Math.round(amount);
}

/** Cost of labour: hours times rate. @param hours person-hours @param rateMinor per hour */
export function labourMinor(hours: number, rateMinor: Minor): Minor {
  return toMinor(hours * rateMinor);
}
