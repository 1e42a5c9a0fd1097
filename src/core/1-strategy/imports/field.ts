import { type Cell, type DecimalMark, isEmpty, readAmount } from './cell.ts';
import { type DateOrder, readDay } from './day.ts';
import { type KindField, plainWords } from './kind.ts';
import { shown } from './problem.ts';

/** Texts of a field longer than this are cut. */
export const MAX_TEXT_CHARS = 2_000;
const MINOR_PER_MAJOR = 100;
const YES = new Set(['yes', 'y', 'true', '1', 'x', 'ja', 'j', 'si', 'oui', 'planned', 'geplant']);
const NO = new Set(['no', 'n', 'false', '0', 'nein', 'non', 'unplanned', 'ungeplant']);

export interface Writing {
  mark: DecimalMark;
  order: DateOrder;
  /** turns a wall clock's reading into an instant, ms */
  toInstant: (wallMs: number) => number;
}

/** A column of the file that feeds a field. */
export interface FieldColumn {
  field: KindField;
  /** place in the file, from 0 */
  at: number;
  header: string;
  /** hours that one unit of an `hours` column is */
  hoursPer: number;
}

export type Value = string | number | null;

/**
 * One cell as its field's value: money in minor units, hours, ms since 1970, 1 and 0 for yes and no.
 * @returns null for an empty cell; `wrong` says why the cell cannot be used, with a code
 */
export function readField(
  column: FieldColumn,
  cell: Cell | undefined,
  writing: Writing,
): { value: Value } | { code: string; wrong: string } {
  if (cell === undefined || isEmpty(cell)) return { value: null };
  switch (column.field.as) {
    case 'text':
      return { value: String(cell).slice(0, MAX_TEXT_CHARS) };
    case 'time':
      return readTime(cell, writing);
    case 'money':
      return scaled(
        cell,
        writing,
        (amount) => Math.sign(amount) * Math.round(Math.abs(amount) * MINOR_PER_MAJOR),
      );
    case 'hours':
      return scaled(cell, writing, (amount) => amount * column.hoursPer);
    case 'number':
      return scaled(cell, writing, (amount) => amount);
    case 'yes-no': {
      const word = plainWords(String(cell));
      if (YES.has(word)) return { value: 1 };
      if (NO.has(word)) return { value: 0 };
      return { code: 'E-IMPORT-013', wrong: `${shown(String(cell))} is neither yes nor no.` };
    }
    case 'choice': {
      const word = plainWords(String(cell));
      const choices = column.field.choices ?? [];
      const found = choices.find((choice) => choice.written.includes(word));
      if (found) return { value: found.word };
      const words = choices.map((choice) => choice.word).join(', ');
      return { code: 'E-IMPORT-014', wrong: `${shown(String(cell))} is not known; write one of: ${words}.` };
    }
  }
}

function scaled(cell: Cell, writing: Writing, turn: (amount: number) => number) {
  const amount = readAmount(cell, writing.mark);
  const value = turn(amount);
  if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { value };
  const mark = writing.mark === ',' ? 'comma' : 'point';
  return {
    code: 'E-IMPORT-011',
    wrong: `${shown(String(cell))} is no number with a decimal ${mark}.`,
  };
}

function readTime(cell: Cell, writing: Writing) {
  const day = typeof cell === 'string' ? readDay(cell.trim()) : null;
  const wallMs = day === null ? Number.NaN : writing.order === 'mdy' ? day.swappedMs : day.wallMs;
  if (day === null) return { code: 'E-IMPORT-012', wrong: `${shown(String(cell))} is no date.` };
  if (Number.isNaN(wallMs)) {
    const order = writing.order === 'mdy' ? 'the month' : 'the day';
    return { code: 'E-IMPORT-012', wrong: `${shown(String(cell))} names no day when ${order} comes first.` };
  }
  return { value: day.zoned ? wallMs : writing.toInstant(wallMs) };
}
