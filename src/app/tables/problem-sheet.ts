import Papa from 'papaparse';
import type { TableReading } from '#strategy/imports/read-table.ts';

/** All problems as CSV, by row; a cell that a spreadsheet would take for a formula is made text. */
export function problemSheet(reading: Pick<TableReading, 'rejected' | 'warnings'>): string {
  const problems = [...reading.rejected, ...reading.warnings].toSorted((a, b) => a.row - b.row);
  const rows = problems.map(({ row, column, code, message }) => [row, column, code, message]);
  return `${Papa.unparse([['row', 'column', 'code', 'message'], ...rows], { escapeFormulae: true })}\n`;
}
