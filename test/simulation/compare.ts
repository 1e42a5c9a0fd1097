// Two lines held against each other, field for field and in the order of their entries.
import { GAP_MS, DUE_MS, HIGH, LOW, ROW_SHIFT } from '#acquire/order.ts';
import { type Line, saveLine } from '#core/line.ts';

/** Columns that are worked out anew from the others whenever a state is loaded. */
const DERIVED = [GAP_MS, LOW, HIGH, DUE_MS];

/** @returns where the two differ first, in words; null when they are the same */
export function differenceOf(one: Line, other: Line): string | null {
  return different(bare(one), bare(other), 'line');
}

function bare(line: Line): unknown {
  const { state, sense } = saveLine(line);
  const rows = (sense.arrays['rows'] as Float64Array).slice();
  for (let r = 0; r < rows.length; r += 1 << ROW_SHIFT) for (const column of DERIVED) rows[r + column] = 0;
  return { state, sense: { ...sense, arrays: { ...sense.arrays, rows } } };
}

function different(a: unknown, b: unknown, path: string): string | null {
  // A fact that says -0 comes back from its JSON as 0, which no rule tells apart.
  if (a === b || Object.is(a, b)) return null;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return `${path}: ${String(a)} and ${String(b)}`;
  }
  if (a.constructor !== b.constructor) return `${path}: another kind of thing`;
  const mine = entriesOf(a);
  const theirs = entriesOf(b);
  for (let n = 0; n < Math.max(mine.length, theirs.length); n++) {
    const [name, value] = mine[n] ?? ['nothing', undefined];
    const [otherName, otherValue] = theirs[n] ?? ['nothing', undefined];
    if (name !== otherName) return `${path}: "${name}" where the other has "${otherName}"`;
    const found = different(value, otherValue, `${path}.${name}`);
    if (found) return found;
  }
  return null;
}

function entriesOf(of: object): [string, unknown][] {
  if (of instanceof Map) return [...of].map(([key, value]): [string, unknown] => [String(key), value]);
  if (of instanceof Set) return [...of].map((value, n): [string, unknown] => [String(n), value]);
  return Object.entries(of);
}
