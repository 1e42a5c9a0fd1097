interface CsvColumn<Row> {
  title: string;
  value: (row: Row) => string | number | null;
}

const FORMULA_START = /^[=+\-@\t\r]/;

/**
 * One cell by RFC 4180. Text that a spreadsheet would run as a formula gets a quote in front; numbers keep
 * their sign.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvText<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map((column) => csvCell(column.title)).join(',')];
  for (const row of rows) lines.push(columns.map((column) => csvCell(column.value(row))).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** Hands the rows, in the order shown, to the browser as a file. The mark at the start tells spreadsheets UTF-8. */
export function saveCsv<Row>(name: string, columns: readonly CsvColumn<Row>[], rows: readonly Row[]): void {
  const address = URL.createObjectURL(
    new Blob(['\ufeff', csvText(columns, rows)], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
