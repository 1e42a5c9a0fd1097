import { describe, expect, it } from 'vitest';
import { isRefusal } from '#vocabulary/refusal.ts';
import type { HistoryImport } from './events.ts';
import { emptyStrategy, type StrategyState } from './state.ts';
import { strategy } from './strategy.ts';

const DAY = 86_400_000;
const IMPORT: HistoryImport = {
  importId: 't.IM-1',
  kind: 'work-orders',
  fileHash: 'a',
  headerHash: 'b',
  mapping: { start: 'Date' },
  dateOrder: 'dmy',
  decimal: '.',
  timeZone: 'UTC',
  currency: 'EUR',
  counts: { rows: 10, accepted: 8, repeats: 1, known: 1, rejected: 1, warnings: 0 },
  fromMs: 0,
  toMs: 1,
};

function run(state: StrategyState, type: string, data: unknown, nowMs = 0): string {
  const actor = 'system:operator' as const;
  const decision = strategy.decide({ id: 'c', type, actor, data }, state, { site: 't', nowMs, actor });
  if (isRefusal(decision)) return decision.code;
  for (const body of decision) {
    const envelope = { id: 'f', seq: 1, atMs: nowMs, actor, causeId: 'c', intakeSeq: 1 };
    strategy.evolve(state, { ...body, ...envelope });
  }
  return 'ok';
}

const bring = (
  state: StrategyState,
  change: Partial<HistoryImport>,
  after: string | null = null,
  nowMs = 0,
) => run(state, 'strategy.import-history', { imported: { ...IMPORT, ...change }, after }, nowMs);
const undo = (state: StrategyState, importId: string, nowMs: number) =>
  run(state, 'strategy.undo-import', { importId }, nowMs);

describe('an import', () => {
  it('is one fact that says what came and how it was read', () => {
    const state = emptyStrategy('t');
    expect(bring(state, {}, null, 5)).toBe('ok');
    expect(state.imports.get('t.IM-1')).toEqual({ ...IMPORT, importedAtMs: 5, undoneAtMs: null });
  });

  it('is refused when another came since its rows were read', () => {
    const state = emptyStrategy('t');
    expect(bring(state, {})).toBe('ok');
    expect(bring(state, { importId: 't.IM-2' })).toBe('E-STRATEGY-042');
    expect(bring(state, { importId: 't.IM-2' }, 't.IM-1')).toBe('ok');
    expect(bring(state, {}, 't.IM-2')).toBe('E-STRATEGY-041');
  });

  it('is refused for an unknown kind, counts that do not fit, and money of another currency', () => {
    const state = emptyStrategy('t');
    expect(bring(state, { kind: 'poems' })).toBe('E-STRATEGY-040');
    expect(bring(state, { counts: { ...IMPORT.counts, accepted: 11 } })).toBe('E-STRATEGY-044');
    expect(bring(state, { counts: { ...IMPORT.counts, accepted: 0, repeats: 0 } })).toBe('E-STRATEGY-044');
    expect(bring(state, { currency: 'euro' })).toBe('E-STRATEGY-045');
    expect(bring(state, {})).toBe('ok');
    expect(bring(state, { importId: 't.IM-2', currency: 'AUD' }, 't.IM-1')).toBe('E-STRATEGY-046');
    expect(bring(state, { importId: 't.IM-2', currency: null }, 't.IM-1')).toBe('ok');
  });

  it('can be undone once, within 30 days; then its currency binds no more', () => {
    const state = emptyStrategy('t');
    expect(undo(state, 't.IM-1', 0)).toBe('E-STRATEGY-047');
    bring(state, {}, null, DAY);
    expect(undo(state, 't.IM-1', 31 * DAY + 1)).toBe('E-STRATEGY-049');
    expect(undo(state, 't.IM-1', 31 * DAY)).toBe('ok');
    expect(undo(state, 't.IM-1', 31 * DAY)).toBe('E-STRATEGY-048');
    expect(bring(state, { importId: 't.IM-2', currency: 'AUD' }, 't.IM-1')).toBe('ok');
  });
});
