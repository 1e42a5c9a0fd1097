import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeBatch, encodeBatch } from '#acquire/batch-codec.ts';
import type { IntakeEntry } from '#ports/journal.ts';
import type { ArchivedRows, SampleStore } from '#ports/samples.ts';
import { ACCEPTED, emptyBatch, MARK_BAD, MARK_LATE } from '#vocabulary/sample.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { Archiver } from './archive.ts';
import { emptyRows } from './columns.ts';
import { openSampleStore } from './samples.ts';

const START_MS = Date.UTC(2026, 10, 22);
let dir: string;
let store: SampleStore;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "samples-it's-"));
  store = await openSampleStore(dir);
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

interface Row {
  seq: number;
  signal: number;
  timeMs: number;
  value: number;
  receivedMs?: number;
  mark?: number;
}

function rowsOf(list: Row[]): ArchivedRows {
  const rows = emptyRows(list.length);
  for (const [at, row] of list.entries()) {
    rows.intakeSeq[at] = row.seq;
    rows.signal[at] = row.signal;
    rows.timeMs[at] = row.timeMs;
    rows.receivedMs[at] = row.receivedMs ?? row.timeMs;
    rows.value[at] = row.value;
    rows.mark[at] = row.mark ?? ACCEPTED;
  }
  return rows;
}

/** One sample a minute for `days`, two signals, one input each ten minutes. */
function minutes(days: number, fromMs = START_MS, firstSeq = 1): ArchivedRows {
  const list: Row[] = [];
  for (let minute = 0; minute < days * 1_440; minute++) {
    const seq = firstSeq + Math.floor(minute / 10);
    const receivedMs = fromMs + Math.floor(minute / 10) * 10 * MINUTE_MS;
    const timeMs = fromMs + minute * MINUTE_MS;
    list.push({ seq, signal: 1, timeMs, receivedMs, value: minute % 60 });
    list.push({ seq, signal: 2, timeMs, receivedMs, value: -minute });
  }
  return rowsOf(list);
}

const files = (kind: string) =>
  readdirSync(join(dir, 'samples', kind), { recursive: true }).filter((name) =>
    String(name).endsWith('.parquet'),
  );

