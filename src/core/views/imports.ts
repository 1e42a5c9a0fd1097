import { TABLE_KINDS } from '#strategy/imports/all.ts';
import { fieldWord } from '#strategy/imports/kind.ts';
import { UNDO_WITHIN_MS } from '#strategy/import-decisions.ts';
import type { KnownImport } from '#strategy/state.ts';
import type { Look } from './look.ts';

/** Imports shown, the newest first. */
const MAX_IMPORTS_SHOWN = 100;

/** A kind of table, with the fields that a column can feed. */
export interface KindView {
  word: string;
  row: string;
  fields: { word: string; label: string; required: boolean }[];
}

export interface ImportedTable extends Pick<KnownImport, 'importId' | 'kind' | 'counts' | 'fromMs' | 'toMs'> {
  importedAtMs: number;
  undoneAtMs: number | null;
  undoableUntilMs: number;
}

/** What was brought, what can be brought, and what is being read for the one who asks. */
export interface ImportsView {
  nowMs: number;
  kinds: KindView[];
  imports: ImportedTable[];
  running: { what: string; done: number; total: number } | null;
}

export function importsView({ state, nowMs }: Look, running: ImportsView['running']): ImportsView {
  const imports = [...state.strategy.imports.values()].toReversed().slice(0, MAX_IMPORTS_SHOWN);
  return {
    nowMs,
    running,
    kinds: TABLE_KINDS.map(({ word, row, fields, oneOf }) => ({
      word,
      row,
      fields: fields.map(({ name, label, required }) => ({
        word: fieldWord(name),
        label,
        required: required === true || oneOf.some((group) => group.length === 1 && group[0] === name),
      })),
    })),
    imports: imports.map(({ importId, kind, counts, fromMs, toMs, importedAtMs, undoneAtMs }) => ({
      importId,
      kind,
      counts,
      fromMs,
      toMs,
      importedAtMs,
      undoneAtMs,
      undoableUntilMs: importedAtMs + UNDO_WITHIN_MS,
    })),
  };
}
