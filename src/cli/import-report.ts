// An import in words for people.
import type { Brought } from '#app/tables/read.ts';
import type { TableKind } from '#strategy/imports/kind.ts';
import type { CellProblem } from '#strategy/imports/problem.ts';

/** Rejected cells shown one by one; the sheet of --errors has all. */
const MAX_SHOWN = 20;

export function importReport(kind: TableKind, { reading, importId, currency, notes }: Brought): string[] {
  const { rows, accepted, repeats, known, rejected, rejectedRows, warnings, layout } = reading;
  const repeated = repeats > 0 ? ` (${repeats} of them repeat an earlier row)` : '';
  const lines = [
    `${rows} rows: ${accepted} accepted${repeated}, ${known} known already, ${rejectedRows} rejected.`,
    `Columns: ${Object.entries(layout.mapping)
      .map(([field, column]) => `${field} = "${column}"`)
      .join(', ')}.`,
    ...[...notes, ...layout.guesses].map((guess) => `Guessed: ${guess}`),
  ];
  const money = layout.columns.find(({ field }) => field.as === 'money');
  if (money) lines.push(`Money: ${currency ?? 'no currency was said; give --currency'}.`);
  for (const { row, column, code, message } of rejected.slice(0, MAX_SHOWN)) {
    lines.push(`Rejected: row ${row}, ${column}: ${message} [${code}]`);
  }
  if (rejected.length > MAX_SHOWN) {
    lines.push(`... and ${rejected.length - MAX_SHOWN} more; --errors FILE.csv writes them all.`);
  }
  lines.push(...gathered(warnings));
  if (importId !== null) lines.push(`Imported as ${importId}: ${accepted} ${kind.row}s.`);
  return lines;
}

/** Warnings of one code in one line, with the row that has the first. */
function gathered(warnings: readonly CellProblem[]): string[] {
  const codes = [...new Set(warnings.map(({ code }) => code))];
  return codes.map((code) => {
    const of = warnings.filter((warning) => warning.code === code);
    const [first] = of as [CellProblem];
    return `Warning: ${of.length} x ${code}, first in row ${first.row}: ${first.message}`;
  });
}
