// One piece of work on imported tables, as a thread of its own gets it and answers it.
import type { ImportHistory } from '#strategy/commands.ts';
import { guessMapping, headerRow } from '#strategy/imports/mapping.ts';
import { TABLE_KINDS } from '#strategy/imports/all.ts';
import type { TableKind } from '#strategy/imports/kind.ts';
import type { CellProblem } from '#strategy/imports/problem.ts';
import { emptyStrategy, type StrategyState } from '#strategy/state.ts';
import type { OrderHistory, TableProgress, TableTold, TableWish } from '#ports/table-desk.ts';
import { PortFailure } from '#ports/failure.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { readGrid } from '../compose.ts';
import { ordersOf } from './orders.ts';
import { problemSheet } from './problem-sheet.ts';
import { type ReadFile, readTableFile, removeRows, writeRows } from './read.ts';

/** What a reading needs to know of the plant. */
export type KnownPart = Pick<StrategyState, 'site' | 'plant' | 'imports' | 'assets'>;

export type TablesJob =
  | { kind: 'bring'; dataDir: string; path: string; wish: TableWish; known: KnownPart; nowMs: number }
  | { kind: 'remove'; dataDir: string; table: string; importId: string }
  | { kind: 'orders'; dataDir: string; known: KnownPart };

export interface ReadTable {
  told: TableTold;
  fileHash: string;
  /** what is to be decided; null when there is no new row */
  data: ImportHistory | null;
  /** problems as CSV */
  sheet: string;
}

export type TablesAnswer =
  | { done: false; progress: TableProgress }
  | { done: true; ok: true; value: unknown }
  | { done: true; ok: false; code: string; message: string; mend: string; retryable: boolean };

/** Problems that are sent to a screen; the sheet has all of them. */
export const MAX_PROBLEMS_TOLD = 200;

export async function workOn(
  job: TablesJob,
  onProgress: (progress: TableProgress) => void,
): Promise<ReadTable | OrderHistory | Refusal | null> {
  switch (job.kind) {
    case 'bring':
      return read(job, onProgress);
    case 'remove':
      await removeRows(job.dataDir, job.table, job.importId);
      return null;
    case 'orders':
      return ordersOf(job.dataDir, stateOf(job.known));
  }
}

export function kindNamed(word: string): TableKind {
  const found = TABLE_KINDS.find((kind) => kind.word === word);
  if (found) return found;
  throw new PortFailure(
    'E-TABLES-005',
    `"${word}" is no kind of table.`,
    `Known are: ${TABLE_KINDS.map((kind) => kind.word).join(', ')}.`,
    false,
  );
}

function stateOf(known: KnownPart): StrategyState {
  return { ...emptyStrategy(known.site), ...known };
}

async function read(
  { dataDir, path, wish, known, nowMs }: Extract<TablesJob, { kind: 'bring' }>,
  onProgress: (progress: TableProgress) => void,
): Promise<ReadTable | Refusal> {
  const kind = kindNamed(wish.kind);
  const { said, sheet, zone, currency } = wish;
  const tell = (what: string, done: number, total: number): void => onProgress({ what, done, total });
  const file = { dataDir, kind, path, said, sheet, zone, currency, nowMs, onProgress: tell };
  const found = await readTableFile(file, stateOf(known));
  if (isRefusal(found)) return wish.dryRun ? asked(kind, path, wish, found) : found;
  if (!wish.dryRun && found.data !== null) {
    await writeRows(dataDir, kind, found.data.imported.importId, found.brought.reading);
  }
  const { rejected, warnings } = found.brought.reading;
  return {
    told: toldOf(kind, found),
    fileHash: found.fileHash,
    data: found.data,
    sheet: problemSheet({ rejected, warnings }),
  };
}

/** A file that cannot be read yet: its columns are shown, so that a person can say what they mean. */
async function asked(kind: TableKind, path: string, wish: TableWish, refusal: Refusal): Promise<ReadTable> {
  const grid = await readGrid(path, { sheet: wish.sheet });
  const rows = grid.rows.map(({ cells }) => cells);
  const at = headerRow(kind, rows);
  const header = (rows[at] ?? []).map((cell) => String(cell).trim());
  const { code, message, mend } = refusal;
  return {
    told: {
      ...NOTHING,
      kind: kind.word,
      asks: { code, message, mend },
      rows: Math.max(0, grid.rows.length - at - 1),
      header: header.filter((name) => name !== ''),
      mapping: wish.said.mapping ?? guessMapping(kind, header, rows.slice(at + 1)),
      guesses: grid.notes,
    },
    fileHash: grid.hash,
    data: null,
    sheet: problemSheet({ rejected: [], warnings: [] }),
  };
}

const NOTHING: Omit<TableTold, 'kind' | 'asks'> = {
  rows: 0,
  accepted: 0,
  repeats: 0,
  known: 0,
  rejectedRows: 0,
  problems: [],
  problemCount: 0,
  header: [],
  mapping: {},
  dateOrder: null,
  decimal: null,
  timeZone: null,
  currency: null,
  guesses: [],
  fromMs: null,
  toMs: null,
  importId: null,
};

function toldOf(kind: TableKind, { brought }: ReadFile): TableTold {
  const { reading, currency, timeZone, notes } = brought;
  const { layout, rows, accepted, repeats, known, rejectedRows, rejected, warnings, fromMs, toMs } = reading;
  const marked = (found: readonly CellProblem[], isRejected: boolean) =>
    found.slice(0, MAX_PROBLEMS_TOLD).map((one) => ({ ...one, rejected: isRejected }));
  return {
    kind: kind.word,
    asks: null,
    rows,
    accepted,
    repeats,
    known,
    rejectedRows,
    // what keeps a row out comes before what is only worth a look
    problems: [...marked(rejected, true), ...marked(warnings, false)].slice(0, MAX_PROBLEMS_TOLD),
    problemCount: rejected.length + warnings.length,
    header: layout.header.filter((name) => name !== ''),
    mapping: layout.mapping,
    dateOrder: layout.dateOrder,
    decimal: layout.decimal,
    timeZone,
    currency,
    guesses: [...notes, ...layout.guesses],
    fromMs,
    toMs,
    importId: null,
  };
}
