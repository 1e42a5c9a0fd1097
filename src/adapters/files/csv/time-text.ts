/**
 * A time as written. `wallMs` is ms since 1970 as if the clock on the wall ran in UTC; when `zoned` it is
 * the instant itself. A date such as 03/04/2018 has two readings, `wallMs` (day first) and `swappedMs`
 * (month first); either is NaN where it names no day. For every other form both are the same.
 */
export interface WrittenTime {
  wallMs: number;
  swappedMs: number;
  zoned: boolean;
  /** a plain number, taken for unix time */
  unix: boolean;
}

const ISO =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T .](\d{1,2})[:.](\d{2})(?:[:.](\d{2}(?:[.,]\d+)?))?\s*(.*))?$/;
const ZONE = /^(?:Z|UTC|([+-])(\d{2}):?(\d{2})?)$/i;
const SHORT =
  /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?\s*([AP]M)?)?$/i;
const UNIX = /^-?\d+(?:\.\d+)?$/;
/** Unix numbers below are seconds (until the year 5138), from it on milliseconds (since 1973). */
const UNIX_MS_FROM = 1e11;
const UNIX_TOO_LARGE = 1e14;

/**
 * Reads ISO 8601 and its relatives with space, slash or dots (`2003.10.22.12.06.24`), d/m/Y or m/d/Y, and
 * unix seconds or milliseconds. @returns null when the text is no time
 */
export function readTimeText(text: string): WrittenTime | null {
  const iso = ISO.exec(text);
  if (iso) return isoTime(iso);
  const short = SHORT.exec(text);
  if (short) return shortTime(short);
  if (UNIX.test(text)) {
    const n = Number(text);
    if (Math.abs(n) >= UNIX_TOO_LARGE) return null;
    const ms = Math.abs(n) < UNIX_MS_FROM ? n * 1_000 : n;
    return { wallMs: ms, swappedMs: ms, zoned: true, unix: true };
  }
  return null;
}

function isoTime(part: RegExpExecArray): WrittenTime | null {
  const dayMs = dayOf(Number(part[1]), Number(part[2]), Number(part[3]));
  const clockMs = clockOf(part[4], part[5], part[6]);
  const zone = part[7] ?? '';
  if (Number.isNaN(dayMs) || Number.isNaN(clockMs)) return null;
  if (zone === '') return { wallMs: dayMs + clockMs, swappedMs: dayMs + clockMs, zoned: false, unix: false };
  const offset = ZONE.exec(zone);
  if (!offset) return null;
  const minutes = Number(offset[2] ?? 0) * 60 + Number(offset[3] ?? 0);
  const ms = dayMs + clockMs - (offset[1] === '-' ? -1 : 1) * minutes * 60_000;
  return { wallMs: ms, swappedMs: ms, zoned: true, unix: false };
}

function shortTime(part: RegExpExecArray): WrittenTime | null {
  const [first, second, year] = [Number(part[1]), Number(part[2]), Number(part[3])];
  const clockMs = clockOf(part[4], part[5], part[6], part[7]);
  const wallMs = dayOf(year, second, first) + clockMs;
  const swappedMs = dayOf(year, first, second) + clockMs;
  return Number.isNaN(wallMs) && Number.isNaN(swappedMs)
    ? null
    : { wallMs, swappedMs, zoned: false, unix: false };
}

/** Start of a calendar day, ms since 1970; NaN when there is no such day. */
function dayOf(year: number, month: number, day: number): number {
  const ms = Date.UTC(year, month - 1, day);
  return month >= 1 && month <= 12 && day >= 1 && new Date(ms).getUTCDate() === day ? ms : Number.NaN;
}

function clockOf(hour = '0', minute = '0', second = '0', half?: string): number {
  let h = Number(hour);
  const m = Number(minute);
  const s = Number(second.replace(',', '.'));
  if (half !== undefined) {
    if (h < 1 || h > 12) return Number.NaN;
    h = (h % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  }
  if (h > 24 || m > 59 || s >= 60 || (h === 24 && (m > 0 || s > 0))) return Number.NaN;
  return (h * 60 + m) * 60_000 + Math.round(s * 1_000);
}
