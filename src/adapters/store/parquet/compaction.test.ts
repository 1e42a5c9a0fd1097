import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArchivedRows, SampleStore } from '#ports/samples.ts';
import { ACCEPTED, MARK_LATE } from '#vocabulary/sample.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { emptyRows } from './columns.ts';
import { scatteredDays } from './compaction.ts';
import { openSampleStore } from './samples.ts';

const START_MS = Date.UTC(2026, 10, 2);
const PER_FILE = 40;
const FILES_A_DAY = 6;

let root = '';
let stores: SampleStore[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'throughline-compaction-'));
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  rmSync(root, { recursive: true, force: true });
});

async function open(dir: string): Promise<SampleStore> {
  const store = await openSampleStore(dir);
  stores.push(store);
  return store;
}

/** One small file: two signals, five inputs, one row in seven late. */
function piece(day: number, file: number): ArchivedRows {
  const rows = emptyRows(PER_FILE);
  const startMs = START_MS + day * DAY_MS + file * 3.5 * HOUR_MS;
  const startSeq = 1 + (day * FILES_A_DAY + file) * 5;
  for (let i = 0; i < PER_FILE; i++) {
    rows.intakeSeq[i] = startSeq + Math.floor(i / 8);
    rows.signal[i] = i % 2;
    rows.timeMs[i] = startMs + i * 5 * MINUTE_MS;
    rows.receivedMs[i] = startMs + Math.floor(i / 8) * 40 * MINUTE_MS;
    rows.value[i] = Math.sin(i + file + day * 7) * 10;
    rows.mark[i] = i % 7 === 3 ? MARK_LATE : ACCEPTED;
  }
  return rows;
}

async function fill(dir: string, days: number): Promise<SampleStore> {
  const store = await open(dir);
  for (let day = 0; day < days; day++) {
    for (let file = 0; file < FILES_A_DAY; file++) await store.write(piece(day, file));
  }
  return store;
}

/** All that anybody reads of a store. */
async function whole(store: SampleStore) {
  const endMs = START_MS + 30 * DAY_MS;
  const rows = await store.rows(0, 1_000_000);
  const perHour = await store.series(0, START_MS, endMs, 200);
  const perDay = await store.series(1, START_MS, endMs, 20);
  const through = await store.archivedThrough();
  return { rows, perHour: rounded(perHour), perDay: rounded(perDay), through };
}

/** Means joined of means differ in the last bits. */
function rounded(series: Awaited<ReturnType<SampleStore['series']>>) {
  const value = series.value.map((each) => (each === null ? null : Number(each.toFixed(9))));
  return { ...series, value };
}

const files = (dir: string): string[] =>
  readdirSync(join(dir, 'samples'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(dir, 'samples'), join(entry.parentPath, entry.name)))
    .toSorted();

describe('compaction', () => {
  it('makes one file of each day that is old enough, and nobody reads anything else than before', async () => {
    const dir = join(root, 'a');
    const store = await fill(dir, 4);
    const before = await whole(store);
    expect(files(dir)).toHaveLength(2 * 4 * FILES_A_DAY);
    expect(await store.compact(START_MS + 2 * DAY_MS)).toBe(2);
    expect(files(dir)).toHaveLength(2 * (2 + 2 * FILES_A_DAY));
    expect(await whole(store)).toEqual(before);
    expect(await whole(await open(dir))).toEqual(before);
    expect(await store.compact(START_MS + 2 * DAY_MS)).toBe(0);
    await store.write(piece(4, 0));
    expect(await store.archivedThrough()).toBe(before.through + 5);
    expect(await store.expireRaw(START_MS + DAY_MS)).toBe(1);
  });

  it('joins only what follows each other: a day that came again does not swallow what lay between', () => {
    const stretch = (day: string, fromSeq: number, hasRaw = true) => ({
      ...{ day, fromSeq, toSeq: fromSeq + 4, raw: `${fromSeq}`, rollup: `${fromSeq}`, hasRaw },
    });
    const [a, b] = ['2026-11-01', '2026-11-02'] as const;
    const between = [stretch(a, 1), stretch(b, 6), stretch(a, 11), stretch(a, 16), stretch(a, 21, false)];
    const runs = scatteredDays(between, '2026-11-03');
    expect(runs.map((run) => run.map((each) => each.fromSeq))).toEqual([[11, 16]]);
    expect(scatteredDays(between, a)).toEqual([]);
  });

  it('loses and doubles nothing wherever it is cut off', async () => {
    const before = join(root, 'before');
    const after = join(root, 'after');
    const first = await fill(before, 2);
    const wanted = await whole(first);
    cpSync(before, after, { recursive: true });
    await (await open(after)).compact(START_MS + DAY_MS);
    const old = files(before).filter((name) => name.includes('2026-11-02'));
    const [raw, rollup] = files(after).filter((name) => name.includes('2026-11-02')) as [string, string];
    expect(raw).toMatch(/^raw/);
    // each step of the joining, in its order, as it lies on the disk when the process ends there
    const steps: { put: string[]; gone: string[] }[] = [
      { put: [`${raw}.tmp`], gone: [] },
      { put: [`${raw}.tmp`, `${rollup}.tmp`], gone: [] },
      { put: [raw, `${rollup}.tmp`], gone: [] },
      { put: [raw, rollup], gone: [] },
      ...old.map((_, n) => ({ put: [raw, rollup], gone: inOrderOfRemoval(old).slice(0, n + 1) })),
    ];
    for (const [n, { put, gone }] of steps.entries()) {
      const dir = join(root, `step-${n}`);
      cpSync(before, dir, { recursive: true });
      for (const name of put) {
        const source = join(after, 'samples', name.replace(/\.tmp$/, ''));
        cpSync(source, join(dir, 'samples', name));
      }
      for (const name of gone) rmSync(join(dir, 'samples', name));
      const store = await open(dir);
      expect(await whole(store), `step ${n}`).toEqual(wanted);
      await store.compact(START_MS + DAY_MS);
      expect(await whole(store), `step ${n}, done again`).toEqual(wanted);
      expect(files(dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      expect(files(dir), `step ${n}`).toHaveLength(files(after).length);
      expect(existsSync(dirname(join(dir, 'samples', raw)))).toBe(true);
    }
  }, 60_000);
});

/** Part by part, the raw file before its roll-up. */
function inOrderOfRemoval(names: string[]): string[] {
  const from = (name: string): number => Number(/(\d+)-\d+\.parquet$/.exec(name)?.[1]);
  return names.toSorted((a, b) => from(a) - from(b) || (a.startsWith('raw') ? -1 : 1));
}
