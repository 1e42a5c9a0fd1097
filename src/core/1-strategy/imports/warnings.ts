import { DAY_MS } from '#vocabulary/time.ts';
import type { Value } from './field.ts';
import type { Layout } from './layout.ts';
import type { CellProblem } from './problem.ts';

/** A date this far ahead is worth a look; plans of the next weeks are not. */
const AHEAD_MS = 366 * DAY_MS;

/** What is odd about a row that can be used all the same. */
export function warningsOf(
  row: number,
  values: Record<string, Value>,
  layout: Layout,
  nowMs: number,
): CellProblem[] {
  const problems: CellProblem[] = [];
  for (const { field, header: column } of layout.columns) {
    const value = values[field.name];
    if (typeof value !== 'number') continue;
    if (field.as === 'money' && value < 0) {
      const message = 'The cost is negative. It was accepted as a credit and lowers the sum.';
      problems.push({ row, column, code: 'W-IMPORT-002', message });
    }
    if (field.as === 'money' && value === 0) {
      const message = 'The cost is zero. It was accepted; the sums may be too low.';
      problems.push({ row, column, code: 'W-IMPORT-003', message });
    }
    if (field.as === 'hours' && value < 0) {
      problems.push({
        row,
        column,
        code: 'W-IMPORT-008',
        message: 'The duration is negative. It was accepted.',
      });
    }
    if (field.as === 'time' && value > nowMs + AHEAD_MS) {
      const message = 'The date lies more than a year ahead. It was accepted; check the year.';
      problems.push({ row, column, code: 'W-IMPORT-004', message });
    }
  }
  const span = layout.columns.filter(({ field }) => field.as === 'time');
  const [start, end] = [span[0], span[1]];
  const [from, to] = [values[start?.field.name ?? ''], values[end?.field.name ?? '']];
  if (end && typeof from === 'number' && typeof to === 'number' && to < from) {
    const message = 'It ends before it starts. It was accepted; check both dates.';
    problems.push({ row, column: end.header, code: 'W-IMPORT-005', message });
  }
  return problems;
}
