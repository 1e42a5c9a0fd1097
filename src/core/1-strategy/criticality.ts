import type { Criticality, CriticalityClass } from './events.ts';

/** Consequence from here on is class A whatever the likelihood. */
const WORST_CONSEQUENCE = 5;
const A_FROM_SCORE = 15;
const B_FROM_SCORE = 8;

/**
 * Class of an asset from its scores (domain reference 2.1): C = max over safety, environment, food safety and the
 * plain mean of production and cost, so that a 5 is never averaged away; score = C x likelihood.
 * @returns `consequence` 1..5, `score` 1..25, and the class: A for C = 5 or score >= 15, B for >= 8, else C
 */
export function criticalityOf(
  consequence: Criticality['consequence'],
  likelihood: number,
): { consequence: number; score: number; class: CriticalityClass } {
  const worst = Math.max(
    consequence.safety,
    consequence.environment,
    consequence.foodSafety,
    (consequence.production + consequence.cost) / 2,
  );
  const score = worst * likelihood;
  if (worst >= WORST_CONSEQUENCE || score >= A_FROM_SCORE) return { consequence: worst, score, class: 'A' };
  return { consequence: worst, score, class: score >= B_FROM_SCORE ? 'B' : 'C' };
}
