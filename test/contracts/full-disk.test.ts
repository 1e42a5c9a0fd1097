import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '#adapters/store/sqlite/journal.ts';
import { unitsAfter } from './journal-units.ts';

const PROCESS = new URL('./full-disk-process.ts', import.meta.url).pathname;
const REFUSED = { code: 'E-JOURNAL-001', retryable: true };
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'full-disk-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Runs a command in a mount namespace of its own, where `dir` is a disk of 12 MB; null where that is not allowed. */
function onSmallDisk(command: string[]): string | null {
  const isRoot = process.getuid?.() === 0;
  const namespace = isRoot ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
  const script = 'mount -t tmpfs -o size=12m small "$0" || exit 77; exec "$@"';
  const run = spawnSync('unshare', [...namespace, 'sh', '-c', script, dir, ...command], { encoding: 'utf8' });
  if (run.error || run.status === 77 || run.stderr.includes('unshare')) return null;
  expect(run.stderr).toBe('');
  return run.stdout;
}

describe('a full disk', () => {
  it('refuses a commit whole, and takes the same bytes when there is space again', ({ skip }) => {
    const said = onSmallDisk([process.execPath, PROCESS, dir]);
    if (said === null)
      return skip('this machine allows no file system of its own, so only the quota was tried');
    expect(JSON.parse(said)).toEqual({
      full: { failure: 'E-JOURNAL-001 retryable', unchanged: true },
      again: 'E-JOURNAL-001 retryable',
      onDisk: 0,
      after: { accepted: 8, auditOk: true, allFacts: true },
    });
  });

  it('is the same with a quota: refused whole, and goes on once archived batches are forgotten', async () => {
    const journal = openJournal(join(dir, 'data'), { site: 'p1', quotaBytes: 2_000_000 });
    try {
      let refusal: unknown = null;
      let before = journal.head();
      while (refusal === null) {
        before = journal.head();
        refusal = await journal.commit(unitsAfter(before, 4, 11_000)).then(
          () => null,
          (error: unknown) => error,
        );
      }
      expect(journal.head()).toEqual(before);
      expect(refusal).toMatchObject(REFUSED);
      const units = unitsAfter(journal.head(), 4, 11_000);
      await expect(journal.commit(units)).rejects.toMatchObject(REFUSED);
      expect(journal.intake((units[0] as { intake: { seq: number } }).intake.seq, 10)).toEqual([]);
      await journal.forgetBatches(journal.head().intakeSeq);
      await journal.commit(units);
      expect(journal.head().intakeSeq).toBe(units.at(-1)?.intake.seq);
    } finally {
      await journal.close();
    }
  });
});
