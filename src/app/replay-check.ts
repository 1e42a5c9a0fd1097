// The past again: feeds every input to a fresh line and holds the facts against the journal's, ids included.
import { upcastFact } from '#core/flow.ts';
import { createLine, feed } from '#core/line.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { factsByInput, inputs, type Log, type RowSource, SamplesExpired } from './inputs.ts';
import type { ReplayBase } from './replay-base.ts';

export interface ReplayResult {
  /** alerts in the journal, and alerts of the replay, raised in the range asked for */
  live: number;
  replayed: number;
  /** every fact equal, not alerts alone */
  equal: boolean;
  firstDifference: { seq: number; live: string | null; replayed: string | null } | null;
  facts: number;
  /** plant time before which samples have expired, ms: from there on was replayed; null when all was */
  expiredBeforeMs: number | null;
  message: string;
}

/**
 * @param range plant time, ms; null = open. Everything is replayed, the range limits what is counted and compared.
 * @param base where to begin when samples have expired; null = at the first input
 */
export async function replayCheck(
  journal: Log,
  rows: RowSource,
  site: string,
  range: { fromMs: number | null; toMs: number | null },
  base: ReplayBase | null = null,
): Promise<ReplayResult> {
  const line = base?.line ?? createLine(site);
  const expiredBeforeMs = base ? line.state.nowMs : null;
  const groups = factsByInput(journal, (base?.facts ?? 0) + 1);
  let group = groups.next();
  const result: ReplayResult = {
    live: 0,
    replayed: 0,
    equal: true,
    firstDifference: null,
    facts: 0,
    expiredBeforeMs,
    message: 'Every fact of the replay equals the journal.',
  };
  const inRange = (fact: Recorded): boolean =>
    fact.atMs >= (range.fromMs ?? Number.NEGATIVE_INFINITY) &&
    fact.atMs <= (range.toMs ?? Number.POSITIVE_INFINITY);
  try {
    const from = (base?.intakeSeq ?? 0) + 1;
    for await (const input of inputs(journal, rows, from, journal.head().intakeSeq)) {
      const { facts } = feed(line, input);
      const stored = !group.done && group.value.intakeSeq === input.seq ? group.value.facts : [];
      const live = stored.map(upcastFact);
      if (live.length > 0) group = groups.next();
      count(result, live.filter(inRange), facts.filter(inRange));
    }
  } catch (failure) {
    if (!(failure instanceof SamplesExpired)) throw failure;
    result.equal = false;
    result.message = `Samples expired at input ${failure.seq}: before that the past cannot be replayed.`;
  }
  if (result.firstDifference)
    result.message = `The replay differs first at fact ${result.firstDifference.seq}.`;
  if (expiredBeforeMs !== null) sayExpired(result, expiredBeforeMs, range);
  return result;
}

/** A range that reaches behind the base is answered for what is left of it, and says so. */
function sayExpired(
  result: ReplayResult,
  expiredBeforeMs: number,
  range: { fromMs: number | null; toMs: number | null },
): void {
  if (range.fromMs !== null && range.fromMs > expiredBeforeMs) return;
  const expired = `Samples expired: what came before ${isoUtc(expiredBeforeMs)} cannot be replayed.`;
  const whole = range.toMs !== null && range.toMs <= expiredBeforeMs;
  if (whole) result.equal = false;
  result.message = whole ? expired : `${expired} From there on: ${result.message}`;
}

function count(result: ReplayResult, live: readonly Recorded[], replayed: readonly Recorded[]): void {
  result.facts += live.length;
  result.live += live.filter((fact) => fact.type === 'alert.raised').length;
  result.replayed += replayed.filter((fact) => fact.type === 'alert.raised').length;
  if (result.firstDifference) return;
  for (let n = 0; n < Math.max(live.length, replayed.length); n++) {
    const a = textOf(live[n]);
    const b = textOf(replayed[n]);
    if (a === b) continue;
    result.equal = false;
    result.firstDifference = { seq: (live[n] ?? replayed[n])?.seq ?? 0, live: a, replayed: b };
    return;
  }
}

/** A fact as text with its fields in one order, so that two of them compare. */
function textOf(fact: Recorded | undefined): string | null {
  if (!fact) return null;
  const { seq, id, type, v, atMs, actor, causeId, intakeSeq, data } = fact;
  return JSON.stringify({ seq, id, type, v, atMs, actor, causeId, intakeSeq, data });
}
