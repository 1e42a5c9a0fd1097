/** Words an objective may be measured by; the last stage computes them. */
export const KPI_NAMES: readonly string[] = [
  'downtime-hours',
  'breakdowns',
  'mtbf',
  'oee',
  'availability',
  'effectiveness',
  'quality',
  'maintenance-cost',
  'cost-per-unit',
  'energy-per-unit',
  'scrap',
];
