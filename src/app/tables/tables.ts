// Tables that people send: read by a thread of their own, then one fact; a fact that is refused leaves no rows behind.
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import type { Answer } from '#core/line.ts';
import { PortFailure } from '#ports/failure.ts';
import type { OrderHistory, TableDesk, TableProgress, TableTold, TableWish } from '#ports/table-desk.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { standingImports } from './known-plant.ts';
import type { Site } from '../site.ts';
import { kindNamed, type KnownPart, type ReadTable, type TablesAnswer, type TablesJob } from './job.ts';
import { threadUrl } from '../thread.ts';

/** A table that comes over the network may have so many bytes; a larger one is imported where it lies. */
export const MAX_TABLE_BYTES = 64 * 1_024 * 1_024;
/** Tables that are read at once. */
export const MAX_TABLES = 2;
/** Problem sheets kept for download, one a person; the oldest goes. */
const MAX_SHEETS = 50;
/** Characters of a sheet that is kept; the rest of a file in which everything is wrong says nothing new. */
const MAX_SHEET_CHARS = 32_000_000;

export class Tables implements TableDesk {
  readonly #site: Pick<Site, 'run' | 'state' | 'nowMs'>;
  readonly #dataDir: string;
  readonly #incoming: string;
  readonly #running = new Map<string, TableProgress>();
  readonly #sheets = new Map<string, string>();
  #orders: { key: string; history: Promise<OrderHistory> } | null = null;
  #files = 0;

  constructor(site: Pick<Site, 'run' | 'state' | 'nowMs'>, dataDir: string) {
    this.#site = site;
    this.#dataDir = dataDir;
    this.#incoming = join(dataDir, 'history', '.incoming');
  }

  /** Drops uploads that a crash left half read. */
  sweep(): void {
    rmSync(this.#incoming, { recursive: true, force: true });
  }

  async bring(wish: TableWish, stream: AsyncIterable<Uint8Array>): Promise<TableTold | Refusal> {
    kindNamed(wish.kind);
    if (this.#running.has(wish.personId)) throw yours();
    if (this.#running.size >= MAX_TABLES) throw tooMany();
    const show = (progress: TableProgress): void => void this.#running.set(wish.personId, progress);
    show({ what: 'Receiving', done: 0, total: 1 });
    const path = join(this.#incoming, String(this.#files++));
    try {
      mkdirSync(this.#incoming, { recursive: true, mode: 0o700 });
      await pipeline(limitBytes(stream), createWriteStream(path, { mode: 0o600 }));
      const { dataDir, known, nowMs } = {
        dataDir: this.#dataDir,
        known: this.#known(),
        nowMs: this.#site.nowMs(),
      };
      const read = (await work({ kind: 'bring', dataDir, path, wish, known, nowMs }, show)) as
        | ReadTable
        | Refusal;
      return isRefusal(read) ? read : await this.#apply(wish, read);
    } finally {
      this.#running.delete(wish.personId);
      rmSync(path, { force: true });
    }
  }

  progress(personId: string): TableProgress | null {
    return this.#running.get(personId) ?? null;
  }

  problemSheet(personId: string): string | null {
    return this.#sheets.get(personId) ?? null;
  }

  async undo(commandId: string, actor: Actor, importId: string): Promise<Answer> {
    const data = { importId };
    const answer = await this.#site.run({ id: commandId, type: 'strategy.undo-import', actor, data });
    const known = this.#site.state().strategy.imports.get(importId);
    if (!isRefusal(answer) && known) await this.#remove(known.kind, importId);
    return answer;
  }

  orders(): Promise<OrderHistory> {
    const known = this.#known();
    const key = JSON.stringify([
      ...['work-orders', 'assets'].map((kind) =>
        standingImports(this.#site.state().strategy, kind).map(({ importId }) => importId),
      ),
      [...known.assets.values()].map(({ assetId, equipmentClass }) => [assetId, equipmentClass]),
      known.plant?.currency,
    ]);
    if (this.#orders?.key === key) return this.#orders.history;
    const history = work({ kind: 'orders', dataDir: this.#dataDir, known }) as Promise<OrderHistory>;
    this.#orders = { key, history };
    // a failure is asked again, not remembered
    history.catch(() => {
      if (this.#orders?.key === key) this.#orders = null;
    });
    return history;
  }

  async #apply(
    { commandId, actor, personId, dryRun }: TableWish,
    read: ReadTable,
  ): Promise<TableTold | Refusal> {
    this.#keepSheet(personId, read.sheet);
    const { told, data, fileHash } = read;
    if (dryRun) return told;
    if (data === null) {
      const same = standingImports(this.#site.state().strategy, told.kind).find(
        (one) => one.fileHash === fileHash,
      );
      return { ...told, importId: same?.importId ?? null };
    }
    const { importId } = data.imported;
    const answer = await this.#site.run({ id: commandId, type: 'strategy.import-history', actor, data });
    if (!this.#site.state().strategy.imports.has(importId)) await this.#remove(told.kind, importId);
    return isRefusal(answer) ? answer : { ...told, importId };
  }

  #remove(table: string, importId: string): Promise<unknown> {
    return work({ kind: 'remove', dataDir: this.#dataDir, table, importId });
  }

  #keepSheet(personId: string, sheet: string): void {
    this.#sheets.delete(personId);
    this.#sheets.set(personId, sheet.slice(0, MAX_SHEET_CHARS));
    const [oldest] = this.#sheets.keys();
    if (this.#sheets.size > MAX_SHEETS && oldest !== undefined) this.#sheets.delete(oldest);
  }

  #known(): KnownPart {
    const { site, plant, imports, assets } = this.#site.state().strategy;
    return { site, plant, imports, assets };
  }
}

/** Does a job in a thread that ends with it. */
function work(
  job: TablesJob,
  onProgress: (progress: TableProgress) => void = () => undefined,
): Promise<unknown> {
  const worker = new Worker(threadUrl('tables-thread', import.meta.url), {
    workerData: job,
    name: 'throughline tables',
  });
  return new Promise((resolve, reject) => {
    worker.on('message', (answer: TablesAnswer) => {
      if (!answer.done) onProgress(answer.progress);
      else if (answer.ok) resolve(answer.value);
      else reject(new PortFailure(answer.code, answer.message, answer.mend, answer.retryable));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('E-TABLES-007 The thread that read a table ended early.')));
  });
}

async function* limitBytes(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const block of source) {
    bytes += block.length;
    if (bytes > MAX_TABLE_BYTES) {
      throw new PortFailure(
        'E-TABLES-002',
        `The table has more than ${MAX_TABLE_BYTES / 1_048_576} MB.`,
        'Import it on the server with "throughline import", or cut it by year.',
        false,
      );
    }
    yield block;
  }
}

function yours(): PortFailure {
  return new PortFailure(
    'E-TABLES-003',
    'A table of yours is being read.',
    'Wait until it is done, then send this one.',
    true,
  );
}

function tooMany(): PortFailure {
  return new PortFailure(
    'E-TABLES-004',
    `${MAX_TABLES} tables are being read now.`,
    'Try again when one of them is done.',
    true,
  );
}
