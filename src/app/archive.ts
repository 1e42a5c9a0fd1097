// The sample store and the journal's past as the HTTP thread sees them: questions go to their own thread.
import { Worker } from 'node:worker_threads';
import { PortFailure } from '#ports/failure.ts';
import type { SampleColumns } from '#ports/history.ts';
import type { Series } from '#ports/samples.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { Why } from '#core/backtest-why.ts';
import type { ProfileStep } from '#core/design.ts';
import type { BacktestQuestion, BacktestTold } from './archive-backtest.ts';
import type {
  DesignQuestion,
  DesignTold,
  PictureAsked,
  ProfileQuestion,
  WhyAsked,
} from './archive-design.ts';
import type { HistoryFile, HistoryRead } from './archive-history.ts';
import { threadUrl } from './thread.ts';

export type ArchiveQuestion =
  | { kind: 'archive' }
  | { kind: 'series'; signal: number; fromMs: number; toMs: number; maxPoints: number }
  | { kind: 'evidence'; alertId: string; signal: number; fromMs: number; toMs: number }
  | { kind: 'import-file'; importId: string; file: HistoryFile }
  | { kind: 'import-rows'; importId: string; rows: SampleColumns }
  | { kind: 'remove-import'; importId: string }
  | { kind: 'sweep-imports'; kept: string[] }
  | { kind: 'backtest'; run: number; asked: BacktestQuestion }
  | { kind: 'give-up-backtest'; run: number }
  | { kind: 'compact'; beforeMs: number }
  | { kind: 'judge-design'; asked: DesignQuestion }
  | { kind: 'design-picture'; asked: PictureAsked }
  | { kind: 'profile'; asked: ProfileQuestion }
  | { kind: 'why'; asked: WhyAsked }
  | { kind: 'prepare-expiry'; beforeMs: number }
  | { kind: 'expire'; beforeMs: number }
  | { kind: 'journal' }
  | { kind: 'facts'; from: number; limit: number }
  | { kind: 'close' };

export type ArchiveAnswer =
  | { ticket: number; ok: true; value: unknown }
  | { ticket: number; ok: false; code: string; message: string; mend: string; retryable: boolean };

/** Questions that may wait; one more is refused. */
export const MAX_ARCHIVE_QUESTIONS = 200;

/** A thread that ended is started again after this pause, twice as long each time, up to the longest. */
export const RESTART_MS = 500;
const MAX_RESTART_MS = 60_000;
/** Starts in a row that may fail; a thread that lived for a while begins a new row. */
export const MAX_RESTARTS = 10;
const LIVED_MS = 600_000;

export type StartThread = (dataDir: string) => Worker;

const startThread: StartThread = (dataDir) =>
  new Worker(threadUrl('archive-thread', import.meta.url), {
    workerData: { dataDir },
    name: 'throughline archive',
  });

export class Archive {
  readonly #dataDir: string;
  readonly #startThread: StartThread;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (failure: Error) => void }
  >();
  #worker: Worker | null = null;
  #startedAtMs = 0;
  #next = 1;
  #ended: PortFailure | null = null;
  #inARow = 0;
  #restarts = 0;
  #again: NodeJS.Timeout | null = null;
  #closed = false;

  private constructor(dataDir: string, start: StartThread) {
    this.#dataDir = dataDir;
    this.#startThread = start;
  }

  /** @throws PortFailure when the sample store cannot be opened now; later ends are answered by a new thread */
  static async open(dataDir: string, start: StartThread = startThread): Promise<Archive> {
    const archive = new Archive(dataDir, start);
    await archive.#start();
    return archive;
  }

