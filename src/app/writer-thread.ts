// Thread of the one writer: journal commits never run on the HTTP thread.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { lineDueMs } from '#core/line.ts';
import { signalReadings } from '#core/sense-readings.ts';
import { PortFailure } from '#ports/failure.ts';
import type { Journal } from '#ports/journal.ts';
import type { SampleStore } from '#ports/samples.ts';
import type { Command } from '#vocabulary/command.ts';
import { openJournal, openSampleStore } from './compose.ts';
import { PlantClock } from './plant-clock.ts';
import { type Recovery, recover, senseSnapshotOf, snapshotOf } from './recover.ts';
import { type ReplayBase, readReplayBase } from './replay-base.ts';
import { type Submission, Writer } from './writer.ts';
import {
  FACTS_PER_WHOLE_SNAPSHOT,
  type FromWriter,
  MAX_FACTS_SINCE_SNAPSHOT,
  PULSE_MS,
  type ReadyFold,
  SIGN_FACTS,
  SIGN_MS,
  SMALL_LINE_BYTES,
  SNAPSHOT_MS,
  SNAPSHOT_SHARE,
  type ToWriter,
  type WriterStart,
} from './writer-protocol.ts';

const port = parentPort;
if (!port) throw new Error('E-WRITER-001 The writer runs as a thread of the site, not by itself.');
const tell = (message: FromWriter): void => port.postMessage(message);
const start = workerData as WriterStart;

/** Everything the thread holds, so that each step below stays small. */
interface Desk {
  journal: Journal;
  /** closes the sample store, if a restart or a rebuild had to open it */
  closeStore: () => Promise<void>;
  writer: Writer;
  clock: PlantClock;
  lastSigned: { facts: number; machineMs: number };
  savedIntakeSeq: number;
  /** the last snapshot of the whole line; facts -1 without one */
  whole: { facts: number; bytes: number };
  /** machine time before which a large line is not saved whole again */
  nextWholeMs: number;
}

async function open(): Promise<Desk> {
  const journal = await openJournal(start.dataDir, { site: start.site, headsPath: start.headsPath });
  let store: SampleStore | null = null;
  const rows: SampleStore['rows'] = async (from, to) => {
    store ??= await openSampleStore(start.dataDir);
    return store.rows(from, to);
  };
  const baseOf = (): ReplayBase | null => readReplayBase(start.dataDir, journal);
  const recovery = await recover(journal, rows, start.site, sendSnapshot, baseOf);
  const clock = new PlantClock(start.clock);
  const writer = new Writer(
    journal,
    recovery.line,
    clock,
    async () => (await recover(journal, rows, start.site, undefined, baseOf)).line,
    {
      committed: (facts, intakeSeq) => tell({ kind: 'facts', facts, intakeSeq }),
      blocked: (blocked) => tell({ kind: 'blocked', blocked }),
      setAside,
      fatal: end,
    },
  );
  const { fromSnapshot, facts, inputs, elapsedMs, held } = recovery;
  const fold = readyFold(journal, recovery);
  tell({ kind: 'ready', fold, recovery: { fromSnapshot, facts, inputs, elapsedMs, held } });
  return {
    journal,
    closeStore: async () => store?.close(),
    writer,
    clock,
    lastSigned: { facts, machineMs: Date.now() },
    savedIntakeSeq: writer.line.state.intakeSeq - inputs,
    whole: { facts: fromSnapshot ? recovery.snapshotFacts : -1, bytes: recovery.snapshotBytes },
    nextWholeMs: 0,
  };
}

function sendSnapshot(state: Uint8Array): void {
  // a copy: what is transferred is gone here, and these bytes are still to be read
  const copy = new Uint8Array(state);
  port?.postMessage({ kind: 'snapshot', state: copy } satisfies FromWriter, [copy.buffer]);
}

function readyFold(journal: Journal, { line, fromSnapshot, snapshotFacts, facts }: Recovery): ReadyFold {
  if (!fromSnapshot || facts - snapshotFacts > MAX_FACTS_SINCE_SNAPSHOT)
    return { kind: 'whole', state: line.state };
  const since = journal.facts(snapshotFacts + 1, MAX_FACTS_SINCE_SNAPSHOT);
  return { kind: 'since snapshot', facts: since, intakeSeq: line.state.intakeSeq, nowMs: line.state.nowMs };
}

function setAside(seq: number, payload: Uint8Array): void {
  const folder = join(start.dataDir, 'set-aside');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, `${seq}.bin`), payload, { mode: 0o600 });
}

function end(failure: Error): void {
  const known = failure instanceof PortFailure ? failure : null;
  tell({
    kind: 'fatal',
    code: known?.code ?? 'E-WRITER-002',
    message: known?.message ?? failure.message,
    mend:
      known?.mend ??
      'Start again: the site comes back from its journal. If it stops again, keep the data folder and report it.',
  });
}

async function submit(desk: Desk, ticket: number, submission: Submission): Promise<void> {
  try {
    tell({ kind: 'answer', ticket, answer: await desk.writer.submit(submission) });
  } catch (failure) {
    fail(ticket, failure as Error);
  }
}

function fail(ticket: number, failure: Error): void {
  const known = failure instanceof PortFailure ? failure : null;
  tell({
    kind: 'failure',
    ticket,
    code: known?.code ?? 'E-WRITER-003',
    message: failure.message,
    mend: known?.mend ?? 'Try again.',
    retryable: known?.retryable ?? false,
  });
}

