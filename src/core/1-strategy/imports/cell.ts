/** A cell as a file holds it: text, or a number where the format knows numbers (a spreadsheet). */
export type Cell = string | number;
export type DecimalMark = '.' | ',';

const NOTHING = new Set([
  '',
  'na',
  'n/a',
  '-',
  '#',
  'null',
  'none',
  'not assigned',
  'nicht zugeordnet',
  '00.00.0000',
]);

/** True for an empty cell and for what systems write in its place. */
export function isEmpty(cell: Cell | undefined): boolean {
  if (typeof cell === 'number') return false;
  if (cell === undefined || cell === '') return true;
  return cell.length <= 16 && NOTHING.has(cell.trim().toLowerCase());
}

const AMOUNT = /^([+-]?)\s*(\d[\d.,]*|[.,]\d+)\s*(-?)$/;

/** The digits and marks of an amount: currency, blanks and thousands apostrophes away; null when it is none. */
function bareAmount(text: string): { negative: boolean; digits: string } | null {
  const bare = text
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^([+-]?)(?:[A-Za-z]{3}|[€$£])/, '$1')
    .replace(/(?:[A-Za-z]{3}|[€$£])(-?)$/, '$1');
  const parts = AMOUNT.exec(bare);
  if (!parts || (parts[1] !== '' && parts[3] !== '')) return null;
  return { negative: parts[1] === '-' || parts[3] === '-', digits: parts[2] as string };
}

/**
 * A number as people and systems write it: `1.234,56-`, `1 234.5`, `EUR 12`, `-0.4`.
 * @param mark the file's decimal mark; the other one groups thousands and has to stand right
 * @returns NaN when the text is no number in that writing
 */
export function readAmount(cell: Cell, mark: DecimalMark): number {
  if (typeof cell === 'number') return cell;
  const bare = bareAmount(cell);
  if (bare === null) return Number.NaN;
  const group = mark === '.' ? ',' : '.';
  const [whole = '', fraction, more] = bare.digits.split(mark);
  if (more !== undefined || fraction?.includes(group)) return Number.NaN;
  const groups = whole.split(group);
  const grouped = groups.length > 1;
  if (grouped && !groups.every((part, k) => (k === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part)))
    return Number.NaN;
  const value = Number(`${groups.join('')}.${fraction ?? ''}0`);
  return bare.negative ? -value : value;
}

/** What number cells say about the decimal mark. */
export interface MarkVotes {
  point: number;
  comma: number;
  /** cells such as 1,234 or 1.234 that can be read both ways */
  either: number;
}

/** Counts one cell for the mark that it can only be read with. */
export function voteMark(votes: MarkVotes, cell: Cell): void {
  if (typeof cell === 'number') return;
  const digits = bareAmount(cell)?.digits;
  if (digits === undefined || !/[.,]/.test(digits)) return;
  const asPoint = readAmount(cell, '.');
  const asComma = readAmount(cell, ',');
  if (Number.isNaN(asPoint) && Number.isNaN(asComma)) return;
  if (Number.isNaN(asComma) || /^0+\.\d+$/.test(digits)) votes.point++;
  else if (Number.isNaN(asPoint) || /^0+,\d+$/.test(digits)) votes.comma++;
  else votes.either++;
}

/** @returns null when the cells cannot tell and the answer matters */
export function markOf(votes: MarkVotes): DecimalMark | null {
  if (votes.comma > votes.point) return ',';
  if (votes.point > 0 || votes.either === 0) return '.';
  return null;
}
