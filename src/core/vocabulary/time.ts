export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
/** A century: no time span of a plant is longer, and a date that far ahead can still be written. */
export const LONGEST_SPAN_MS = 36_525 * DAY_MS;

/** A sample stamped further ahead of its receive time than this is *future*: stored, counted, not judged. */
export const FUTURE_TOLERANCE_MS = 5 * MINUTE_MS;

/** Milliseconds since 1970 as ISO 8601 in UTC, `2026-11-23T07:12:00.000Z`. */
export function isoUtc(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Start of the UTC day that holds `atMs`. */
export function dayStartMs(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}

const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d|w)$/;
const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: SECOND_MS,
  m: MINUTE_MS,
  min: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: WEEK_MS,
};

/** Reads `6h`, `30 min`, `10s`, `14d`; a bare `0` is zero. Returns null when the text is no duration. */
export function parseDurationMs(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  const found = DURATION.exec(trimmed);
  if (!found) return null;
  return Math.round(Number(found[1]) * (UNIT_MS[found[2] as string] as number));
}

/** A time span in the largest unit that keeps it short: `10 min`, `6 h`, `14 d`. */
export function spanWords(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.round(ms / DAY_MS)} d`;
  if (ms >= HOUR_MS) return `${Math.round((ms / HOUR_MS) * 10) / 10} h`;
  if (ms >= MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return `${Math.round(ms / SECOND_MS)} s`;
}