describe('sample store', () => {
  it('gives rows back in intake order, bit for bit, across files and days', async () => {
    const first = minutes(2);
    const odd = rowsOf([
      {
        seq: 289,
        signal: 9,
        timeMs: START_MS + 3 * DAY_MS + 0.25,
        value: -0,
        receivedMs: START_MS + 2 * DAY_MS,
      },
      {
        seq: 289,
        signal: 3,
        timeMs: 5,
        value: Number.NaN,
        receivedMs: START_MS + 2 * DAY_MS,
        mark: MARK_BAD,
      },
      {
        seq: 289,
        signal: 9,
        timeMs: 4,
        value: Number.MIN_VALUE,
        receivedMs: START_MS + 2 * DAY_MS,
        mark: MARK_LATE,
      },
    ]);
    await store.write(first);
    await store.write(odd);
    expect(await store.archivedThrough()).toBe(289);
    expect(files('raw').map(String).toSorted()).toEqual([
      join('2026-11-22', '1-144.parquet'),
      join('2026-11-23', '145-288.parquet'),
      join('2026-11-24', '289-289.parquet'),
    ]);
    const all = await store.rows(1, 1_000);
    expect(all.length).toBe(first.length + 3);
    expect(all.timeMs.slice(0, first.length)).toEqual(first.timeMs);
    expect(all.intakeSeq.slice(0, first.length)).toEqual(first.intakeSeq);
    expect(await store.rows(289, 289)).toEqual(odd);
    expect((await store.rows(144, 145)).length).toBe(40);
    expect((await store.rows(500, 600)).length).toBe(0);
  });

  it('shows raw points when they fit, buckets when they do not, roll-ups for long ranges', async () => {
    await store.write(minutes(10));
    const hour = await store.series(1, START_MS, START_MS + HOUR_MS - 1, 100);
    expect(hour).toMatchObject({ bucketMs: 0, min: null, max: null });
    expect(hour.value).toEqual(Array.from({ length: 60 }, (_, minute) => minute));
    const day = await store.series(1, START_MS, START_MS + DAY_MS - 1, 48);
    expect(day.bucketMs).toBe(30 * MINUTE_MS);
    expect(day.timeMs).toHaveLength(48);
    expect([day.min?.[1], day.max?.[1], day.value[1]]).toEqual([30, 59, 44.5]);
    const long = await store.series(1, START_MS, START_MS + 10 * DAY_MS - 1, 20);
    expect(long.bucketMs).toBe(12 * HOUR_MS);
    expect(long.timeMs).toHaveLength(20);
    expect([long.min?.[7], long.max?.[7], long.value[7]]).toEqual([0, 59, 29.5]);
    const sparse = await store.series(2, START_MS - 100 * DAY_MS, START_MS + 5 * MINUTE_MS, 60);
    expect(sparse).toMatchObject({ bucketMs: 0, value: [-0, -1, -2, -3, -4, -5] });
    expect(await store.series(77, START_MS, START_MS + DAY_MS, 100)).toMatchObject({
      timeMs: [],
      bucketMs: 0,
    });
  });

  it('never gives more points than asked for, and breaks the line where nothing came', async () => {
    const list = minutes(2);
    await store.write(list);
    await store.write(minutes(1, START_MS + 4 * DAY_MS, 1_000));
    for (const maxPoints of [1, 7, 100, 999, 100_000]) {
      const series = await store.series(1, START_MS + 12_345, START_MS + 5 * DAY_MS, maxPoints);
      expect(series.timeMs.length).toBeLessThanOrEqual(Math.min(maxPoints, 4_000));
      expect(series.timeMs).toEqual(series.timeMs.toSorted((a, b) => a - b));
    }
    const series = await store.series(1, START_MS, START_MS + 5 * DAY_MS - 1, 120);
    expect(series.value.filter((value) => value === null)).toHaveLength(1);
    expect(series.timeMs[series.value.indexOf(null)]).toBe(START_MS + 2 * DAY_MS);
  });

  it('counts what was not accepted and leaves it out of every value', async () => {
    const list: Row[] = Array.from({ length: 120 }, (_, minute) => ({
      seq: 1,
      signal: 1,
      timeMs: START_MS + minute * MINUTE_MS,
      receivedMs: START_MS,
      value: minute % 40 === 0 ? 1e9 : 5,
      mark: minute % 40 === 0 ? MARK_LATE : ACCEPTED,
    }));
    list.push({
      seq: 1,
      signal: 1,
      timeMs: START_MS,
      value: Number.NaN,
      receivedMs: START_MS,
      mark: MARK_BAD,
    });
    await store.write(rowsOf(list));
    const none = { bad: 1, late: 3, repeated: 0, future: 0 };
    const raw = await store.series(1, START_MS, START_MS + 2 * HOUR_MS, 4_000);
    expect(raw.notAccepted).toEqual(none);
    expect(new Set(raw.value)).toEqual(new Set([5]));
    const rolled = await store.series(1, START_MS, START_MS + 2 * HOUR_MS, 1);
    expect(rolled).toMatchObject({ notAccepted: none, value: [5], max: [5], bucketMs: 3 * HOUR_MS });
  });

  it('drops raw files whose whole day is past, keeps roll-ups, evidence and its place in the log', async () => {
    await store.write(minutes(3));
    await store.keepEvidence('p1.A-0001', 1, START_MS + HOUR_MS, START_MS + 2 * HOUR_MS);
    expect(await store.expireRaw(START_MS + 2 * DAY_MS)).toBe(2);
    expect(files('raw')).toEqual([join('2026-11-24', '289-432.parquet')]);
    expect(await store.archivedThrough()).toBe(432);
    expect((await store.rows(1, 288)).length).toBe(0);
    const series = await store.series(1, START_MS, START_MS + DAY_MS - 1, 2_000);
    expect(series).toMatchObject({ bucketMs: HOUR_MS });
    expect(series.value).toEqual(Array.from({ length: 24 }, () => 29.5));
    const kept = statSync(join(dir, 'samples', 'evidence', 'p1.A-0001.parquet')).size;
    await store.keepEvidence('p1.A-0001', 1, START_MS + HOUR_MS, START_MS + 2 * HOUR_MS);
    expect(statSync(join(dir, 'samples', 'evidence', 'p1.A-0001.parquet')).size).toBe(kept);
    expect(await store.expireRaw(START_MS + 30 * DAY_MS)).toBe(1);
    expect(await store.archivedThrough()).toBe(432);
  });

  it('lets no id leave the evidence folder and no folder name act as a pattern', async () => {
    for (const id of ['../a', 'a/b', '', '.hidden', "x'; DROP", 'a*']) {
      expect(() => store.keepEvidence(id, 1, 0, 1)).toThrow(
        expect.objectContaining({ code: 'E-SAMPLES-002' }),
      );
    }
    await expect(openSampleStore(join(dir, 'a[1]'))).rejects.toMatchObject({ code: 'E-SAMPLES-001' });
  });

  it('refuses to archive an input twice', async () => {
    await store.write(minutes(1));
    await expect(store.write(minutes(1))).rejects.toThrow('bug: input 1 is archived already');
    expect((await store.rows(1, 1_000)).length).toBe(2_880);
  });

  it('lets nobody else read its files', async () => {
    await store.write(minutes(1));
    const mode = (...names: string[]) => (statSync(join(dir, 'samples', ...names)).mode & 0o777).toString(8);
    expect([mode(), mode('raw'), mode('raw', '2026-11-22')]).toEqual(['700', '700', '700']);
    expect(mode('raw', '2026-11-22', '1-144.parquet')).toBe('600');
    expect(mode('rollup', '2026-11-22', '1-144.parquet')).toBe('600');
  });
});

