/** The class that scores give, as the plant computes it; shown while people score, decided by the plant. */
export function classOf(
  scores: { safety: number; environment: number; foodSafety: number; production: number; cost: number },
  likelihood: number,
  redundancy: number,
): 'A' | 'B' | 'C' {
  const rest = Math.max(1, ((scores.production + scores.cost) / 2) * redundancy);
  const worst = Math.max(scores.safety, scores.environment, scores.foodSafety, rest);
  if (worst >= 5 || worst * likelihood >= 15) return 'A';
  return worst * likelihood >= 8 ? 'B' : 'C';
}
