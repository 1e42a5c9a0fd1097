// Cost of the intake log, of archiving it as Parquet, and of reading it back. Figures are reported, not asserted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeBatch, encodeBatch } from '#acquire/batch-codec.ts';
import { Archiver } from '#adapters/store/parquet/archive.ts';
import { openSampleStore } from '#adapters/store/parquet/samples.ts';
import { openJournal } from '#adapters/store/sqlite/journal.ts';
import type { CommitUnit } from '#ports/journal.ts';
import { emptyBatch } from '#vocabulary/sample.ts';

const BATCHES = 10_368;
const SIGNALS = 40;
const GROUP = 32;
const START_MS = Date.UTC(2026, 7, 24);

function unit(seq: number): CommitUnit {
  const batch = emptyBatch(500);
  batch.length = 500;
  for (let row = 0; row < 500; row++) {
    const sample = (seq - 1) * 500 + row;
    batch.signal[row] = sample % SIGNALS;
    batch.timeMs[row] = START_MS + Math.floor(sample / SIGNALS) * 60_000;
    batch.value[row] = 60 + Math.sin(sample / 5_000) * 10 + (sample % 17) / 10;
  }
  const receivedMs = batch.timeMs[499] as number;
  const payload = encodeBatch(batch, new Uint8Array(500));
  return { intake: { seq, receivedMs, kind: 'batch', payload }, facts: [], command: null };
}

const dir = mkdtempSync(join(tmpdir(), 'bench-archive-'));
const journal = openJournal(dir, { site: 'bench' });
const store = await openSampleStore(dir);
async function timed<T>(label: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  process.stdout.write(`${label}: ${Math.round(performance.now() - start)} ms\n`);
  return result;
}
try {
  await timed(`${BATCHES} batches of 500 into the intake log, ${GROUP} a commit`, async () => {
    for (let seq = 1; seq <= BATCHES; ) {
      const units: CommitUnit[] = [];
      while (units.length < GROUP && seq <= BATCHES) units.push(unit(seq++));
      await journal.commit(units);
    }
  });
  const through = await timed('archive as Parquet', () =>
    new Archiver(store, decodeBatch).archiveFrom(journal),
  );
  await timed('forget the archived batches', () => journal.forgetBatches(through));
  const endMs = START_MS + ((BATCHES * 500) / SIGNALS) * 60_000;
  for (const days of [1, 2, 14, 90]) {
    const series = await timed(`series of ${days} days`, () =>
      store.series(3, endMs - days * 86_400_000, endMs, 2_000),
    );
    process.stdout.write(`  ${series.timeMs.length} points, bucket ${series.bucketMs / 60_000} min\n`);
  }
  const rows = await timed('1,000 inputs back for replay', () => store.rows(5_000, 5_999));
  process.stdout.write(`  ${rows.length} rows\n`);
  process.stdout.write(`memory: ${Math.round(process.memoryUsage().rss / 1e6)} MB\n`);
} finally {
  await store.close();
  await journal.close();
  rmSync(dir, { recursive: true });
}
