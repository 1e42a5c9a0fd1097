// The one ordered log read again: what the journal still keeps, and archived batches where it no longer does.
import { decodeBatch } from '#acquire/batch-codec.ts';
import type { Input } from '#core/line.ts';
import type { IntakeEntry, Journal } from '#ports/journal.ts';
import type { ArchivedRows } from '#ports/samples.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';

/** What reading the log again needs of a journal; a reader beside the writer has it too. */
export type Log = Pick<Journal, 'head' | 'facts' | 'intake'>;

/** Inputs read in one go. */
const CHUNK = 1_000;
const text = new TextDecoder();

/** Reads archived rows of an intake range; the sample store's `rows`. */
export type RowSource = (fromIntakeSeq: number, toIntakeSeq: number) => Promise<ArchivedRows>;

/** The samples of an input have expired: the past before this sequence can no longer be replayed. */
export class SamplesExpired extends Error {
  readonly seq: number;
  constructor(seq: number) {
    super(`E-SAMPLES-005 The samples of input ${seq} have expired.`);
    this.seq = seq;
  }
}

/**
 * Inputs `from`..`to` in order.
 * @throws SamplesExpired when a batch rests neither in the journal nor in the sample store
 */
export async function* inputs(
  journal: Log,
  rows: RowSource,
  from: number,
  to: number,
): AsyncGenerator<Input> {
  for (let start = from; start <= to; start += CHUNK) {
    const end = Math.min(start + CHUNK - 1, to);
    const kept = new Map<number, IntakeEntry>();
    for (const entry of journal.intake(start, CHUNK)) if (entry.seq <= end) kept.set(entry.seq, entry);
    const archived =
      kept.size < end - start + 1 ? groupRows(await rows(start, end)) : new Map<number, Input>();
    for (let seq = start; seq <= end; seq++) {
      const entry = kept.get(seq);
      const input = entry ? decodeEntry(entry) : archived.get(seq);
      if (!input) throw new SamplesExpired(seq);
      yield input;
    }
  }
}

function decodeEntry(entry: IntakeEntry): Input {
  const { seq, receivedMs } = entry;
  if (entry.kind === 'tick') return { kind: 'tick', seq, receivedMs };
  if (entry.kind === 'command') {
    return { kind: 'command', seq, receivedMs, command: JSON.parse(text.decode(entry.payload)) as Command };
  }
  const { batch, marks } = decodeBatch(entry.payload);
  return { kind: 'batch', seq, receivedMs, batch, marks };
}

function groupRows(rows: ArchivedRows): Map<number, Input> {
  const groups = new Map<number, Input>();
  for (let start = 0; start < rows.length; ) {
    const seq = rows.intakeSeq[start] as number;
    let end = start + 1;
    while (end < rows.length && rows.intakeSeq[end] === seq) end++;
    groups.set(seq, {
      kind: 'batch',
      seq,
      receivedMs: rows.receivedMs[start] as number,
      batch: {
        signal: rows.signal.slice(start, end),
        timeMs: rows.timeMs.slice(start, end),
        value: rows.value.slice(start, end),
        quality: rows.quality.slice(start, end),
        length: end - start,
      },
      marks: new Uint8Array(end - start),
    });
    start = end;
  }
  return groups;
}

/** Facts of the journal from `from` on, grouped by the input that caused them. */
export function* factsByInput(
  journal: Log,
  from: number,
): Generator<{ intakeSeq: number; facts: Recorded[] }> {
  let group: Recorded[] = [];
  for (let seq = from; ; ) {
    const facts = journal.facts(seq, CHUNK);
    if (facts.length === 0) break;
    for (const fact of facts) {
      if (group.length > 0 && (group[0] as Recorded).intakeSeq !== fact.intakeSeq) {
        yield { intakeSeq: (group[0] as Recorded).intakeSeq, facts: group };
        group = [];
      }
      group.push(fact);
    }
    seq += facts.length;
  }
  if (group.length > 0) yield { intakeSeq: (group[0] as Recorded).intakeSeq, facts: group };
}
