const SHOWN_DIGITS = 12;

/** A figure with its unit, `78 °C`; a unit of nothing leaves the bare figure. */
export function quantity(value: number, unit: string): string {
  return `${Number(value.toPrecision(SHOWN_DIGITS))} ${unit}`.trim();
}
