export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

interface Fields {
  weekday: string;
  day: string;
  month: string;
  year: string;
  hour: string;
  minute: string;
  second: string;
}

const CACHE = new Map<string, Intl.DateTimeFormat>();

function fields(atMs: number, zone: string): Fields {
  let format = CACHE.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    CACHE.set(zone, format);
  }
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(atMs)) parts[part.type] = part.value;
  // Some locale data write "Sept"; every month here has three letters so that columns align.
  return { ...(parts as unknown as Fields), month: (parts['month'] ?? '').slice(0, 3) };
}

/** All writers take epoch milliseconds and the plant's IANA time zone. @returns `12:00` */
export function clock(atMs: number, zone: string): string {
  const at = fields(atMs, zone);
  return `${at.hour}:${at.minute}`;
}

/** @returns `15 Oct` */
export function shortDay(atMs: number, zone: string): string {
  const at = fields(atMs, zone);
  return `${at.day} ${at.month}`;
}

/** @returns `Thu 15 Oct` */
export function day(atMs: number, zone: string): string {
  const at = fields(atMs, zone);
  return `${at.weekday} ${at.day} ${at.month}`;
}

/** @returns `Wed 14 Oct 2026` */
export function longDay(atMs: number, zone: string): string {
  return `${day(atMs, zone)} ${fields(atMs, zone).year}`;
}

/** @returns `Thu 15 Oct 12:00` */
export function dateTime(atMs: number, zone: string): string {
  return `${day(atMs, zone)} ${clock(atMs, zone)}`;
}

/** @returns `Oct 2026` */
export function month(atMs: number, zone: string): string {
  const at = fields(atMs, zone);
  return `${at.month} ${at.year}`;
}

/** @returns `Today 12:00` on the day of `nowMs`, else `Thu 15 Oct 12:00` */
export function moment(atMs: number, nowMs: number, zone: string): string {
  return longDay(atMs, zone) === longDay(nowMs, zone) ? `Today ${clock(atMs, zone)}` : dateTime(atMs, zone);
}

/** @returns `4 s`, `14 min`, `1 h 44 min`, `2 d 4 h`: two parts at most, never negative */
export function span(lengthMs: number): string {
  const length = Math.max(0, lengthMs);
  if (length < MINUTE_MS) return `${Math.floor(length / SECOND_MS)} s`;
  if (length < HOUR_MS) return `${Math.floor(length / MINUTE_MS)} min`;
  if (length < DAY_MS) return pair(length, HOUR_MS, 'h', MINUTE_MS, 'min');
  return pair(length, DAY_MS, 'd', HOUR_MS, 'h');
}

function pair(length: number, bigMs: number, big: string, smallMs: number, small: string): string {
  const whole = Math.floor(length / bigMs);
  const rest = Math.floor((length - whole * bigMs) / smallMs);
  return rest === 0 ? `${whole} ${big}` : `${whole} ${big} ${rest} ${small}`;
}

/** @returns hours as people plan them: `5.5 h`, `11 h` */
export function hours(value: number): string {
  return `${Number.isInteger(value) ? value : value.toFixed(1)} h`;
}
