// Fills a small disk, is refused, frees it and goes on; started by full-disk.test.ts inside a file system of its own.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '#adapters/store/sqlite/journal.ts';
import { auditVerify } from '#adapters/store/sqlite/verify.ts';
import { PortFailure } from '#ports/failure.ts';
import type { CommitUnit } from '#ports/journal.ts';
import { unitsAfter } from './journal-units.ts';

const dir = process.argv[2] as string;
const filler = join(dir, 'filler');
writeFileSync(filler, new Uint8Array(4_000_000));
const journal = openJournal(join(dir, 'data'), { site: 'p1' });
let refused: CommitUnit[] = [];
let failure: unknown = null;
let before = journal.head();
while (failure === null) {
  before = journal.head();
  refused = unitsAfter(before, 4, 11_000);
  failure = await journal.commit(refused).then(
    () => null,
    (error: unknown) => error,
  );
}
const full = {
  failure: codeOf(failure),
  unchanged: JSON.stringify(journal.head()) === JSON.stringify(before),
};
const again = await journal.commit(refused).then(() => 'accepted', codeOf);
const onDisk = journal.facts(before.facts + 1, 10).length + journal.intake(before.intakeSeq + 1, 10).length;
rmSync(filler);
await journal.commit(refused);
await journal.commit(unitsAfter(journal.head(), 4, 11_000));
const { facts, intakeSeq } = journal.head();
await journal.close();
const audit = auditVerify(join(dir, 'data'));
const after = { accepted: intakeSeq - before.intakeSeq, auditOk: audit.ok, allFacts: audit.facts === facts };
process.stdout.write(JSON.stringify({ full, again, onDisk, after }));

function codeOf(error: unknown): string {
  return error instanceof PortFailure
    ? `${error.code} ${error.retryable ? 'retryable' : 'final'}`
    : String(error);
}
