// What the journal of a data folder says about its plant, read beside whoever runs it.
import { upcastFact } from '#core/flow.ts';
import { PortFailure } from '#ports/failure.ts';
import { type KnownImport, type StrategyState, emptyStrategy } from '#strategy/state.ts';
import { strategy } from '#strategy/strategy.ts';
import { readJournal } from '../compose.ts';

/** Facts read in one go. */
const CHUNK = 10_000;
const NO_JOURNAL = 'E-JOURNAL-006';

export interface KnownPlant {
  site: string;
  strategy: StrategyState;
}

/** @returns null when the folder holds no plant */
export async function readPlant(dataDir: string): Promise<KnownPlant | null> {
  const journal = await readJournal(dataDir).catch((failure: unknown) => {
    if (failure instanceof PortFailure && failure.code === NO_JOURNAL) return null;
    throw failure;
  });
  if (journal === null) return null;
  try {
    const state = emptyStrategy(journal.site);
    for (let from = 1; ; from += CHUNK) {
      const facts = journal.facts(from, CHUNK);
      for (const fact of facts)
        if (fact.type.startsWith('strategy.')) strategy.evolve(state, upcastFact(fact));
      if (facts.length < CHUNK) return { site: journal.site, strategy: state };
    }
  } finally {
    journal.close();
  }
}

/** Imports of a kind that were not undone, in the order they came. */
export function standingImports(state: StrategyState, kind: string): KnownImport[] {
  return [...state.imports.values()].filter((one) => one.kind === kind && one.undoneAtMs === null);
}
