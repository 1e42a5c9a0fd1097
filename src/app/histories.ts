// Recorded files of a plant's own: rows first, then the one fact; a fact that is refused leaves no rows behind.
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { HistoryImported } from '#acquire/events.ts';
import { mayImport } from '#acquire/history.ts';
import type { Answer } from '#core/line.ts';
import { PortFailure } from '#ports/failure.ts';
import type { SampleColumns } from '#ports/history.ts';
import type { HistoryWish, Imported } from '#ports/history-desk.ts';
import { type Actor, derivedId } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal, refuse } from '#vocabulary/refusal.ts';
import { conversion } from '#vocabulary/units.ts';
import type { Archive } from './archive.ts';
import type { HistoryRead } from './archive-history.ts';
import type { Site } from './site.ts';

/** A file that comes over the network may have so many bytes; a larger one is imported where it lies. */
export const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;
/** Files that may come over the network at once. */
export const MAX_UPLOADS = 2;

export class Histories {
  readonly #site: Pick<Site, 'run' | 'state'>;
  readonly #archive: Archive;
  readonly #incoming: string;
  #uploads = 0;

  constructor(site: Pick<Site, 'run' | 'state'>, archive: Archive, dataDir: string) {
    this.#site = site;
    this.#archive = archive;
    this.#incoming = join(dataDir, 'samples', '.incoming');
  }

  /** Drops what a crash left: uploads half read, and rows without their fact. */
  async sweep(): Promise<void> {
    rmSync(this.#incoming, { recursive: true, force: true });
    await this.#archive.sweepImports([...this.#site.state().acquire.imports.keys()]);
  }

  /** Imports a file that comes as a stream. @throws PortFailure E-HISTORY-002 too large, -003 too many at once */
  async importStream(wish: HistoryWish, stream: AsyncIterable<Uint8Array>): Promise<Imported | Refusal> {
    const barred = this.#barred(wish);
    if (barred) return barred;
    if (this.#uploads >= MAX_UPLOADS) throw tooManyUploads();
    this.#uploads++;
    const path = join(this.#incoming, `${this.#importId(wish)}.csv`);
    try {
      mkdirSync(this.#incoming, { recursive: true, mode: 0o700 });
      await pipeline(limitBytes(stream), createWriteStream(path, { mode: 0o600 }));
      return await this.#import(wish, path, 'the file');
    } finally {
      this.#uploads--;
      rmSync(path, { force: true });
    }
  }

  /** Imports a file where it lies on this machine. */
  async importPath(wish: HistoryWish, path: string): Promise<Imported | Refusal> {
    return this.#barred(wish) ?? this.#import(wish, path, path);
  }

  /** Imports rows that are in memory: simulated history. Their columns and zone are said by the wish. */
  async importRows(wish: HistoryWish, rows: SampleColumns): Promise<Imported | Refusal> {
    const barred = this.#barred(wish);
    if (barred) return barred;
    const importId = this.#importId(wish);
    return this.#record(wish, importId, await this.#archive.importRows(importId, rows));
  }

  async remove(commandId: string, actor: Actor, importId: string): Promise<Answer> {
    const answer = await this.#site.run({
      id: commandId,
      type: 'acquire.remove-history',
      actor,
      data: { importId },
    });
    if (!isRefusal(answer)) await this.#archive.removeImport(importId);
    return answer;
  }

  #importId({ commandId }: HistoryWish): string {
    return derivedId(this.#site.state().site, commandId, 'import', 0);
  }

  #barred({ signalId, unit }: HistoryWish): Refusal | null {
    const { acquire, monitor } = this.#site.state();
    const unclaimed = mayImport(acquire, signalId);
    if (unclaimed) return unclaimed;
    const signal = monitor.signals.get(signalId);
    if (signal && conversion(unit ?? signal.sourceUnit, signal.unit)) return null;
    return refuse(
      'E-HISTORY-004',
      `${unit} cannot be turned into ${signal?.unit}, the unit of "${signalId}".`,
      'Give the unit of the values in the file, written as in the plan.',
    );
  }

  async #import(wish: HistoryWish, path: string, shownAs: string): Promise<Imported | Refusal> {
    const importId = this.#importId(wish);
    const { timeColumn, valueColumn, timeZone, dateOrder } = wish;
    const turn = this.#conversionOf(wish);
    const file = { path, shownAs, timeColumn, valueColumn, timeZone, dateOrder, ...turn };
    return this.#record(wish, importId, await this.#archive.importFile(importId, file));
  }

  #unitOf({ signalId, unit }: HistoryWish): string {
    return unit ?? this.#site.state().monitor.signals.get(signalId)?.sourceUnit ?? '';
  }

  #conversionOf(wish: HistoryWish): { factor: number; offset: number } {
    const signal = this.#site.state().monitor.signals.get(wish.signalId);
    return conversion(this.#unitOf(wish), signal?.unit ?? '') ?? { factor: 1, offset: 0 };
  }

  async #record(wish: HistoryWish, importId: string, read: HistoryRead): Promise<Imported | Refusal> {
    const { fileHash, rows, refused, bad, fromMs, toMs, notes } = read;
    const data: HistoryImported['data'] = {
      importId,
      signalId: wish.signalId,
      fileHash,
      columns: { time: wish.timeColumn, value: wish.valueColumn },
      unit: this.#unitOf(wish),
      timeZone: wish.timeZone,
      fromMs,
      toMs,
      rows,
      refused,
    };
    const { commandId, actor } = wish;
    const answer = await this.#site.run({ id: commandId, type: 'acquire.import-history', actor, data });
    const { imports } = this.#site.state().acquire;
    if (!imports.has(importId)) await this.#archive.removeImport(importId);
    if (isRefusal(answer)) return answer;
    const same = [...imports.values()].find(
      (one) => one.signalId === wish.signalId && one.fileHash === fileHash,
    );
    const standing = same?.importId ?? importId;
    return {
      ...answer,
      importId: standing,
      already: standing !== importId,
      rows,
      refused,
      bad,
      fromMs,
      toMs,
      notes,
    };
  }
}

async function* limitBytes(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const block of source) {
    bytes += block.length;
    if (bytes > MAX_UPLOAD_BYTES) {
      throw new PortFailure(
        'E-HISTORY-002',
        `The file has more than ${MAX_UPLOAD_BYTES / 1_048_576} MB.`,
        'Import it on the server with "throughline import history", or cut it by time.',
        false,
      );
    }
    yield block;
  }
}

function tooManyUploads(): PortFailure {
  return new PortFailure(
    'E-HISTORY-003',
    `${MAX_UPLOADS} files are being imported now.`,
    'Try again when one of them is done.',
    true,
  );
}