/** Moves a driven clock; what falls due on the way is decided at its own time, not at the end of the step. */
async function drive(desk: Desk, toMs: number): Promise<void> {
  for (;;) {
    const dueMs = lineDueMs(desk.writer.line);
    if (dueMs > toMs) break;
    const atMs = Math.max(dueMs, desk.clock.nowMs());
    desk.clock.set({ kind: 'driven', plantMs: atMs });
    await desk.writer.submit({ kind: 'tick', atMs });
  }
  if (toMs > desk.clock.nowMs()) desk.clock.set({ kind: 'driven', plantMs: toMs });
}

/** Saves a snapshot, then signs the head when there is news; afterwards archived batches may be forgotten. */
async function checkpoint(desk: Desk, always: boolean): Promise<void> {
  await saveSnapshot(desk);
  const head = desk.journal.head();
  const news = head.facts - desk.lastSigned.facts;
  const signDue = news >= SIGN_FACTS || (news > 0 && Date.now() - desk.lastSigned.machineMs >= SIGN_MS);
  if (news === 0 || (!always && !signDue)) return;
  await desk.journal.signHead(desk.writer.line.state.nowMs);
  desk.lastSigned = { facts: head.facts, machineMs: Date.now() };
}

async function saveSnapshot(desk: Desk): Promise<void> {
  const { line } = desk.writer;
  const head = desk.journal.head();
  // A snapshot taken between feeding and committing would run ahead of the disk.
  if (line.state.intakeSeq !== head.intakeSeq || line.state.facts !== head.facts) return;
  if (head.intakeSeq === desk.savedIntakeSeq) return;
  if (wholeIsDue(desk, head.facts)) {
    const startedMs = Date.now();
    const whole = snapshotOf(line, head.hash);
    await desk.journal.saveSnapshot(whole);
    desk.whole = { facts: head.facts, bytes: whole.state.length };
    desk.nextWholeMs = Date.now() + (Date.now() - startedMs) * SNAPSHOT_SHARE;
  } else {
    await desk.journal.saveSnapshot(senseSnapshotOf(line, head.hash), 'sense');
  }
  desk.savedIntakeSeq = head.intakeSeq;
}

/** A large line holds the writer up while it is saved; its facts lie in the journal and are quickly folded. */
function wholeIsDue({ whole, nextWholeMs }: Desk, facts: number): boolean {
  if (whole.facts < 0 || whole.bytes <= SMALL_LINE_BYTES) return true;
  return facts - whole.facts >= FACTS_PER_WHOLE_SNAPSHOT && Date.now() >= nextWholeMs;
}

/** Housekeeping that finds no space is done another time; input alone waits for space, and says so. */
async function later(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (failure) {
    if (!(failure instanceof PortFailure) || !failure.retryable) throw failure;
  }
}

async function serve(desk: Desk, message: ToWriter): Promise<void> {
  switch (message.kind) {
    case 'batch':
      return submit(desk, message.ticket, message);
    case 'command':
      return submit(desk, message.ticket, message);
    case 'tick':
      return submit(desk, message.ticket, message);
    case 'clock':
      desk.clock.set(message.spec);
      return desk.writer.begin();
    case 'drive':
      await drive(desk, message.toMs);
      return tell({ kind: 'answer', ticket: message.ticket, answer: null });
    case 'archived':
      return later(desk.journal.forgetBatches(Math.min(message.through, desk.savedIntakeSeq)));
    case 'checkpoint':
      await checkpoint(desk, true);
      return tell({ kind: 'answer', ticket: message.ticket, answer: null });
    case 'stop':
      await desk.writer.close();
      await later(checkpoint(desk, true));
      await desk.closeStore();
      await desk.journal.close();
      desk.clock.stop();
      tell({ kind: 'stopped' });
      port?.close();
  }
}

/** A leap of the clock that has lasted, or that devices bear witness for, is accepted by the standing rule; before that, by an administrator. */
function believeClock(desk: Desk): void {
  const held = desk.clock.held();
  if (!held || !desk.clock.believed()) return;
  const command: Command = {
    id: `clock:${desk.writer.line.state.intakeSeq}`,
    type: 'acquire.accept-clock',
    actor: 'rule:clock',
    data: { stepMs: held.stepMs },
  };
  desk.writer.submit({ kind: 'command', command }).catch(() => undefined);
}

function pulse(desk: Desk): void {
  believeClock(desk);
  const { line } = desk.writer;
  tell({
    kind: 'pulse',
    pulse: {
      readings: signalReadings(line.sense),
      waiting: desk.writer.waiting,
      intakeSeq: line.state.intakeSeq,
      nowMs: desk.clock.nowMs(),
      dueMs: lineDueMs(line),
    },
  });
}

open().then(
  (desk) => {
    const timers = [
      setInterval(() => pulse(desk), PULSE_MS),
      setInterval(() => void later(checkpoint(desk, false)).catch(end), SNAPSHOT_MS),
    ];
    port.on('message', (message: ToWriter) => {
      if (message.kind === 'stop') for (const timer of timers) clearInterval(timer);
      serve(desk, message).catch((failure: Error) => {
        if ('ticket' in message) fail(message.ticket, failure);
        else end(failure);
      });
    });
    desk.writer.begin();
    pulse(desk);
  },
  (failure: Error) => end(failure),
);
