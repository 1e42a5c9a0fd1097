import type { PersonId } from '#vocabulary/ids.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { Criticality, CriticalityClass, CriticalityScored, Redundancy } from './events.ts';

/** Consequence from here on is class A whatever the likelihood. */
const WORST_CONSEQUENCE = 5;
const A_FROM_SCORE = 15;
const B_FROM_SCORE = 8;
/** More A assets than this share: the scoring no longer tells them apart (own rule). */
export const MAX_A_SHARE = 0.3;
/** Among fewer assessed assets a share says nothing. */
const MIN_ASSETS_FOR_SHARE = 10;
/** A first answer holds this long, a team's by class. */
const FIRST_ANSWER_MS = 90 * DAY_MS;
const REVIEW_MS: Record<CriticalityClass, number> = { A: 365 * DAY_MS, B: 730 * DAY_MS, C: 1_095 * DAY_MS };

const EVEN = { production: 1, cost: 1 };

/**
 * Class of an asset from its scores (own rule): C = max over safety, environment, food safety and the weighted mean
 * of production and cost, so that a 5 is never averaged away; a stand-by lowers only that mean; score = C x likelihood.
 * @returns `consequence` 1..5, `score` 1..25, and the class: A for C = 5 or score >= 15, B for >= 8, else C
 */
export function criticalityOf(
  consequence: Criticality['consequence'],
  likelihood: number,
  weights: { production: number; cost: number } = EVEN,
  redundancy: Redundancy = 1,
): { consequence: number; score: number; class: CriticalityClass } {
  const { production, cost } = weights;
  const mean = (consequence.production * production + consequence.cost * cost) / (production + cost);
  const worst = Math.max(
    consequence.safety,
    consequence.environment,
    consequence.foodSafety,
    Math.max(1, mean * redundancy),
  );
  const score = worst * likelihood;
  if (worst >= WORST_CONSEQUENCE || score >= A_FROM_SCORE) return { consequence: worst, score, class: 'A' };
  return { consequence: worst, score, class: score >= B_FROM_SCORE ? 'B' : 'C' };
}

/** When an assessment must be looked at again. */
export function reviewDueMs(scored: CriticalityClass, assessedAtMs: number): number {
  return assessedAtMs + REVIEW_MS[scored];
}

/** The one question of a first criticality. */
export interface FirstAnswer {
  assetId: string;
  stop: 'line stops' | 'line slows' | 'nobody notices';
  /** what is at risk besides output */
  atRisk: ('people' | 'food' | 'environment')[];
}

const AT_STOP = {
  'line stops': { production: 4, cost: 3 },
  'line slows': { production: 3, cost: 2 },
  'nobody notices': { production: 1, cost: 1 },
} as const;
/** Grave, but not the 5 that makes an A by itself: that is for a team to say. */
const AT_RISK = 4;
/** Once in one to three years, until somebody counts. */
const USUAL_LIKELIHOOD = 3;

/** Scores that follow from the one question (own rule); a team's scores replace them. */
export function firstCriticality(answer: FirstAnswer, by: PersonId, nowMs: number): CriticalityScored {
  const risk = (kind: FirstAnswer['atRisk'][number]): number => (answer.atRisk.includes(kind) ? AT_RISK : 1);
  const consequence = {
    safety: risk('people'),
    environment: risk('environment'),
    foodSafety: risk('food'),
    ...AT_STOP[answer.stop],
  };
  return {
    assetId: answer.assetId,
    class: criticalityOf(consequence, USUAL_LIKELIHOOD).class,
    consequence,
    likelihood: USUAL_LIKELIHOOD,
    assessedBy: [by],
    assessedAtMs: nowMs,
    reviewDueMs: nowMs + FIRST_ANSWER_MS,
    weights: EVEN,
    redundancy: 1,
    mitigated: null,
    basis: 'first answer',
  };
}

/** Share of A among the assessed; null while too few are assessed for a share to say anything. */
export function shareOfA(assessed: Iterable<Pick<Criticality, 'class'>>): number | null {
  let all = 0;
  let a = 0;
  for (const one of assessed) {
    all++;
    if (one.class === 'A') a++;
  }
  return all < MIN_ASSETS_FOR_SHARE ? null : a / all;
}
