/** A statistic that would say more than the failures can carry: no figures, and how many failures are missing. */
export interface TooFew {
  tooFew: true;
  failures: number;
  /** how many more it takes */
  missing: number;
  message: string;
}

/** @param what in words, for example `age-based advice` */
export function tooFew(failures: number, needed: number, what: string): TooFew {
  const missing = needed - failures;
  const counted = failures === 1 ? '1 failure' : `${failures} failures`;
  const message = `Too few failures for ${what}: ${counted}, ${missing} more ${missing === 1 ? 'is' : 'are'} needed.`;
  return { tooFew: true, failures, missing, message };
}

export function isTooFew(answer: object): answer is TooFew {
  return 'tooFew' in answer;
}

/** Confidence of the intervals shown, two-sided. */
export const CONFIDENCE = 0.9;
