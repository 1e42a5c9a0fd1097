export type DecimalMark = '.' | ',';

const POINT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const COMMA = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)?(?:,\d+)?(?:e[+-]?\d+)?$/i;
const HAS_COMMA = /^[+-]?[\d.]*,\d+$/;

/** A finite number, or NaN. */
export function readNumberText(text: string, mark: DecimalMark): number {
  if (mark === '.') return POINT.test(text) ? finite(Number(text)) : Number.NaN;
  if (text === '' || !COMMA.test(text)) return POINT.test(text) ? finite(Number(text)) : Number.NaN;
  return finite(Number(text.replaceAll('.', '').replace(',', '.')));
}

/**
 * Guesses the decimal mark from the first cells of number columns: a comma when some hold one and no cell
 * can only be read with a point. @returns `sure` is false when every comma could group thousands too
 */
export function guessDecimalMark(cells: readonly string[]): { mark: DecimalMark; sure: boolean } {
  const commas = cells.filter((cell) => HAS_COMMA.test(cell));
  const onlyPoint = cells.some((cell) => /\./.test(cell) && !COMMA.test(cell) && POINT.test(cell));
  if (commas.length === 0 || onlyPoint) return { mark: '.', sure: true };
  return { mark: ',', sure: commas.some((cell) => !/^[+-]?[1-9]\d{0,2},\d{3}$/.test(cell)) };
}

function finite(n: number): number {
  return Number.isFinite(n) ? n : Number.NaN;
}
