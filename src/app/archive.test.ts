import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openJournal } from './compose.ts';
import { Archive, MAX_RESTARTS, RESTART_MS } from './archive.ts';
import { threadUrl } from './thread.ts';

let dir = '';
let archive: Archive | null = null;
const threads: Worker[] = [];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'throughline-archive-'));
  const journal = await openJournal(dir, { site: 'sim', headsPath: null });
  await journal.close();
});
afterEach(async () => {
  await archive?.close();
  threads.length = 0;
  rmSync(dir, { recursive: true, force: true });
});

/** Real threads, kept at hand so that they can be ended. */
function started(dataDir: string): Worker {
  const thread = new Worker(threadUrl('archive-thread', import.meta.url), { workerData: { dataDir } });
  threads.push(thread);
  return thread;
}

async function untilAnswering(within: number): Promise<number> {
  for (const endMs = Date.now() + within; Date.now() < endMs; ) {
    const through = await archive?.archive().catch(() => null);
    if (typeof through === 'number') return through;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the archive does not answer');
}

it('starts again when its thread ends, says so meanwhile, and answers as before', async () => {
  archive = await Archive.open(dir, started);
  expect(await archive.archive()).toBe(0);
  const asked = archive.archive().catch((failure: Error) => failure);
  await threads[0]?.terminate();
  expect([0, 'E-ARCHIVE-003']).toContain(((await asked) as { code?: string }).code ?? (await asked));
  expect(archive.ended()).toMatchObject({ code: 'E-ARCHIVE-003', retryable: true });
  await expect(archive.archive()).rejects.toMatchObject({ code: 'E-ARCHIVE-003' });
  expect(await untilAnswering(10_000)).toBe(0);
  expect(archive.ended()).toBeNull();
  expect(archive.restarts()).toBe(1);
  expect(threads).toHaveLength(2);
});

it('waits longer each time, and gives up with a code after so many ends in a row', async () => {
  archive = await Archive.open(dir, (dataDir) => {
    const thread = started(dataDir);
    if (threads.length > 1) thread.terminate().catch(() => undefined);
    return thread;
  });
  const startedMs = Date.now();
  await threads[0]?.terminate();
  await new Promise((resolve) => setTimeout(resolve, 7 * RESTART_MS + 400));
  // after 0.5 s, 1 s and 2 s
  expect(threads).toHaveLength(4);
  expect(archive.restarts()).toBe(3);
  expect(Date.now() - startedMs).toBeGreaterThan(3_000);
  expect(MAX_RESTARTS).toBeGreaterThan(3);
}, 15_000);
