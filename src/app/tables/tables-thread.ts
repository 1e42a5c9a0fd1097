// Thread of one piece of work on imported tables; it ends with it, so that a large file leaves no memory behind.
import { parentPort, workerData } from 'node:worker_threads';
import { PortFailure } from '#ports/failure.ts';
import { type TablesAnswer, type TablesJob, workOn } from './job.ts';

const port = parentPort;
if (!port) throw new Error('E-TABLES-006 Tables are read by a thread of the site, not by themselves.');
const tell = (answer: TablesAnswer): void => port.postMessage(answer);

try {
  const value = await workOn(workerData as TablesJob, (progress) => tell({ done: false, progress }));
  tell({ done: true, ok: true, value });
} catch (thrown) {
  if (!(thrown instanceof PortFailure)) throw thrown;
  const { code, message, mend, retryable } = thrown;
  tell({ done: true, ok: false, code, message, mend, retryable });
}
