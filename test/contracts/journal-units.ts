// Inputs whose every byte follows from their number, so that what is read back can be checked without a list of them.
import type { CommitUnit } from '#ports/journal.ts';
import type { Recorded } from '#vocabulary/fact.ts';

/** Facts that follow from input `seq`: none, one or two. */
export function factsOf(seq: number): number {
  return (seq * 7) % 3;
}

export function unitOf(seq: number, facts: number, payloadBytes = 400): CommitUnit {
  const kind = seq % 5 === 0 ? 'command' : 'batch';
  const payload = new Uint8Array(payloadBytes).fill(seq % 251);
  return {
    intake: { seq, receivedMs: 1_000 * seq, kind, payload },
    facts: Array.from({ length: factsOf(seq) }, (_, at): Recorded => {
      const body = {
        id: `f${seq}-${at}`,
        seq: facts + at + 1,
        atMs: 1_000 * seq,
        actor: 'system:clock' as const,
      };
      return {
        ...body,
        causeId: `intake:${seq}`,
        intakeSeq: seq,
        type: 'test.noted',
        v: 1,
        data: { seq, at },
      };
    }),
    command: kind === 'command' ? { id: `c${seq}`, answer: `answer ${seq}` } : null,
  };
}

/** The next `count` units after a head. */
export function unitsAfter(
  head: { intakeSeq: number; facts: number },
  count: number,
  payloadBytes?: number,
): CommitUnit[] {
  const units: CommitUnit[] = [];
  let { facts } = head;
  for (let seq = head.intakeSeq + 1; units.length < count; seq++) {
    const unit = unitOf(seq, facts, payloadBytes);
    facts += unit.facts.length;
    units.push(unit);
  }
  return units;
}
