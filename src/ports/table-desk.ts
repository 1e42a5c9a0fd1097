import type { Answer } from '#core/line.ts';
import type { Writings } from '#strategy/imports/layout.ts';
import type { CellProblem } from '#strategy/imports/problem.ts';
import type { Actor } from '#vocabulary/ids.ts';
import type { Refusal } from '#vocabulary/refusal.ts';

/** A table that a person sends: what it is, and what is said about how it is written. */
export interface TableWish {
  commandId: string;
  actor: Actor;
  personId: string;
  /** word of a kind of table: `work-orders` */
  kind: string;
  said: Writings;
  sheet: string | null;
  /** IANA zone of the file's times; null = the plant's */
  zone: string | null;
  /** ISO 4217; null = the plant's */
  currency: string | null;
  /** read and checked only; nothing is written */
  dryRun: boolean;
}

/** How a table was read, and what came of it. */
export interface TableTold {
  kind: string;
  /** what a dry run has to be told before the file can be read; null when it was read */
  asks: { code: string; message: string; mend: string } | null;
  rows: number;
  accepted: number;
  /** accepted rows that repeat an earlier one in every column; part of `accepted` */
  repeats: number;
  known: number;
  rejectedRows: number;
  /** the first problems by row; the sheet has all */
  problems: (CellProblem & { rejected: boolean })[];
  problemCount: number;
  header: string[];
  mapping: Record<string, string>;
  dateOrder: string | null;
  decimal: string | null;
  timeZone: string | null;
  currency: string | null;
  /** each a sentence */
  guesses: string[];
  fromMs: number | null;
  toMs: number | null;
  /** null when nothing was written: a dry run, or no new row */
  importId: string | null;
}

/** A work order as it was brought. `asset` is its functional location where it names no asset. */
export interface BroughtOrder {
  asset: string;
  failureMode: string | null;
  class: string | null;
  text: string | null;
  startMs: number;
  costMinor: number | null;
  downtimeH: number | null;
}

export interface OrderHistory {
  orders: BroughtOrder[];
  /** ISO 4217; null when nobody said it */
  currency: string | null;
  /** imports that the orders came from */
  importIds: string[];
}

export interface TableProgress {
  what: string;
  done: number;
  total: number;
}

/** Tables of other systems, as the faces ask for them. */
export interface TableDesk {
  /**
   * Reads a table that comes as a stream, and applies it unless it is a dry run.
   * @throws PortFailure E-TABLES-002 too large, -003 one of this person runs, -004 too many at once; GridFailure
   */
  bring(wish: TableWish, stream: AsyncIterable<Uint8Array>): Promise<TableTold | Refusal>;
  /** What is being read for a person; null when nothing is. */
  progress(personId: string): TableProgress | null;
  /** Every problem of the table that a person sent last, as CSV; null when none was sent since the start. */
  problemSheet(personId: string): string | null;
  undo(commandId: string, actor: Actor, importId: string): Promise<Answer>;
  /** The work orders that stand; the same object until an import comes or goes. */
  orders(): Promise<OrderHistory>;
}
