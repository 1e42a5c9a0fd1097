// Free texts whose command was never accepted: the process ended between keeping the text and the answer.
import type { PeopleStore } from '#ports/people.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { HOUR_MS } from '#vocabulary/time.ts';

/** Texts looked at in one start; the next start takes the rest. */
export const MAX_SWEPT_TEXTS = 1_000;
/** A younger text may belong to a command that is still on its way. */
export const SWEEP_AFTER_MS = HOUR_MS;
/** Facts read backwards for them; a text that is not found within is kept, since an older fact may name it. */
export const MAX_FACTS_SWEPT = 1_000_000;
const CHUNK = 1_000;
const REFERENCE = /text:([0-9a-f]{64})/g;

interface Facts {
  journal(): Promise<{ length: number }>;
  /** facts from..from+limit-1 in order */
  facts(from: number, limit: number): Promise<Recorded[]>;
}

/**
 * Confirms the texts that a fact names and removes those that none does.
 * @param nowMs machine time
 * @returns how many were removed
 */
export async function sweepTexts(
  people: Pick<PeopleStore, 'unconfirmedTexts' | 'confirmText' | 'dropText'>,
  journal: Facts,
  nowMs: number,
  stopped: () => boolean = () => false,
): Promise<number> {
  const waiting = new Set(people.unconfirmedTexts(nowMs - SWEEP_AFTER_MS, MAX_SWEPT_TEXTS));
  if (waiting.size === 0) return 0;
  const { length } = await journal.journal();
  const oldest = Math.max(0, length - MAX_FACTS_SWEPT);
  for (let last = length; last > oldest && waiting.size > 0; last -= CHUNK) {
    if (stopped()) return 0;
    const first = Math.max(oldest + 1, last - CHUNK + 1);
    for (const fact of await journal.facts(first, last - first + 1)) {
      for (const [, ref = ''] of JSON.stringify(fact.data).matchAll(REFERENCE)) {
        if (waiting.delete(ref)) people.confirmText(ref);
      }
    }
  }
  if (oldest > 0) return 0;
  for (const ref of waiting) people.dropText(ref);
  return waiting.size;
}
