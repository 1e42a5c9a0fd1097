import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PortFailure } from '#ports/failure.ts';
import type { SamplesInspection } from '#ports/inspection.ts';
import { DAY_MS, isoUtc } from '#vocabulary/time.ts';

/** One archived stretch of the intake log. */
export interface Stretch {
  fromSeq: number;
  toSeq: number;
  /** UTC day on which its rows were received, `2026-11-22` */
  day: string;
  raw: string;
  rollup: string;
  /** false once retention has dropped the raw rows */
  hasRaw: boolean;
}

const STRETCH_FILE = /^(\d+)-(\d+)\.parquet$/;
const DAY_FOLDER = /^\d{4}-\d{2}-\d{2}$/;
/** Ids of the house; nothing that could leave the folder or mean something to a file name pattern. */
const FILE_ID = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;
const GLOB = /[*?[\]{}]/;

/**
 * Where sample files lie: `samples/{raw,rollup}/<day>/<fromSeq>-<toSeq>.parquet`, `samples/evidence/<alertId>.parquet`,
 * `samples/history/<importId>.parquet`.
 * A stretch counts from the moment its roll-up has its name: the raw file is renamed first, the roll-up last, and
 * roll-ups are never dropped, so names alone tell what is archived, also after retention and after a crash.
 */
export class SampleLayout {
  readonly #root: string;

  constructor(dataDir: string) {
    if (GLOB.test(dataDir)) {
      throw new PortFailure(
        'E-SAMPLES-001',
        `The data folder ${dataDir} has one of * ? [ ] { } in its name, which Parquet readers take for a pattern.`,
        'Choose a data folder without these characters.',
        false,
      );
    }
    this.#root = join(dataDir, 'samples');
  }

  /** Archived stretches in intake order; one that was joined into a larger one counts no more. */
  stretches(): Stretch[] {
    return standing(this.#all());
  }

  #all(): Stretch[] {
    const found: Stretch[] = [];
    const rollups = join(this.#root, 'rollup');
    for (const day of names(rollups).filter((name) => DAY_FOLDER.test(name))) {
      const raws = new Set(names(join(this.#root, 'raw', day)));
      for (const name of names(join(rollups, day))) {
        const parts = STRETCH_FILE.exec(name);
        if (!parts) continue;
        const stretch = this.stretch(day, Number(parts[1]), Number(parts[2]));
        found.push({ ...stretch, hasRaw: raws.has(name) });
      }
    }
    return found;
  }

  /** What rests here, told by names alone. */
  inspect(): SamplesInspection {
    const all = this.stretches();
    const kept = all.filter((each) => each.hasRaw);
    const expiredTo = all.findLast((each) => !each.hasRaw)?.day ?? null;
    return { files: kept.length, rawFrom: kept[0]?.day ?? null, expiredTo };
  }

  stretch(day: string, fromSeq: number, toSeq: number): Stretch {
    const name = `${fromSeq}-${toSeq}.parquet`;
    const raw = join(this.#root, 'raw', day, name);
    return { fromSeq, toSeq, day, raw, rollup: join(this.#root, 'rollup', day, name), hasRaw: true };
  }

  /**
   * Removes what a crash left behind: unfinished files, raw files whose roll-up never got its name, and parts that were
   * joined into a larger stretch.
   */
  removeLeftovers(): void {
    const stands = this.stretches();
    const archived = new Set(stands.map((stretch) => stretch.raw));
    for (const part of this.#all()) {
      if (archived.has(part.raw)) continue;
      rmSync(part.raw, { force: true });
      rmSync(part.rollup);
    }
    for (const kind of ['raw', 'rollup']) {
      for (const day of names(join(this.#root, kind))) {
        const folder = join(this.#root, kind, day);
        for (const name of names(folder)) {
          const path = join(folder, name);
          if (name.endsWith('.tmp') || (kind === 'raw' && !archived.has(path))) rmSync(path);
        }
      }
    }
    const evidence = join(this.#root, 'evidence');
    for (const name of names(evidence)) if (name.endsWith('.tmp')) rmSync(join(evidence, name));
  }

  /** @throws PortFailure E-SAMPLES-002 when the id cannot be a file name */
  evidence(alertId: string): string {
    return this.#named('evidence', alertId);
  }

  /** Rows of an import. @throws PortFailure E-SAMPLES-002 when the id cannot be a file name */
  history(importId: string): string {
    return this.#named('history', importId);
  }

  /** Removes the rows of every import that is not in `kept`, and unfinished files. */
  sweepHistory(kept: ReadonlySet<string>): void {
    const folder = join(this.#root, 'history');
    for (const name of names(folder)) {
      if (!kept.has(name.replace(/\.parquet$/, ''))) rmSync(join(folder, name));
    }
  }

  #named(kind: 'evidence' | 'history', id: string): string {
    if (!FILE_ID.test(id)) {
      throw new PortFailure(
        'E-SAMPLES-002',
        `${JSON.stringify(id)} cannot name a file of samples.`,
        'Ids hold letters, digits, dot, dash and underscore only.',
        false,
      );
    }
    return join(this.#root, kind, `${id}.parquet`);
  }

  /** Folder for what DuckDB must put aside when its memory is full. */
  spill(): string {
    return join(this.#root, '.spill');
  }
}

/** Stretches that lie in no other one, in intake order. */
function standing(all: Stretch[]): Stretch[] {
  const sorted = all.toSorted((a, b) => a.fromSeq - b.fromSeq || b.toSeq - a.toSeq);
  const stands: Stretch[] = [];
  for (const each of sorted) {
    const before = stands.at(-1);
    if (!before || each.toSeq > before.toSeq) stands.push(each);
  }
  return stands;
}

/** UTC day of a receive time. */
export function dayOf(receivedMs: number): string {
  return isoUtc(receivedMs).slice(0, 10);
}

/** First moment after a UTC day, ms. */
export function dayEndMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + DAY_MS;
}

/** Makes the folder of a file to be written (0700). */
export function makeFolderOf(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
}

/** Gives a finished `<path>.tmp` its name, durably: the file is synced, renamed, then its folders are synced. */
export function publish(path: string): void {
  sync(`${path}.tmp`);
  renameSync(`${path}.tmp`, path);
  sync(dirname(path));
  sync(dirname(dirname(path)));
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function names(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}