  /** Resolves when the thread answers. */
  #start(): Promise<void> {
    const worker = this.#startThread(this.#dataDir);
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('the thread ended before it answered'));
      worker.once('error', reject);
      worker.once('exit', ended);
      worker.once('message', (answer: ArchiveAnswer) => {
        worker.removeListener('error', reject);
        worker.removeListener('exit', ended);
        if (answer.ok && !this.#closed) {
          this.#take(worker);
          resolve();
          return;
        }
        worker.terminate().catch(() => undefined);
        reject(answer.ok ? new Error('the plant is stopping') : withWords(answer));
      });
    });
  }

  #take(worker: Worker): void {
    this.#worker = worker;
    this.#startedAtMs = Date.now();
    this.#ended = null;
    worker.on('message', (answer: ArchiveAnswer) => {
      const waiting = this.#waiting.get(answer.ticket);
      this.#waiting.delete(answer.ticket);
      if (answer.ok) waiting?.resolve(answer.value);
      else waiting?.reject(withWords(answer));
    });
    worker.on('error', (failure) => this.#gone(worker, failure.message));
    worker.on('exit', () => this.#gone(worker, 'its thread ended'));
  }

  #gone(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    if (Date.now() - this.#startedAtMs >= LIVED_MS) this.#inARow = 0;
    this.#startAgain(why);
  }

  /** Everybody who waits is told; the intake log keeps the samples until a thread lives again. */
  #startAgain(why: string): void {
    if (this.#closed) return this.#end(stoppedFor(why, 'The plant is stopping.'));
    if (this.#inARow >= MAX_RESTARTS) return this.#end(stoppedFor(why, GIVEN_UP));
    const pauseMs = Math.min(MAX_RESTART_MS, RESTART_MS * 2 ** this.#inARow++);
    this.#end(startingAgain(why, pauseMs));
    this.#again = setTimeout(() => {
      this.#restarts++;
      this.#start().catch((failure: Error) => this.#startAgain(failure.message));
    }, pauseMs);
    this.#again.unref();
  }

  #end(failure: PortFailure): void {
    this.#ended = failure;
    for (const waiting of this.#waiting.values()) waiting.reject(failure);
    this.#waiting.clear();
  }

  /** Starts since the first one: above 0, something ended that should not have. */
  restarts(): number {
    return this.#restarts;
  }

  /** Moves what the intake log keeps into Parquet. @returns the sequence up to which batches may be forgotten */
  async archive(): Promise<number> {
    return (await this.#ask({ kind: 'archive' })) as number;
  }

  async series(signal: number, fromMs: number, toMs: number, maxPoints: number): Promise<Series> {
    return (await this.#ask({ kind: 'series', signal, fromMs, toMs, maxPoints })) as Series;
  }

  async keepEvidence(alertId: string, signal: number, fromMs: number, toMs: number): Promise<void> {
    await this.#ask({ kind: 'evidence', alertId, signal, fromMs, toMs });
  }

  /** Joins the many files of each day before `beforeMs` into one. */
  async compact(beforeMs: number): Promise<void> {
    await this.#ask({ kind: 'compact', beforeMs });
  }

  /**
   * Saves the state from which the past is replayed once the readings before `beforeMs` are gone.
   * @returns what will expire; null when nothing is that old
   */
  async prepareExpiry(beforeMs: number): Promise<{ untilMs: number; throughSeq: number } | null> {
    const due = await this.#ask({ kind: 'prepare-expiry', beforeMs });
    return due as { untilMs: number; throughSeq: number } | null;
  }

  /** Drops single readings received before `beforeMs`. */
  async expire(beforeMs: number): Promise<void> {
    await this.#ask({ kind: 'expire', beforeMs });
  }

  /** Lays the rows of a recorded file down as an import. @throws PortFailure what is wrong with the file */
  async importFile(importId: string, file: HistoryFile): Promise<HistoryRead> {
    return (await this.#ask({ kind: 'import-file', importId, file })) as HistoryRead;
  }

  async importRows(importId: string, rows: SampleColumns): Promise<HistoryRead> {
    return (await this.#ask({ kind: 'import-rows', importId, rows })) as HistoryRead;
  }

  async removeImport(importId: string): Promise<void> {
    await this.#ask({ kind: 'remove-import', importId });
  }

  /** Removes what a crash left of imports that were never recorded as facts. */
  async sweepImports(kept: string[]): Promise<void> {
    await this.#ask({ kind: 'sweep-imports', kept });
  }

  /** @param signal gives the run up when it is aborted */
  async backtest(asked: BacktestQuestion, signal: AbortSignal): Promise<BacktestTold> {
    const run = this.#next;
    const giveUp = (): void => void this.#ask({ kind: 'give-up-backtest', run }).catch(() => undefined);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return (await this.#ask({ kind: 'backtest', run, asked })) as BacktestTold;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Judges conditions on readings that then stay loaded. @throws PortFailure E-SAMPLES-007, E-DESIGN-001 */
  async judgeDesign(asked: DesignQuestion): Promise<DesignTold> {
    return (await this.#ask({ kind: 'judge-design', asked })) as DesignTold;
  }

  async designPicture(asked: PictureAsked): Promise<Series> {
    return (await this.#ask({ kind: 'design-picture', asked })) as Series;
  }

  async profile(asked: ProfileQuestion): Promise<ProfileStep[]> {
    return (await this.#ask({ kind: 'profile', asked })) as ProfileStep[];
  }

  async why(asked: WhyAsked): Promise<Why> {
    return (await this.#ask({ kind: 'why', asked })) as Why;
  }

  /** How many facts the journal holds and the hash of the last one. */
  async journal(): Promise<{ length: number; hash: string }> {
    return (await this.#ask({ kind: 'journal' })) as { length: number; hash: string };
  }

  async facts(from: number, limit: number): Promise<Recorded[]> {
    return (await this.#ask({ kind: 'facts', from, limit })) as Recorded[];
  }

  /** why nothing can be asked now; null while the thread lives */
  ended(): PortFailure | null {
    return this.#ended;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#again) clearTimeout(this.#again);
    await this.#ask({ kind: 'close' }).catch(() => undefined);
    await this.#worker?.terminate();
  }

  #ask(question: ArchiveQuestion): Promise<unknown> {
    const worker = this.#worker;
    if (!worker) return Promise.reject(this.#ended ?? stoppedFor('it was never started', GIVEN_UP));
    if (this.#waiting.size >= MAX_ARCHIVE_QUESTIONS) {
      const busy = new PortFailure(
        'E-ARCHIVE-004',
        'The sample store is busy.',
        'Ask again in a moment.',
        true,
      );
      return Promise.reject(busy);
    }
    const ticket = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ticket, { resolve, reject });
      worker.postMessage({ ticket, question }, []);
    });
  }
}

function withWords(answer: Extract<ArchiveAnswer, { ok: false }>): PortFailure {
  return new PortFailure(answer.code, answer.message, answer.mend, answer.retryable);
}

const GIVEN_UP = `It was started ${MAX_RESTARTS} times in a row and ended each time.`;

function startingAgain(why: string, pauseMs: number): PortFailure {
  return new PortFailure(
    'E-ARCHIVE-003',
    `The sample store has stopped (${why}) and is started again in ${pauseMs / 1_000} s: charts and the audit list wait.`,
    'Nothing is lost: what comes in is still written to the intake log. If it goes on, look at the log for the cause.',
    true,
  );
}

function stoppedFor(why: string, because: string): PortFailure {
  return new PortFailure(
    'E-ARCHIVE-005',
    `The sample store has stopped (${why}). ${because}`,
    'Start the plant again. Nothing is lost: what comes in is still written to the intake log.',
    false,
  );
}