describe('archive', () => {
  /** An intake log of `count` entries, one a minute, every seventh a tick. */
  function log(count: number): { head: () => never; intake: (from: number, limit: number) => IntakeEntry[] } {
    const entries = Array.from({ length: count }, (_, at): IntakeEntry => {
      const seq = at + 1;
      const receivedMs = START_MS + seq * MINUTE_MS;
      if (seq % 7 === 0) return { seq, receivedMs, kind: 'tick', payload: new Uint8Array() };
      const batch = emptyBatch(3);
      batch.length = 3;
      for (let row = 0; row < 3; row++) {
        batch.signal[row] = row;
        batch.timeMs[row] = receivedMs - row;
        batch.value[row] = seq + row / 10;
      }
      return { seq, receivedMs, kind: 'batch', payload: encodeBatch(batch, Uint8Array.of(0, 2, 0)) };
    });
    const head = () => ({ facts: 0, hash: '', intakeSeq: count }) as never;
    return { head, intake: (from, limit) => entries.slice(from - 1, from - 1 + limit) };
  }

  it('moves batches with their marks, goes on after the last, and writes nothing twice', async () => {
    const archiver = new Archiver(store, decodeBatch);
    expect(await archiver.archiveFrom(log(2_000))).toBe(2_000);
    expect(await archiver.archiveFrom(log(2_000))).toBe(2_000);
    expect(await archiver.archiveFrom(log(3_000))).toBe(3_000);
    const rows = await store.rows(1, 3_000);
    expect(rows.length).toBe((3_000 - Math.floor(3_000 / 7)) * 3);
    expect(Array.from(rows.intakeSeq.slice(17, 22))).toEqual([6, 8, 8, 8, 9]);
    expect(Array.from(rows.mark.slice(0, 6))).toEqual([0, 2, 0, 0, 2, 0]);
    expect(Array.from(rows.value.slice(0, 3))).toEqual([1, 1.1, 1.2]);
  });

  it('after a crash at any step of a write: nothing twice, nothing lost, leftovers gone', async () => {
    const day = join(dir, 'samples', 'raw', '2026-11-22');
    const rollups = join(dir, 'samples', 'rollup', '2026-11-22');
    await new Archiver(store, decodeBatch).archiveFrom(log(100));
    mkdirSync(day, { recursive: true });
    // The second stretch got as far as its raw name; its roll-up and another raw file are unfinished.
    await new Archiver(store, decodeBatch).archiveFrom(log(200));
    renameSync(join(rollups, '101-200.parquet'), join(rollups, '101-200.parquet.tmp'));
    writeFileSync(join(day, '201-300.parquet.tmp'), 'half');
    await store.close();
    store = await openSampleStore(dir);
    expect(await store.archivedThrough()).toBe(100);
    expect((await store.rows(101, 200)).length).toBe(0);
    await new Archiver(store, decodeBatch).archiveFrom(log(250));
    expect((await store.rows(1, 250)).length).toBe((250 - 35) * 3);
    const counted = await store.series(0, START_MS, START_MS + DAY_MS, 1);
    expect(counted.notAccepted.late).toBe(0);
    expect((await store.series(1, START_MS, START_MS + DAY_MS, 1)).notAccepted.late).toBe(250 - 35);
    expect(readdirSync(day).toSorted()).toEqual(['1-100.parquet', '101-250.parquet']);
    expect(existsSync(join(rollups, '101-200.parquet.tmp'))).toBe(false);
  });
});
