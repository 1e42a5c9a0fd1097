import { number } from '../../format/number.ts';
import { DAY_MS, MINUTE_MS } from '../../format/time.ts';

/** `2 days`, `3 h`, `15 min`: the length as a person says it in a sentence. */
export function spanWords(lengthMs: number): string {
  const [size, word] =
    lengthMs >= 2 * DAY_MS || lengthMs === DAY_MS
      ? [lengthMs / DAY_MS, lengthMs === DAY_MS ? 'day' : 'days']
      : lengthMs >= 120 * MINUTE_MS
        ? [lengthMs / (60 * MINUTE_MS), 'h']
        : [lengthMs / MINUTE_MS, 'min'];
  return `${number(size)} ${word}`;
}
