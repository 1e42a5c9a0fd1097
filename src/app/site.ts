// The site as the HTTP thread sees it: a follower of the journal that answers reads at once and hands on what changes.
import { Worker } from 'node:worker_threads';
import { evolveSite, type SiteState, upcastFact, wordOf } from '#core/flow.ts';
import type { Answer } from '#core/line.ts';
import type { SignalReadings } from '#core/sense-readings.ts';
import { PortFailure } from '#ports/failure.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { Batch } from '#vocabulary/sample.ts';
import { BELIEVED_AFTER_MS } from './even-clock.ts';
import { type ClockSpec, PlantClock } from './plant-clock.ts';
import { snapshotState } from './line-bytes.ts';
import { threadUrl } from './thread.ts';
import type { Blocked } from './writer-refusals.ts';
import type { FromWriter, Pulse, ReadyFold, ToWriter, WriterStart } from './writer-protocol.ts';

/** A clock this far behind the newest input is said. */
const CLOCK_TOLERANCE_MS = 5_000;

export type FactListener = (facts: readonly Recorded[]) => void;

interface Ticket {
  resolve: (answer: Answer | null) => void;
  reject: (failure: Error) => void;
}

/** Handle of a running site: one writer thread, one follower state on this thread. */
export class Site {
  readonly clock: PlantClock;
  readonly recovery: Extract<FromWriter, { kind: 'ready' }>['recovery'];
  readonly #worker: Worker;
  readonly #state: SiteState;
  readonly #tickets = new Map<number, Ticket>();
  readonly #listeners = new Set<FactListener>();
  #nextTicket = 1;
  #pulse: Pulse | null = null;
  #blocked: Blocked | null = null;
  #ended: PortFailure | null = null;
  #onFatal: (failure: PortFailure) => void = () => undefined;
  #onStopped: () => void = () => undefined;

