// Commits without end and says after each commit what is safe; started and killed by journal-crash.test.ts.
import { writeSync } from 'node:fs';
import { acquireDataLock } from '#adapters/store/sqlite/lock.ts';
import { openJournal } from '#adapters/store/sqlite/journal.ts';
import { unitsAfter } from './journal-units.ts';

const dir = process.argv[2] as string;
acquireDataLock(dir);
const journal = openJournal(dir, { site: 'p1' });
for (let turn = 0; ; turn++) {
  const before = journal.head();
  await journal.commit(unitsAfter(before, 1 + (turn % 8)));
  const { intakeSeq, facts, hash } = journal.head();
  writeSync(1, `${intakeSeq} ${facts} ${hash}\n`);
  if (turn % 20 === 0) await journal.signHead(turn);
  if (turn % 30 === 29) await journal.forgetBatches(intakeSeq - 200);
  if (turn % 50 === 49)
    await journal.saveSnapshot({ facts, intakeSeq, hash, format: 't', state: new Uint8Array(50_000) });
}
