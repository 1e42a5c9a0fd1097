export type DateOrder = 'dmy' | 'mdy';

/**
 * A time as written, ms since 1970 as if the clock on the wall ran in UTC. `swappedMs` is the reading with the month
 * first; both are the same unless the text can be read two ways. NaN where it names no day.
 */
export interface WrittenDay {
  wallMs: number;
  swappedMs: number;
  /** the text named its zone: `wallMs` is the instant itself */
  zoned: boolean;
}

const CLOCK = '(?:[T ,.]+(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,]\\d+)?)?\\s*([AaPp][Mm])?)?';
const YEAR_FIRST = new RegExp(
  `^(\\d{4})([-/.]?)(\\d{1,2})\\2(\\d{1,2})${CLOCK}\\s*(Z|UTC|[+-]\\d{2}:?\\d{2})?$`,
);
const NUMBERED = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${CLOCK}$`);
const NAMED = new RegExp(`^(\\d{1,2})[-. ]+(\\p{L}{3,10})\\.?[-. ]+(\\d{4}|\\d{2})${CLOCK}$`, 'u');
/** First letters of month names in English, German, French and Spanish, accents dropped. */
const MONTHS = [
  ['jan', 'jan', 'ene', 'gen'],
  ['feb', 'fev', 'fevr'],
  ['mar', 'mrz', 'maer', 'mars'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai', 'mag'],
  ['jun', 'juin', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt', 'ott'],
  ['nov'],
  ['dec', 'dez', 'dic'],
];
/** Two-digit years from this one on are of the last century. */
const CENTURY_FROM = 70;

/**
 * Reads a date, with or without a time of day: year first, day or month first with dots, slashes or dashes, a month's
 * name, eight digits as SAP keeps them. Dots put the day first. A bare number is no date.
 * @returns null when the text is no date
 */
export function readDay(text: string): WrittenDay | null {
  const first = text.charCodeAt(0);
  if (first < 48 || first > 57) return null;
  const iso = YEAR_FIRST.exec(text);
  if (iso) {
    const ms = dayMs(Number(iso[1]), Number(iso[3]), Number(iso[4])) + clockMs(iso, 5);
    const zone = iso[9];
    return both(ms - zoneMs(zone), zone !== undefined);
  }
  const numbered = NUMBERED.exec(text);
  if (numbered) {
    const [a, b, year] = [Number(numbered[1]), Number(numbered[3]), yearOf(numbered[4] as string)];
    const clock = clockMs(numbered, 5);
    const wallMs = dayMs(year, b, a) + clock;
    if (numbered[2] === '.') return both(wallMs, false);
    const swappedMs = dayMs(year, a, b) + clock;
    return Number.isNaN(wallMs) && Number.isNaN(swappedMs) ? null : { wallMs, swappedMs, zoned: false };
  }
  const named = NAMED.exec(text);
  if (!named) return null;
  const month = monthOf(named[2] as string);
  return both(dayMs(yearOf(named[3] as string), month, Number(named[1])) + clockMs(named, 4), false);
}

function both(ms: number, zoned: boolean): WrittenDay | null {
  return Number.isNaN(ms) ? null : { wallMs: ms, swappedMs: ms, zoned };
}

function yearOf(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year + (year >= CENTURY_FROM ? 1_900 : 2_000);
}

function monthOf(name: string): number {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return MONTHS.findIndex((starts) => starts.some((start) => plain.startsWith(start))) + 1;
}

/** Start of a calendar day, ms since 1970; NaN when there is no such day, or before 1900 or after 2199. */
function dayMs(year: number, month: number, day: number): number {
  if (year < 1_900 || year > 2_199 || month < 1 || month > 12 || day < 1) return Number.NaN;
  const ms = Date.UTC(year, month - 1, day);
  return new Date(ms).getUTCDate() === day ? ms : Number.NaN;
}

function clockMs(parts: RegExpExecArray, at: number): number {
  if (parts[at] === undefined) return 0;
  let hour = Number(parts[at]);
  const minute = Number(parts[at + 1]);
  const second = Number(parts[at + 2] ?? 0);
  const half = parts[at + 3];
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && (minute > 0 || second > 0)))
    return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1_000;
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

/** What the dates of a file say about the order of day and month. */
export interface OrderVotes {
  dayFirst: number;
  monthFirst: number;
  either: number;
}

export function voteOrder(votes: OrderVotes, day: WrittenDay): void {
  if (day.wallMs === day.swappedMs) return;
  if (Number.isNaN(day.swappedMs)) votes.dayFirst++;
  else if (Number.isNaN(day.wallMs)) votes.monthFirst++;
  else votes.either++;
}

/** @returns null when the dates cannot tell and the answer matters */
export function orderOf(votes: OrderVotes): DateOrder | null {
  if (votes.monthFirst > votes.dayFirst) return 'mdy';
  if (votes.dayFirst > 0 || votes.either === 0) return 'dmy';
  return null;
}
