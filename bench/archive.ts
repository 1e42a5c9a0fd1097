// Cost of the intake log, of archiving it as Parquet, and of reading it back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeBatch, encodeBatch } from '#acquire/batch-codec.ts';
import { Archiver } from '#adapters/store/parquet/archive.ts';
import { openSampleStore } from '#adapters/store/parquet/samples.ts';
import { openJournal } from '#adapters/store/sqlite/journal.ts';
import type { CommitUnit, Journal } from '#ports/journal.ts';
import { emptyBatch } from '#vocabulary/sample.ts';
import { DAY_MS } from '#vocabulary/time.ts';

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

interface Options {
  repetitions: number;
  say(text: string): void;
}

/** Runs once: it writes several hundred megabytes, and each figure is the sum of thousands of steps. */
export const archiveSection = {
  name: 'archive',
  summary: 'intake log, Parquet archive and reading it back',
  async run(options: Options) {
    const dir = mkdtempSync(join(tmpdir(), 'bench-archive-'));
    const journal = openJournal(dir, { site: 'bench' });
    const store = await openSampleStore(dir);
    const measured: { name: string; unit: string; median: number; least: number; most: number }[] = [];
    const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      options.say(`  ${name}`);
      const start = performance.now();
      const result = await work();
      const ms = performance.now() - start;
      measured.push({ name, unit: 'ms', median: ms, least: ms, most: ms });
      return result;
    };
    try {
      await timed(`${BATCHES} batches into the intake log, ${GROUP} a commit`, () => fill(journal));
      const archiver = new Archiver(store, decodeBatch);
      const through = await timed('archive as Parquet', () => archiver.archiveFrom(journal));
      await timed('forget the archived batches', () => journal.forgetBatches(through));
      const endMs = START_MS + ((BATCHES * 500) / SIGNALS) * 60_000;
      for (const days of [1, 14, 90]) {
        await timed(`series of ${days} days`, () => store.series(3, endMs - days * DAY_MS, endMs, 2_000));
      }
      await timed('500,000 samples back for replay', () => store.rows(5_000, 5_999));
    } finally {
      await store.close();
      await journal.close();
      rmSync(dir, { recursive: true });
    }
    const about = [
      `${BATCHES * 500} samples of ${SIGNALS} signals over 90 days in batches of 500, each step once.`,
    ];
    return { section: 'archive', about, measured, ratios: [] };
  },
};

async function fill(journal: Journal): Promise<void> {
  for (let seq = 1; seq <= BATCHES; ) {
    const units: CommitUnit[] = [];
    while (units.length < GROUP && seq <= BATCHES) units.push(unit(seq++));
    await journal.commit(units);
  }
}
