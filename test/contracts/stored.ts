// What a stopped site holds of the numbered readings that were sent to it.
import { openSampleStore, readJournal, verifyJournal } from '#app/compose.ts';
import { inputs } from '#app/inputs.ts';
import { replayData } from '#app/replay-data.ts';
import { createLine, feed } from '#core/line.ts';
import { ACCEPTED } from '#vocabulary/sample.ts';

export interface Stored {
  /** times each number was accepted, by number */
  accepted: Map<number, number>;
  inputs: number;
  facts: number;
  alerts: number;
  auditOk: boolean;
  replayEqual: boolean;
  message: string;
}

/** Judges the whole log again and counts, by its value, what was accepted on a signal. */
export async function storedReadings(dataDir: string, signalId: string): Promise<Stored> {
  const journal = await readJournal(dataDir);
  const store = await openSampleStore(dataDir);
  try {
    const accepted = new Map<number, number>();
    const line = createLine(journal.site);
    const { intakeSeq, facts } = journal.head();
    for await (const input of inputs(journal, (from, to) => store.rows(from, to), 1, intakeSeq)) {
      feed(line, input);
      if (input.kind !== 'batch') continue;
      const place = line.state.acquire.index.get(signalId);
      for (let row = 0; row < input.batch.length; row++) {
        if (input.batch.signal[row] !== place || input.marks[row] !== ACCEPTED) continue;
        const number = input.batch.value[row] as number;
        accepted.set(number, (accepted.get(number) ?? 0) + 1);
      }
    }
    const audit = await verifyJournal(dataDir, {});
    const replay = await replayData(dataDir, { fromMs: null, toMs: null });
    return {
      accepted,
      inputs: intakeSeq,
      facts,
      alerts: replay.live,
      auditOk: audit.ok,
      replayEqual: replay.equal,
      message: `${audit.message} ${replay.message} ${JSON.stringify(replay.firstDifference)}`,
    };
  } finally {
    await store.close();
    journal.close();
  }
}

/** Numbers from 1 to `count` that were not accepted exactly once, the first few of them, in words. */
export function notOnce({ accepted }: Stored, count: number): string[] {
  const wrong: string[] = [];
  for (let number = 1; number <= count && wrong.length < 5; number++) {
    const times = accepted.get(number) ?? 0;
    if (times !== 1) wrong.push(`reading ${number} was accepted ${times} times`);
  }
  return wrong;
}
