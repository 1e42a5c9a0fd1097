// Reads a table of another system against what a plant knows, and writes its rows; deciding is somebody else's.
import { HOUR_MS } from '#vocabulary/time.ts';
import { hash } from 'node:crypto';
import { PortFailure } from '#ports/failure.ts';
import type { TableColumn, TableRows } from '#ports/imported-tables.ts';
import type { ImportHistory } from '#strategy/commands.ts';
import type { HistoryImport } from '#strategy/events.ts';
import { currencyOf, importHistory } from '#strategy/import-decisions.ts';
import type { KindField, TableKind } from '#strategy/imports/kind.ts';
import type { Writings } from '#strategy/imports/layout.ts';
import { type KnownRows, readTable, type TableReading } from '#strategy/imports/read-table.ts';
import type { StrategyState } from '#strategy/state.ts';
import { namedId } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { Zone } from '#vocabulary/zone.ts';
import { openImportedTables, readGrid } from '../compose.ts';
import { standingImports } from './known-plant.ts';

export interface TableFile {
  dataDir: string;
  kind: TableKind;
  /** `-` is the standard input */
  path: string;
  said: Writings;
  sheet: string | null;
  /** IANA zone of the file's times; null = the plant's */
  zone: string | null;
  /** ISO 4217; null = the plant's */
  currency: string | null;
  nowMs: number;
  onProgress: (what: string, done: number, total: number) => void;
}

export interface Brought {
  reading: TableReading;
  /** null when nothing was written: a dry run, or no new row */
  importId: string | null;
  currency: string | null;
  timeZone: string;
  notes: string[];
}

/** What a file would add; `data` is what is to be decided, null when there is no new row. */
export interface ReadFile {
  brought: Brought;
  fileHash: string;
  data: ImportHistory | null;
}

const IDENTITY: TableColumn[] = [
  { name: 'identity', as: 'text' },
  { name: 'content', as: 'text' },
];
export const STEPS = 4;

/**
 * @returns a refusal when the file cannot be understood or the plant would not take it
 * @throws GridFailure, PortFailure
 */
export async function readTableFile(asked: TableFile, state: StrategyState): Promise<ReadFile | Refusal> {
  const { kind, dataDir } = asked;
  const step = (n: number): void => asked.onProgress('Importing', n, STEPS);
  step(0);
  const grid = await readGrid(asked.path, { sheet: asked.sheet });
  step(1);
  const known = await knownRows(dataDir, kind, state);
  const timeZone = asked.zone ?? state.plant?.timeZone ?? 'UTC';
  const zone = openZone(timeZone);
  const reading = readTable(
    kind,
    grid.rows,
    { ...asked.said, remembered: (header) => rememberedIn(state, kind, header) },
    {
      nowMs: asked.nowMs,
      known,
      toInstant: (wallMs) => zone.instantMs(wallMs, Number.NaN),
      hash: (text) => hash('sha256', text, 'hex'),
    },
  );
  if (isRefusal(reading)) return reading;
  step(2);
  const hasMoney = reading.layout.columns.some(({ field }) => field.as === 'money');
  const currency = hasMoney ? (asked.currency ?? currencyOf(state)) : null;
  const brought: Brought = { reading, importId: null, currency, timeZone, notes: grid.notes };
  if (reading.accepted === 0) return { brought, fileHash: grid.hash, data: null };
  const data = importOf(state, kind, grid.hash, brought);
  const decision = importHistory(state, data);
  return isRefusal(decision) ? decision : { brought, fileHash: grid.hash, data };
}

/** Writes the rows of a reading, fsynced; they count for nothing until a fact names the import. */
export async function writeRows(
  dataDir: string,
  kind: TableKind,
  importId: string,
  reading: TableReading,
): Promise<void> {
  const store = await openImportedTables(dataDir);
  try {
    await store.write(kind.word, importId, rowsOf(kind, reading));
  } finally {
    store.close();
  }
}

