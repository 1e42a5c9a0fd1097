import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PeopleStore } from '#ports/people.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { openPeople } from './compose.ts';
import { MAX_FACTS_SWEPT, SWEEP_AFTER_MS, sweepTexts } from './text-sweep.ts';

let dir: string;
let people: PeopleStore & { close(): void };
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'throughline-sweep-'));
  people = await openPeople(dir);
});
afterEach(() => {
  people.close();
  rmSync(dir, { recursive: true });
});

/** A journal of `length` facts, of which the given ones name a text. */
function journalOf(length: number, naming: Record<number, string>) {
  let read = 0;
  return {
    read: () => read,
    journal: async () => ({ length }),
    facts: async (from: number, limit: number) => {
      read += limit;
      return Array.from({ length: limit }, (_, n) => ({
        data: { reason: `text:${naming[from + n] ?? 'none'}` },
      })) as Recorded[];
    },
  };
}

it('removes what no fact names, keeps what one names, and reads nothing when nothing waits', async () => {
  const orphan = people.keepText('p-1', 'never accepted');
  const named = people.keepText('p-1', 'accepted just before the end');
  const later = Date.now() + SWEEP_AFTER_MS + 1;
  const journal = journalOf(2_500, { 7: named });
  expect(await sweepTexts(people, journal, Date.now())).toBe(0);
  expect(journal.read()).toBe(0);
  expect(await sweepTexts(people, journal, later)).toBe(1);
  expect([people.text(orphan), people.text(named)]).toEqual([null, 'accepted just before the end']);
  const afterwards = journal.read();
  expect(await sweepTexts(people, journal, later)).toBe(0);
  expect(journal.read()).toBe(afterwards);
});

it('keeps a text that an older fact than those read may name, and stops when asked', async () => {
  const ref = people.keepText('p-1', 'perhaps accepted long ago');
  const later = Date.now() + SWEEP_AFTER_MS + 1;
  expect(await sweepTexts(people, journalOf(10, {}), later, () => true)).toBe(0);
  const far = journalOf(MAX_FACTS_SWEPT + 1, {});
  far.facts = async () => [];
  expect(await sweepTexts(people, far, later)).toBe(0);
  expect(people.text(ref)).toBe('perhaps accepted long ago');
});
