/** Share of the walking hours that may be wasted (own rule). */
const NOISE_SHARE = 0.3;

/**
 * Weekly hours of a crew (own rule): `walk_h = present_hours x CBM_share`, `noise_h = 0.3 x walk_h`.
 * 90 h present and 10 % give 9.0 h walk and 2.7 h noise.
 */
export function noiseBudget(crew: { presentHPerWeek: number; cbmShare: number }): {
  walkH: number;
  noiseH: number;
} {
  const walkH = crew.presentHPerWeek * crew.cbmShare;
  return { walkH, noiseH: NOISE_SHARE * walkH };
}