  private constructor(worker: Worker, clock: PlantClock, state: SiteState, recovery: Site['recovery']) {
    this.#worker = worker;
    this.clock = clock;
    this.#state = state;
    this.recovery = recovery;
    worker.on('message', (message: FromWriter) => this.#take(message));
    worker.on('error', (failure) => this.#end('E-WRITER-002', failure.message));
    worker.on('exit', () => this.#onStopped());
  }

  /**
   * Starts the writer and resolves when it has come back from its journal.
   * @throws PortFailure E-LOCK-001 when another process holds the data folder
   */
  static open(start: WriterStart): Promise<Site> {
    const worker = new Worker(threadUrl('writer-thread', import.meta.url), {
      workerData: start,
      name: 'throughline writer',
    });
    return new Promise((resolve, reject) => {
      let snapshot: SiteState | null = null;
      const take = (message: FromWriter): void => {
        if (message.kind === 'snapshot') {
          snapshot = snapshotState(message.state);
          return;
        }
        worker.removeListener('message', take);
        worker.removeListener('error', reject);
        if (message.kind === 'ready') {
          const state = foldAtReady(message.fold, snapshot);
          resolve(new Site(worker, new PlantClock(start.clock), state, message.recovery));
        } else if (message.kind === 'fatal') {
          worker.terminate().catch(() => undefined);
          reject(new PortFailure(message.code, message.message, message.mend, false));
        }
      };
      worker.once('error', reject);
      worker.on('message', take);
    });
  }

  /** The fold of everything committed so far. Read only. */
  state(): SiteState {
    return this.#state;
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  /** How far the machine's clock has leapt ahead of plant time, ms; 0 when it has not. */
  clockStepMs(): number {
    return this.clock.held()?.stepMs ?? 0;
  }

  readings(): SignalReadings | null {
    return this.#pulse?.readings ?? null;
  }

  /** Inputs that wait for the writer, and how far behind the log is. */
  pulse(): Pulse | null {
    return this.#pulse;
  }

  /** Why input is not written, or not judged in time; null when all is well. */
  blocked(): Blocked | null {
    return this.#blocked ?? this.#clockAhead() ?? this.#clockBehind();
  }

  /** A leap ahead is not followed at once: it would make every signal silent and every delay late. */
  #clockAhead(): Blocked | null {
    const held = this.clock.held();
    if (!held) return null;
    const leftMin = Math.max(1, Math.ceil((BELIEVED_AFTER_MS - held.forMs) / 60_000));
    return {
      code: 'E-CLOCK-002',
      message: `The machine's clock leapt ahead by ${Math.round(held.stepMs / 60_000)} min. Plant time goes on as before; readings are stored and judged.`,
      mend: `Set the clock right (NTP). Is the new time right, an administrator confirms it; else it is taken after ${leftMin} min without another leap.`,
      sinceMs: this.clock.nowMs() - held.forMs,
    };
  }

  /** Plant time never goes back: while the machine's clock is behind what came, due things wait until it has caught up. */
  #clockBehind(): Blocked | null {
    const { nowMs } = this.#state;
    const behindMs = this.clock.spec.kind === 'machine' ? nowMs - Date.now() : 0;
    if (behindMs < CLOCK_TOLERANCE_MS) return null;
    return {
      code: 'E-CLOCK-001',
      message: `The machine's clock is ${Math.ceil(behindMs / 60_000)} min behind the newest input, so delays and missing readings are judged late.`,
      mend: 'Set the clock right (NTP). If it stood ahead before, plant time catches up by itself.',
      sinceMs: nowMs,
    };
  }

  /** Runs a command; resolves after its facts are on disk and folded here. A repeated id gets its first answer. */
  async run(command: Command): Promise<Answer> {
    return (await this.#send((ticket) => ({ kind: 'command', ticket, command }))) as Answer;
  }

  /**
   * Hands a batch over; resolves after the commit.
   * @param receivedMs plant time of receipt; null = now
   * @throws PortFailure retryable while the site cannot write: the sender keeps the samples
   */
  async accept(batch: Batch, receivedMs: number | null): Promise<void> {
    const transfer = [batch.signal.buffer, batch.timeMs.buffer, batch.value.buffer, batch.quality.buffer];
    await this.#send((ticket) => ({ kind: 'batch', ticket, batch, receivedMs }), transfer as ArrayBuffer[]);
  }

  /** Tells plant time by another rule from now on, on both threads. */
  setClock(spec: ClockSpec): void {
    this.clock.set(spec);
    this.#post({ kind: 'clock', spec });
  }

  /** Moves a driven clock to `toMs`, deciding on the way whatever falls due. */
  async drive(toMs: number): Promise<void> {
    await this.#send((ticket) => ({ kind: 'drive', ticket, toMs }));
    if (toMs > this.clock.nowMs()) this.clock.set({ kind: 'driven', plantMs: toMs });
  }

  /** Saves a snapshot and signs the head now. */
  async checkpoint(): Promise<void> {
    await this.#send((ticket) => ({ kind: 'checkpoint', ticket }));
  }

  /** Batches up to `through` rest in the sample store; the journal may forget them. */
  archived(through: number): void {
    this.#post({ kind: 'archived', through });
  }

  /** Calls back with the facts of each commit, in order, when they are folded here. */
  onFacts(listener: FactListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back after each commit with the stages that have news. */
  subscribe(listener: (change: { seq: number; stages: string[] }) => void): () => void {
    return this.onFacts((facts) => {
      const stages = [...new Set(facts.map((fact) => wordOf(fact.type)))];
      listener({ seq: this.#state.facts, stages });
    });
  }

  ready(): { ready: boolean; why: string } {
    if (this.#ended) return { ready: false, why: this.#ended.message };
    const held = this.blocked();
    if (held) return { ready: false, why: held.message };
    return { ready: true, why: 'The journal is open and written.' };
  }

  /** The writer met a failure after which the process must end. */
  onFatal(call: (failure: PortFailure) => void): void {
    this.#onFatal = call;
    if (this.#ended) call(this.#ended);
  }

  async close(): Promise<void> {
    this.clock.stop();
    if (this.#ended) return;
    const stopped = new Promise<void>((resolve) => {
      this.#onStopped = resolve;
    });
    this.#post({ kind: 'stop' });
    await stopped;
  }

  #post(message: ToWriter, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #send(message: (ticket: number) => ToWriter, transfer: ArrayBuffer[] = []): Promise<Answer | null> {
    if (this.#ended) return Promise.reject(this.#ended);
    const ticket = this.#nextTicket++;
    return new Promise((resolve, reject) => {
      this.#tickets.set(ticket, { resolve, reject });
      this.#post(message(ticket), transfer);
    });
  }

  #take(message: FromWriter): void {
    switch (message.kind) {
      case 'facts':
        for (const fact of message.facts) evolveSite(this.#state, fact);
        if (message.facts.some((fact) => fact.type === 'acquire.clock-stepped')) this.clock.accept();
        this.#state.intakeSeq = message.intakeSeq;
        if (message.facts.length > 0) for (const listener of this.#listeners) listener(message.facts);
        return;
      case 'answer':
        return this.#claim(message.ticket)?.resolve(message.answer);
      case 'failure':
        return this.#claim(message.ticket)?.reject(
          new PortFailure(message.code, message.message, message.mend, message.retryable),
        );
      case 'pulse':
        this.#pulse = message.pulse;
        return;
      case 'blocked':
        this.#blocked = message.blocked;
        return;
      case 'fatal':
        return this.#end(message.code, message.message, message.mend);
      default:
        return;
    }
  }

  #claim(ticket: number): Ticket | undefined {
    const held = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return held;
  }

  #end(code: string, message: string, mend = 'Start again; the site comes back from its journal.'): void {
    this.#ended = new PortFailure(code, message, mend, false);
    for (const ticket of this.#tickets.values()) ticket.reject(this.#ended);
    this.#tickets.clear();
    this.#onFatal(this.#ended);
  }
}

function foldAtReady(fold: ReadyFold, snapshot: SiteState | null): SiteState {
  if (fold.kind === 'whole') return fold.state;
  if (!snapshot) throw new Error('bug: the writer names a snapshot that it did not send');
  for (const fact of fold.facts) evolveSite(snapshot, upcastFact(fact));
  snapshot.intakeSeq = fold.intakeSeq;
  snapshot.nowMs = fold.nowMs;
  return snapshot;
}
