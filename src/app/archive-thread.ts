// Thread of the sample store: Parquet work never runs on the HTTP thread or the writer's.
import { parentPort, workerData } from 'node:worker_threads';
import { decodeBatch } from '#acquire/batch-codec.ts';
import { PortFailure } from '#ports/failure.ts';
import type { ArchiveAnswer, ArchiveQuestion } from './archive.ts';
import { openArchiver, openSampleStore, readJournal } from './compose.ts';

const port = parentPort;
if (!port) throw new Error('E-ARCHIVE-001 The archive runs as a thread of the site, not by itself.');
const { dataDir } = workerData as { dataDir: string };

async function serve(): Promise<void> {
  const store = await openSampleStore(dataDir);
  const archiver = await openArchiver(store, decodeBatch);
  const answer = async (question: ArchiveQuestion): Promise<unknown> => {
    switch (question.kind) {
      case 'archive':
        return reading((journal) => archiver.archiveFrom(journal));
      case 'journal':
        return reading(async (journal) => {
          const { facts, hash } = journal.head();
          return { length: facts, hash };
        });
      case 'facts':
        return reading(async (journal) => journal.facts(question.from, question.limit));
      case 'series':
        return store.series(question.signal, question.fromMs, question.toMs, question.maxPoints);
      case 'evidence':
        return store.keepEvidence(question.alertId, question.signal, question.fromMs, question.toMs);
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

function tell(message: ArchiveAnswer): void {
  port?.postMessage(message);
}

function inWords(failure: Error): { code: string; message: string; mend: string } {
  const known = failure instanceof PortFailure ? failure : null;
  return {
    code: known?.code ?? 'E-ARCHIVE-002',
    message: failure.message,
    mend: known?.mend ?? 'Nothing is lost: the intake log keeps the samples until they are archived.',
  };
}

serve().catch((failure: Error) => tell({ ticket: 0, ok: false, ...inWords(failure) }));
