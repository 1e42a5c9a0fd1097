// How far the answers of a blind review agree with what is known: pure counting, used before anything is recorded.
import type { KnownEpisode } from './agreement-events.ts';
import type { MonitorVersion } from './state.ts';

/** Episodes of a blind review, at least and at most. */
export const MIN_EPISODES = 5;
export const MAX_EPISODES = 20;
/** Share of answers that must equal the known outcome (own rule). */
export const AGREEMENT = 0.8;

/**
 * @param answers would somebody have gone, by episode id
 * @returns answers that equal the known outcome; `missing` episodes were not answered
 */
export function agreementOf(
  episodes: readonly KnownEpisode[],
  answers: ReadonlyMap<string, boolean>,
): { agreed: number; of: number; missing: number } {
  const missing = episodes.filter((one) => !answers.has(one.episodeId)).length;
  const agreed = episodes.filter((one) => answers.get(one.episodeId) === one.real).length;
  return { agreed, of: episodes.length, missing };
}

/** All who signed taken together; null before the first. */
export function reviewed(version: MonitorVersion): { agreed: number; of: number } | null {
  const signed = version.review?.signed ?? [];
  if (signed.length === 0) return null;
  const sum = (pick: (one: { agreed: number; of: number }) => number): number =>
    signed.reduce((total, one) => total + pick(one), 0);
  return { agreed: sum((one) => one.agreed), of: sum((one) => one.of) };
}
