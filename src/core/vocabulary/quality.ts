/** Sample quality on the data plane, one byte a sample. */
export const GOOD = 0;
/** Counts as good, marks the alert, and cannot alone raise P1 or P2. */
export const UNCERTAIN = 1;
/** Stored and counted; for the live monitor it has not come. */
export const BAD = 2;

export type Quality = typeof GOOD | typeof UNCERTAIN | typeof BAD;
export type QualityWord = 'good' | 'uncertain' | 'bad';

export function qualityWord(quality: number): QualityWord {
  return quality === GOOD ? 'good' : quality === UNCERTAIN ? 'uncertain' : 'bad';
}