/** Takes rows away that no fact names, or none names any more. */
export async function removeRows(dataDir: string, kind: string, importId: string): Promise<void> {
  const store = await openImportedTables(dataDir);
  try {
    await store.remove(kind, importId);
  } finally {
    store.close();
  }
}

/** An import is under way for less than this; rows that no fact names by then belong to none. */
const SWEPT_AFTER_MS = HOUR_MS;

/** Takes away rows that no standing import names: those of one that was stopped, or undone, half way. */
export async function sweepRows({ dataDir, kind, nowMs }: TableFile, state: StrategyState): Promise<void> {
  const standing = new Set(standingImports(state, kind.word).map(({ importId }) => importId));
  const store = await openImportedTables(dataDir);
  try {
    await store.sweep(kind.word, standing, nowMs - SWEPT_AFTER_MS);
  } finally {
    store.close();
  }
}

async function knownRows(dataDir: string, kind: TableKind, state: StrategyState): Promise<KnownRows> {
  const ids = standingImports(state, kind.word).map(({ importId }) => importId);
  if (ids.length === 0) return new Map();
  const store = await openImportedTables(dataDir);
  try {
    const { values } = await store.read(kind.word, ids, IDENTITY);
    const [identities, contents] = values as [string[], string[]];
    return new Map(identities.map((identity, n) => [identity, contents[n] ?? '']));
  } finally {
    store.close();
  }
}

/** How the last import of a file with this header was read; imports that were undone are no example. */
function rememberedIn(state: StrategyState, kind: TableKind, header: string): Writings | null {
  const headerHash = hash('sha256', header, 'hex');
  const last = standingImports(state, kind.word).findLast((one) => one.headerHash === headerHash);
  return last ? { mapping: last.mapping, dateOrder: last.dateOrder, decimal: last.decimal } : null;
}

function importOf(state: StrategyState, kind: TableKind, fileHash: string, brought: Brought): ImportHistory {
  const { reading, currency, timeZone } = brought;
  const { layout, rows, accepted, repeats, known, rejectedRows, warnings, fromMs, toMs } = reading;
  const after = [...state.imports.keys()].at(-1) ?? null;
  // the same file read the same way after the same imports is the same import, whoever brings it
  const told = JSON.stringify([kind.word, fileHash, layout.mapping, after]);
  const imported: HistoryImport = {
    importId: namedId(state.site, `IM-${hash('sha256', told, 'hex').slice(0, 12)}`),
    kind: kind.word,
    fileHash,
    headerHash: hash('sha256', layout.headerText, 'hex'),
    mapping: layout.mapping,
    dateOrder: layout.dateOrder,
    decimal: layout.decimal,
    timeZone,
    currency,
    counts: { rows, accepted, repeats, known, rejected: rejectedRows, warnings: warnings.length },
    fromMs,
    toMs,
  };
  return { imported, after };
}

/** Column under which a field rests. */
export function restingColumn(field: KindField): TableColumn {
  switch (field.as) {
    case 'text':
    case 'choice':
      return { name: field.name, as: 'text' };
    case 'number':
    case 'hours':
      return { name: field.name, as: 'number' };
    default:
      return { name: field.name, as: 'whole' };
  }
}

function rowsOf(kind: TableKind, { kept, accepted }: TableReading): TableRows {
  const fields = kind.fields.filter(({ name }) => kept.values[name] !== undefined);
  return {
    columns: [...fields.map(restingColumn), { name: 'row', as: 'whole' }, ...IDENTITY],
    values: [...fields.map(({ name }) => kept.values[name] ?? []), kept.row, kept.identity, kept.content],
    length: accepted,
  };
}

function openZone(name: string): Zone {
  try {
    return new Zone(name);
  } catch {
    throw new PortFailure(
      'E-IMPORT-006',
      `There is no time zone "${name}".`,
      'Use a name such as Europe/Berlin or America/Chicago, or UTC.',
      false,
    );
  }
}
