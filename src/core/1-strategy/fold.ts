import type { Recorded } from '#vocabulary/fact.ts';
import { personOf } from '#vocabulary/actor.ts';
import type { CharterFact } from './charter-events.ts';
import type { StrategyFact } from './events.ts';
import type { StrategyState } from './state.ts';

/** Folds facts of this room. Changes `state` in place. */
export function evolve(state: StrategyState, fact: Recorded): void {
  const known = fact as Recorded<StrategyFact>;
  switch (known.type) {
    case 'strategy.plant-described':
      state.plant = known.data;
      return;
    case 'strategy.objective-set':
      state.objectives.set(known.data.objectiveId, known.data);
      return;
    case 'strategy.baseline-frozen':
      state.frozen.set(known.data.objectiveId, { ...known.data, atMs: known.atMs });
      return;
    case 'strategy.line-state-set':
      for (const { week, state: lineState } of known.data.weeks) state.lineStates.set(week, lineState);
      return;
    case 'strategy.asset-registered':
      state.assets.set(known.data.assetId, known.data);
      return;
    case 'strategy.loss-estimated':
      state.losses.set(known.data.assetId, known.data);
      return;
    case 'strategy.criticality-assessed':
      state.criticality.set(known.data.assetId, known.data);
      return;
    case 'strategy.failure-mode-described':
      state.failureModes.set(known.data.failureModeId, known.data);
      return;
    case 'strategy.crew-formed':
      state.crews.set(known.data.crewId, known.data);
      return;
    case 'strategy.history-imported':
      state.imports.set(known.data.importId, { ...known.data, importedAtMs: known.atMs, undoneAtMs: null });
      return;
    case 'strategy.import-undone': {
      const undone = state.imports.get(known.data.importId);
      if (undone) undone.undoneAtMs = known.atMs;
      return;
    }
    case 'strategy.shifts-set':
      state.shifts.set(known.data.crewId, known.data);
      return;
    default:
      evolveCharter(state, known);
  }
}

function evolveCharter(state: StrategyState, fact: Recorded<CharterFact>): void {
  switch (fact.type) {
    case 'strategy.pilot-voted': {
      const { failureModeId, willing } = fact.data;
      const votes = state.pilotVotes.get(failureModeId) ?? new Map<string, boolean>();
      votes.set(personOf(fact.actor) ?? fact.actor, willing);
      state.pilotVotes.set(failureModeId, votes);
      return;
    }
    case 'strategy.charter-written':
      state.charters.set(fact.data.charterId, {
        charter: fact.data,
        writtenAtMs: fact.atMs,
        signatures: [],
        checked: null,
      });
      return;
    case 'strategy.charter-signed': {
      const { charterId, as, by } = fact.data;
      state.charters.get(charterId)?.signatures.push({ as, by, atMs: fact.atMs });
      return;
    }
    case 'strategy.charter-checked': {
      const found = state.charters.get(fact.data.charterId);
      const { results, decision, by } = fact.data;
      if (found) found.checked = { results, decision, by, atMs: fact.atMs };
      return;
    }
    default:
      return;
  }
}
