// Journals as they were once written: each fact is lifted to today's shape and folds, whatever the program has become.
// A release adds a file with every type it writes; a file that is here is never changed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evolveSite, initialState, rooms, type SiteState, upcastFact } from '#core/flow.ts';
import type { Recorded } from '#vocabulary/fact.ts';

const ROOM = import.meta.dirname;
const CORE = join(ROOM, '..', '..', 'src', 'core');
const SITE = 'sim';
const journals = readdirSync(ROOM).filter((name) => name.endsWith('.jsonl'));

function journal(name: string): Recorded[] {
  const lines = readFileSync(join(ROOM, name), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Recorded);
}

function fold(facts: readonly Recorded[]): SiteState {
  const state = initialState(SITE);
  for (const fact of facts) evolveSite(state, upcastFact(fact));
  return state;
}

/** Every type that a stage's `events.ts` declares. */
function declaredTypes(): string[] {
  const files = readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('events.ts'),
  );
  return files.flatMap((path) =>
    [...readFileSync(join(CORE, path), 'utf8').matchAll(/FactBody<\s*'([a-z]+\.[a-z-]+)'/g)].map((found) =>
      String(found[1]),
    ),
  );
}

describe('a stored journal', () => {
  it.each(journals)('%s is lifted and folds', (name) => {
    const facts = journal(name);
    const state = fold(facts);
    expect(state.facts).toBe(facts.at(-1)?.seq);
    const finished = [...state.work.orders.values()].filter((order) => order.status === 'finished');
    expect(finished).toHaveLength(facts.filter((fact) => fact.type === 'work.order-finished').length);
    expect(state.outcome.entries.size).toBe(
      facts.filter((fact) => fact.type === 'outcome.entry-booked').length,
    );
  });

  it('exists for every type that a stage declares', () => {
    const stored = new Set(journals.flatMap((name) => journal(name).map((fact) => fact.type)));
    const declared = declaredTypes();
    expect(declared.length).toBeGreaterThan(50);
    expect(declared.filter((type) => !stored.has(type))).toEqual([]);
  });
});

describe('the lift', () => {
  it('gives an entry that did not name its order yet the order null, and changes nothing stored', () => {
    const old = journal('before-0.1.0.jsonl');
    const bare = old.find((fact) => fact.type === 'outcome.entry-booked') as Recorded;
    const entryId = (bare.data as { entryId: string }).entryId;
    expect(bare.data).not.toHaveProperty('orderId');
    expect(fold(old).outcome.entries.get(entryId)).toMatchObject({ orderId: null, entryId });
    expect(bare.data).not.toHaveProperty('orderId');
  });

  it('leaves facts of today as they are, and lifts the others of a type to their version', () => {
    const facts = journal('0.1.0.jsonl');
    const today = new Map<string, number>();
    for (const { type, v } of facts) today.set(type, Math.max(v, today.get(type) ?? 0));
    for (const fact of facts) {
      if (fact.v === today.get(fact.type)) expect(upcastFact(fact)).toEqual(fact);
      else expect(upcastFact(fact).v, fact.type).toBe(today.get(fact.type));
    }
  });

  it('gives an import of several signals the first one, and its fact as its name', () => {
    const old = journal('0.1.0.jsonl').find((fact) => fact.type === 'acquire.history-imported') as Recorded;
    expect(old.v).toBe(1);
    const { data, v } = upcastFact(old);
    expect(v).toBe(2);
    expect(data).toMatchObject({ importId: old.id, signalId: 'sim.temp', rows: 10, fromMs: 0, toMs: 9 });
  });

  it('stops at a version from the future and at a type nobody knows, in every room', () => {
    for (const { word } of rooms) {
      const known = journal('0.1.0.jsonl').find((fact) => fact.type.startsWith(`${word}.`)) as Recorded;
      expect(() => upcastFact({ ...known, v: 99 }), word).toThrow(/version 99/);
    }
    const [first] = journal('0.1.0.jsonl') as [Recorded];
    expect(() => upcastFact({ ...first, type: 'nowhere.said' })).toThrow('E-JOURNAL-010');
  });
});
