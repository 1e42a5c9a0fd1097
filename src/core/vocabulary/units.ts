/**
 * Linear conversions to a canonical unit: canonical = value * factor + offset.
 * Factors are exact by definition (SI, ISO 80000) except hp (mechanical, 745.69987 W).
 */
interface Conversion {
  canonical: string;
  factor: number;
  offset: number;
}

const CONVERSIONS: Record<string, Conversion> = {
  '°C': { canonical: '°C', factor: 1, offset: 0 },
  '°F': { canonical: '°C', factor: 5 / 9, offset: -160 / 9 },
  K: { canonical: '°C', factor: 1, offset: -273.15 },
  bar: { canonical: 'bar', factor: 1, offset: 0 },
  mbar: { canonical: 'bar', factor: 0.001, offset: 0 },
  kPa: { canonical: 'bar', factor: 0.01, offset: 0 },
  psi: { canonical: 'bar', factor: 0.0689475729, offset: 0 },
  'mm/s': { canonical: 'mm/s', factor: 1, offset: 0 },
  'in/s': { canonical: 'mm/s', factor: 25.4, offset: 0 },
  kW: { canonical: 'kW', factor: 1, offset: 0 },
  W: { canonical: 'kW', factor: 0.001, offset: 0 },
  hp: { canonical: 'kW', factor: 0.74569987, offset: 0 },
  s: { canonical: 's', factor: 1, offset: 0 },
  ms: { canonical: 's', factor: 0.001, offset: 0 },
  min: { canonical: 's', factor: 60, offset: 0 },
};

/**
 * Turns a value of `sourceUnit` into `unit`.
 * @returns factor and offset, or null when the two units do not measure the same thing (or are unknown and differ)
 */
export function conversion(sourceUnit: string, unit: string): { factor: number; offset: number } | null {
  if (sourceUnit === unit) return { factor: 1, offset: 0 };
  const from = CONVERSIONS[sourceUnit];
  const to = CONVERSIONS[unit];
  if (!from || !to || from.canonical !== to.canonical) return null;
  return { factor: from.factor / to.factor, offset: (from.offset - to.offset) / to.factor };
}
