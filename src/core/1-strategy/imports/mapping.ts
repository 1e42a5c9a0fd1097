import { type Cell, isEmpty, readAmount } from './cell.ts';
import { readDay } from './day.ts';
import { fieldWord, type KindField, plainWords, type TableKind } from './kind.ts';

/** Which column of the file feeds which field: field word to header as the file writes it. */
export type Mapping = Record<string, string>;

/** Rows looked at for the header, and below it for what the columns hold. */
export const HEADER_WITHIN_ROWS = 40;
const ROWS_LOOKED_AT = 200;
/** Share of a column's filled cells that have to read as the field's type. */
const READABLE_SHARE = 0.5;

/**
 * Where the header stands: the row with the most known header words, because lists of other systems begin with a title,
 * dates of the selection and empty lines.
 * @returns index into `rows`; the first row with two filled cells when no word is known
 */
export function headerRow(kind: TableKind, rows: readonly (readonly Cell[])[]): number {
  const known = new Set(kind.fields.flatMap((field) => field.headers));
  let best = -1;
  let bestWords = 0;
  for (const [at, row] of rows.slice(0, HEADER_WITHIN_ROWS).entries()) {
    const words = row.filter((cell) => typeof cell === 'string' && known.has(withoutUnit(cell))).length;
    if (words > bestWords) [best, bestWords] = [at, words];
  }
  if (best >= 0) return best;
  return Math.max(
    0,
    rows.findIndex((row) => row.filter((cell) => !isEmpty(cell)).length > 1),
  );
}

/** Header words without a unit in brackets: `Downtime (min)` is `downtime`. */
function withoutUnit(header: string): string {
  return plainWords(header.replace(/[([][^)\]]*[)\]]/g, ' '));
}

interface Candidate {
  field: KindField;
  column: number;
  score: number;
}

/**
 * Guesses the mapping by header words and by what the columns hold; the best pair first, each column once.
 * @param rows the rows below the header
 */
export function guessMapping(
  kind: TableKind,
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
): Mapping {
  const sample = rows.slice(0, ROWS_LOOKED_AT);
  const candidates: Candidate[] = [];
  for (const [column, name] of header.entries()) {
    const words = withoutUnit(name);
    if (words === '') continue;
    for (const field of kind.fields) {
      const score = scoreOf(field, words);
      if (score > 0 && holds(field, sample, column)) candidates.push({ field, column, score });
    }
  }
  candidates.sort((a, b) => b.score - a.score || a.column - b.column);
  const found: Mapping = {};
  const taken = new Set<number>();
  for (const { field, column } of candidates) {
    const word = fieldWord(field.name);
    if (found[word] !== undefined || taken.has(column)) continue;
    found[word] = header[column] as string;
    taken.add(column);
  }
  const words = kind.fields.map(({ name }) => fieldWord(name)).filter((word) => found[word] !== undefined);
  return Object.fromEntries(words.map((word) => [word, found[word] as string]));
}

/** Whole header words beat a header that only holds them among others; within a field the earlier word wins. */
function scoreOf(field: KindField, words: string): number {
  const at = field.headers.indexOf(words);
  if (at >= 0) return 2 - at / 1_000;
  const inside = field.headers.findIndex(
    (known) => known.includes(' ') && ` ${words} `.includes(` ${known} `),
  );
  return inside >= 0 ? 1 - inside / 1_000 : 0;
}

function holds(field: KindField, rows: readonly (readonly Cell[])[], column: number): boolean {
  if (field.as === 'text' || field.as === 'yes-no' || field.as === 'choice') return true;
  let filled = 0;
  let readable = 0;
  for (const row of rows) {
    const cell = row[column];
    if (cell === undefined || isEmpty(cell)) continue;
    filled++;
    if (field.as === 'time') readable += typeof cell === 'string' && readDay(cell.trim()) ? 1 : 0;
    else readable += Number.isNaN(readAmount(cell, '.')) && Number.isNaN(readAmount(cell, ',')) ? 0 : 1;
  }
  return filled === 0 || readable / filled >= READABLE_SHARE;
}

/** Factor from a header's unit in brackets to hours; 1 when it names none. */
export function hoursPer(header: string): number {
  const unit = plainWords(/[([]([^)\]]*)[)\]]/.exec(header)?.[1] ?? header);
  if (/(^| )(min|mins|minutes|minuten|minutos)( |$)/.test(unit)) return 1 / 60;
  if (/(^| )(s|sec|seconds|sekunden)( |$)/.test(unit)) return 1 / 3_600;
  if (/(^| )(d|days|tage|dias|jours)( |$)/.test(unit)) return 24;
  return 1;
}

/** What tells one layout of a file from another: its headers in order, in plain words. */
export function headerText(header: readonly string[]): string {
  return header.map(plainWords).join('\n');
}
