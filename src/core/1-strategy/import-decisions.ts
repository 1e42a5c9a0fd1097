import type { Decision } from '#vocabulary/command.ts';
import { isRefusal, type Refusal, refuse } from '#vocabulary/refusal.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { ImportHistory } from './commands.ts';
import type { HistoryImport } from './events.ts';
import { TABLE_KINDS } from './imports/all.ts';
import type { StrategyState } from './state.ts';

/** An import can be taken back for so long; after that, decisions rest on it. */
export const UNDO_WITHIN_MS = 30 * DAY_MS;
/** Imports of one site. */
const MAX_IMPORTS = 10_000;

export function importHistory(state: StrategyState, data: ImportHistory): Decision {
  const { imported, after } = data;
  const wrong = problemOfImport(state, imported, after);
  return wrong ?? [{ type: 'strategy.history-imported', v: 1, data: imported }];
}

function problemOfImport(state: StrategyState, data: HistoryImport, after: string | null): Refusal | null {
  if (!TABLE_KINDS.some(({ word }) => word === data.kind)) {
    const words = TABLE_KINDS.map(({ word }) => word).join(', ');
    return refuse('E-STRATEGY-040', `"${data.kind}" is no kind of table.`, `Known are: ${words}.`);
  }
  if (state.imports.has(data.importId)) {
    return refuse('E-STRATEGY-041', `The import ${data.importId} is known.`, 'Nothing is to be done.');
  }
  const last = [...state.imports.keys()].at(-1) ?? null;
  if (last !== after) {
    return refuse(
      'E-STRATEGY-042',
      'Another import came in between, so rows could be counted twice.',
      'Read the file again.',
    );
  }
  if (state.imports.size >= MAX_IMPORTS) {
    return refuse('E-STRATEGY-043', `The site has ${MAX_IMPORTS} imports.`, 'Bring larger files.');
  }
  const { counts } = data;
  const whole = Object.values(counts).every((count) => Number.isSafeInteger(count) && count >= 0);
  if (!whole || counts.accepted < 1 || counts.repeats > counts.accepted || counts.accepted > counts.rows) {
    return refuse(
      'E-STRATEGY-044',
      'The counts of the import do not fit each other.',
      'Read the file again.',
    );
  }
  return problemOfCurrency(state, data.currency);
}

/** Amounts of one site add without a rate: one currency for the plant and all of its imports. */
function problemOfCurrency(state: StrategyState, currency: string | null): Refusal | null {
  if (currency === null) return null;
  if (!/^[A-Z]{3}$/.test(currency)) {
    return refuse('E-STRATEGY-045', `"${currency}" is no currency code.`, 'Write it as EUR, USD or AUD.');
  }
  const known = currencyOf(state);
  if (known === null || known === currency) return null;
  return refuse(
    'E-STRATEGY-046',
    `This plant counts in ${known}, the file in ${currency}.`,
    `Convert the amounts to ${known} first; there is no rate that would be right for years of orders.`,
  );
}

/** The plant's currency, else that of the imports that stand; null when nobody said one. ISO 4217 */
export function currencyOf(state: StrategyState): string | null {
  if (state.plant) return state.plant.currency;
  const said = [...state.imports.values()].find((one) => one.undoneAtMs === null && one.currency !== null);
  return said?.currency ?? null;
}

export function undoImport(state: StrategyState, importId: string, nowMs: number): Decision {
  const found = undoable(state, importId, nowMs);
  if (isRefusal(found)) return found;
  return [{ type: 'strategy.import-undone', v: 1, data: { importId } }];
}

function undoable(state: StrategyState, importId: string, nowMs: number): Refusal | null {
  const found = state.imports.get(importId);
  if (!found) {
    return refuse(
      'E-STRATEGY-047',
      `There is no import "${importId}".`,
      'List them: throughline import list.',
    );
  }
  if (found.undoneAtMs !== null) {
    return refuse('E-STRATEGY-048', `The import ${importId} is undone already.`, 'Nothing is to be done.');
  }
  if (nowMs - found.importedAtMs > UNDO_WITHIN_MS) {
    return refuse(
      'E-STRATEGY-049',
      `The import ${importId} is older than ${UNDO_WITHIN_MS / DAY_MS} days; baselines may rest on it.`,
      'Keep it, or set up the plant anew without it.',
    );
  }
  return null;
}
