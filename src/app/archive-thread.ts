// Thread of the sample store: Parquet work never runs on the HTTP thread or the writer's.
import { parentPort, workerData } from 'node:worker_threads';
import { decodeBatch } from '#acquire/batch-codec.ts';
import { PortFailure } from '#ports/failure.ts';
import type { SampleStore, Series } from '#ports/samples.ts';
import type { ArchiveAnswer, ArchiveQuestion } from './archive.ts';
import { runBacktest } from './archive-backtest.ts';
import { DesignTable } from './archive-design.ts';
import type { TailOf } from './archive-past.ts';
import { importFile, importRows } from './archive-history.ts';
import { openArchiver, openSampleStore, readJournal } from './compose.ts';
import { SamplesExpired } from './inputs.ts';
import { moveReplayBase } from './replay-base.ts';
import { savedLine } from './recover.ts';
import { Tail } from './tail.ts';

const port = parentPort;
if (!port) throw new Error('E-ARCHIVE-001 The archive runs as a thread of the site, not by itself.');
const { dataDir } = workerData as { dataDir: string };

/** How often it is asked whether loaded readings are still wanted. */
const SWEEP_MS = 60_000;

async function serve(): Promise<void> {
  const store = await openSampleStore(dataDir);
  const archiver = await openArchiver(store, decodeBatch);
  const tail = new Tail();
  const readTail = async (): Promise<void> => {
    if (tail.seq === 0) tail.forget(await store.archivedThrough());
    await reading(async (journal) => extend(tail, journal));
  };
  const given = new Set<number>();
  const tailOf: TailOf = async (signal, fromMs, toMs) => {
    await readTail();
    return tail.accepted(signal, fromMs, toMs);
  };
  const designs = new DesignTable(store, tailOf, () => performance.now());
  setInterval(() => void designs.sweep().catch(() => undefined), SWEEP_MS).unref();
  const series = async (asked: Extract<ArchiveQuestion, { kind: 'series' }>): Promise<Series> => {
    const { signal, fromMs, toMs, maxPoints } = asked;
    const stored = await store.series(signal, fromMs, toMs, maxPoints);
    await readTail();
    return tail.join(stored, signal, fromMs, toMs);
  };
  const answer = async (question: ArchiveQuestion): Promise<unknown> => {
    switch (question.kind) {
      case 'archive': {
        const through = await reading((journal) => archiver.archiveFrom(journal));
        tail.forget(through);
        return through;
      }
      case 'journal':
        return reading(async (journal) => {
          const { facts, hash } = journal.head();
          return { length: facts, hash };
        });
      case 'facts':
        return reading(async (journal) => journal.facts(question.from, question.limit));
      case 'series':
        return series(question);
      case 'evidence':
        return store.keepEvidence(question.alertId, question.signal, question.fromMs, question.toMs);
      case 'import-file':
        return importFile(store, question.importId, question.file);
      case 'import-rows':
        return importRows(store, question.importId, question.rows);
      case 'remove-import':
        return store.history.remove(question.importId);
      case 'sweep-imports':
        return store.history.sweep(question.kept);
      case 'judge-design':
        return designs.judge(question.asked);
      case 'design-picture':
        return designs.picture(question.asked);
      case 'profile':
        return designs.profile(question.asked);
      case 'why':
        return designs.why(question.asked);
      case 'backtest': {
        const { run } = question;
        return runBacktest(store, tailOf, question.asked, () => given.has(run)).finally(() =>
          given.delete(run),
        );
      }
      case 'give-up-backtest':
        return void given.add(question.run);
      case 'compact':
        return store.compact(question.beforeMs);
      case 'prepare-expiry': {
        const due = await store.expirable(question.beforeMs);
        if (due) await reading((journal) => saveBase(store, journal, due.throughSeq));
        return due;
      }
      case 'expire':
        return store.expireRaw(question.beforeMs);
      case 'close':
        return store.close();
    }
  };
  port?.on('message', ({ ticket, question }: { ticket: number; question: ArchiveQuestion }) => {
    answer(question).then(
      (value) => tell({ ticket, ok: true, value }),
      (failure: Error) => tell({ ticket, ok: false, ...inWords(failure) }),
    );
  });
  tell({ ticket: 0, ok: true, value: null });
}

/** Where the way from the start is gone and no saved line fits, later ranges answer *samples expired* too. */
async function saveBase(store: SampleStore, journal: Reader, throughSeq: number): Promise<void> {
  const rows: SampleStore['rows'] = (from, to) => store.rows(from, to);
  const saved = () => savedLine(journal);
  await moveReplayBase(dataDir, journal, rows, journal.site, throughSeq, saved).catch((failure: unknown) => {
    if (!(failure instanceof SamplesExpired)) throw failure;
  });
}

type Reader = Awaited<ReturnType<typeof readJournal>>;

/** One short look through a connection of its own, so that the writer's log can be checkpointed between looks. */
async function reading<T>(look: (journal: Reader) => Promise<T>): Promise<T> {
  const journal = await readJournal(dataDir);
  try {
    return await look(journal);
  } finally {
    journal.close();
  }
}

/** Entries of the intake log read in one go. */
const TAIL_CHUNK = 500;

function extend(tail: Tail, journal: Pick<Reader, 'intake'>): void {
  for (;;) {
    const entries = journal.intake(tail.seq + 1, TAIL_CHUNK);
    for (const entry of entries) {
      if (entry.kind !== 'batch') tail.seq = entry.seq;
      else {
        const { batch, marks } = decodeBatch(entry.payload);
        tail.add(entry.seq, batch, marks);
      }
    }
    if (entries.length < TAIL_CHUNK) return;
  }
}

function tell(message: ArchiveAnswer): void {
  port?.postMessage(message);
}

function inWords(failure: Error): { code: string; message: string; mend: string; retryable: boolean } {
  const known = failure instanceof PortFailure ? failure : null;
  return {
    code: known?.code ?? 'E-ARCHIVE-002',
    message: failure.message,
    mend: known?.mend ?? 'Nothing is lost: the intake log keeps the samples until they are archived.',
    retryable: known?.retryable ?? true,
  };
}

serve().catch((failure: Error) => tell({ ticket: 0, ok: false, ...inWords(failure) }));
