import { type DateOrder, TableFailure, type TableOptions } from '#ports/table.ts';
import { readTimeText } from './time-text.ts';
import type { Zone } from '#vocabulary/zone.ts';

const FIRST_CAPACITY = 16_384;

/** Times as written, kept until the whole file has said in which order it names day and month. */
export class TimeColumn {
  wallMs = new Float64Array(FIRST_CAPACITY);
  /** the reading with day and month swapped; only kept once a row has two readings */
  swappedMs: Float64Array<ArrayBuffer> | null = null;
  zoned = new Uint8Array(FIRST_CAPACITY);
  /** rows that are a day only when the day, or the month, comes first */
  onlyDayFirst = 0;
  onlyMonthFirst = 0;
  unix = 0;

  /** @returns false when the text is no time */
  set(row: number, text: string): boolean {
    const time = readTimeText(text);
    if (time === null) return false;
    if (row >= this.wallMs.length) this.#grow();
    this.wallMs[row] = time.wallMs;
    this.zoned[row] = time.zoned ? 1 : 0;
    if (time.unix) this.unix++;
    if (time.swappedMs !== time.wallMs && this.swappedMs === null) this.swappedMs = this.wallMs.slice();
    if (this.swappedMs !== null) this.swappedMs[row] = time.swappedMs;
    if (Number.isNaN(time.swappedMs)) this.onlyDayFirst++;
    if (Number.isNaN(time.wallMs)) this.onlyMonthFirst++;
    return true;
  }

  #grow(): void {
    const capacity = this.wallMs.length * 2;
    const larger = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(capacity);
      to.set(from);
      return to;
    };
    this.wallMs = larger(this.wallMs);
    if (this.swappedMs) this.swappedMs = larger(this.swappedMs);
    const zoned = new Uint8Array(capacity);
    zoned.set(this.zoned);
    this.zoned = zoned;
  }
}

/**
 * Decides the order of day and month for the whole file and turns all times into instants.
 * @returns per column the instants, NaN for a row that names no day in that order
 * @throws TableFailure E-CSV-009 when the order cannot be told
 */
export function settleTimes(
  columns: readonly (TimeColumn | null)[],
  rows: number,
  options: TableOptions,
  zone: Zone,
): { times: (Float64Array | null)[]; notes: string[] } {
  const notes: string[] = [];
  const order = orderOf(columns, options, notes);
  const times = columns.map((column) => {
    if (!column) return null;
    const wall = (order === 'mdy' && column.swappedMs ? column.swappedMs : column.wallMs).subarray(0, rows);
    let beforeMs = Number.NaN;
    for (let i = 0; i < rows; i++) {
      if (column.zoned[i] === 0) wall[i] = zone.instantMs(wall[i] as number, beforeMs);
      if (!Number.isNaN(wall[i])) beforeMs = wall[i] as number;
    }
    return wall;
  });
  const unix = columns.reduce((sum, column) => sum + (column?.unix ?? 0), 0);
  if (unix > 0) notes.push(`${unix} plain numbers were read as unix time.`);
  if (zone.repeated > 0) {
    notes.push(
      `${zone.repeated} times lie in an hour that the clocks of ${options.zone} repeated; rows in order were kept in order.`,
    );
  }
  if (zone.skipped > 0) {
    notes.push(
      `${zone.skipped} times lie in an hour that the clocks of ${options.zone} skipped; they were moved on by the change.`,
    );
  }
  return { times, notes };
}

function orderOf(columns: readonly (TimeColumn | null)[], options: TableOptions, notes: string[]): DateOrder {
  if (columns.every((column) => !column?.swappedMs)) return 'dmy';
  if (options.dateOrder !== null) return options.dateOrder;
  let dayFirst = 0;
  let monthFirst = 0;
  for (const column of columns) {
    dayFirst += column?.onlyDayFirst ?? 0;
    monthFirst += column?.onlyMonthFirst ?? 0;
  }
  if (dayFirst > 0 === monthFirst > 0) {
    throw new TableFailure(
      'format',
      'E-CSV-009',
      dayFirst > 0
        ? `The dates mix both orders: ${dayFirst} rows are a day only as d/m/Y, ${monthFirst} only as m/d/Y.`
        : 'Nothing tells whether the dates are d/m/Y or m/d/Y: no day above 12 occurs.',
      'Say which with --date-order dmy or --date-order mdy.',
    );
  }
  const order = dayFirst > 0 ? 'dmy' : 'mdy';
  notes.push(
    order === 'dmy'
      ? `Dates were read as day/month/year: ${dayFirst} rows are no day otherwise.`
      : `Dates were read as month/day/year: ${monthFirst} rows are no day otherwise.`,
  );
  return order;
}
