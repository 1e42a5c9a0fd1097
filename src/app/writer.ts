// The one writer of a site: takes inputs in order, feeds the line, commits, and only then answers.
import { encodeBatch } from '#acquire/batch-codec.ts';
import { type Answer, feed, type Input, type Line, lineDueMs } from '#core/line.ts';
import type { PortFailure } from '#ports/failure.ts';
import { type CommitUnit, type Journal, MAX_UNITS_PER_COMMIT } from '#ports/journal.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { Batch } from '#vocabulary/sample.ts';
import { answerAgain, keptAnswer, repeated } from './kept-answer.ts';
import type { PlantClock } from './plant-clock.ts';
import {
  type Blocked,
  isRetryable,
  MAX_WAITING_INPUTS,
  noSpace,
  stopping,
  tooMany,
  wasSetAside,
} from './writer-refusals.ts';

/** Pause before the same bytes are tried again after a commit failed for space. */
export const RETRY_COMMIT_MS = 500;

export type Submission =
  | { kind: 'batch'; batch: Batch; receivedMs: number | null }
  | { kind: 'command'; command: Command }
  | { kind: 'tick'; atMs: number | null };

interface Waiting {
  submission: Submission;
  resolve: (answer: Answer | null) => void;
  reject: (reason: Error) => void;
}

export interface WriterEvents {
  /** facts of one commit, after it is on disk */
  committed(facts: Recorded[], intakeSeq: number): void;
  blocked(blocked: Blocked | null): void;
  /** an input that stopped the writer twice; its bytes are kept by the caller */
  setAside(seq: number, payload: Uint8Array, message: string): void;
  /** a failure after which the process must end */
  fatal(failure: Error): void;
}

export class Writer {
  readonly #journal: Journal;
  readonly #clock: PlantClock;
  readonly #events: WriterEvents;
  readonly #rebuild: () => Promise<Line>;
  readonly #retryMs: number;
  #line: Line;
  #waiting: Waiting[] = [];
  #draining = false;
  #closed = false;
  #blocked: Blocked | null = null;
  #cancelDue: (() => void) | null = null;
  readonly #text = new TextEncoder();

  constructor(
    journal: Journal,
    line: Line,
    clock: PlantClock,
    rebuild: () => Promise<Line>,
    events: WriterEvents,
    retryMs = RETRY_COMMIT_MS,
  ) {
    this.#retryMs = retryMs;
    this.#journal = journal;
    this.#line = line;
    this.#clock = clock;
    this.#rebuild = rebuild;
    this.#events = events;
  }

  get line(): Line {
    return this.#line;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves after the commit; rejects with a retryable PortFailure when the input cannot be taken now. */
  submit(submission: Submission): Promise<Answer | null> {
    if (this.#closed) return Promise.reject(stopping());
    if (this.#blocked && submission.kind !== 'tick') return Promise.reject(noSpace(this.#blocked));
    if (this.#waiting.length >= MAX_WAITING_INPUTS) return Promise.reject(tooMany());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ submission, resolve, reject });
      if (!this.#draining) this.#start();
    });
  }

  #start(): void {
    this.#draining = true;
    setImmediate(() => {
      this.#drain().catch((failure: Error) => this.#events.fatal(failure));
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, MAX_UNITS_PER_COMMIT);
      try {
        await this.#write(group);
      } catch (failure) {
        if (!this.#closed || !isRetryable(failure)) throw failure;
        // Nothing of it is on disk and nobody was told so: its senders still have it.
        for (const { reject } of [...group, ...this.#waiting.splice(0)]) reject(failure);
      }
    }
    this.#draining = false;
    this.#wakeWhenDue();
  }

  async #write(group: Waiting[]): Promise<void> {
    const units: CommitUnit[] = [];
    const answered: { waiting: Waiting; answer: Answer | null }[] = [];
    for (const waiting of group) {
      const known = this.#knownAnswer(waiting.submission, units);
      if (known) {
        answered.push({ waiting, answer: known });
        continue;
      }
      let unit: CommitUnit;
      try {
        unit = this.#feed(waiting.submission);
      } catch (bug) {
        await this.#commit(units.splice(0));
        unit = await this.#tryAgain(waiting.submission, bug as Error);
      }
      units.push(unit);
      const { submission } = waiting;
      const answer =
        unit.command && submission.kind === 'command'
          ? answerAgain(unit.command.answer, submission.command)
          : null;
      answered.push({ waiting, answer });
    }
    await this.#commit(units);
    for (const { waiting, answer } of answered) waiting.resolve(answer);
  }

  /** The answer a command id already got: from the journal, or from this very group. */
  #knownAnswer(submission: Submission, units: CommitUnit[]): Answer | null {
    if (submission.kind !== 'command') return null;
    const id = submission.command.id;
    const here = units.find((unit) => unit.command?.id === id)?.command?.answer;
    const kept = here ?? this.#journal.answer(id);
    return kept === null ? null : repeated(answerAgain(kept, submission.command));
  }

  #feed(submission: Submission): CommitUnit {
    const seq = this.#line.state.intakeSeq + 1;
    const input = this.#input(submission, seq);
    const fed = feed(this.#line, input);
    // from the next input on: this one was still told by the old time
    if (fed.facts.some((fact) => fact.type === 'acquire.clock-stepped')) this.#clock.accept();
    return {
      intake: { seq, receivedMs: this.#line.state.nowMs, kind: input.kind, payload: this.#payload(input) },
      facts: fed.facts,
      command:
        submission.kind === 'command' && fed.answer
          ? { id: submission.command.id, answer: keptAnswer(submission.command, fed.answer) }
          : null,
    };
  }

  #input(submission: Submission, seq: number): Input {
    const nowMs = this.#clock.nowMs();
    switch (submission.kind) {
      case 'batch': {
        const { batch, receivedMs } = submission;
        if (receivedMs === null) this.#hearWitnesses(batch);
        return {
          kind: 'batch',
          seq,
          receivedMs: receivedMs ?? this.#receivedAt(batch, nowMs),
          batch,
          marks: new Uint8Array(batch.length),
        };
      }
      case 'command':
        return { kind: 'command', seq, receivedMs: nowMs, command: submission.command };
      case 'tick':
        return { kind: 'tick', seq, receivedMs: submission.atMs ?? nowMs };
    }
  }

  /** While a leap of the clock is held back, devices' own stamps may speak for it. */
  #hearWitnesses({ signal, timeMs, length }: Batch): void {
    if (this.#clock.held() === null) return;
    for (let i = 0; i < length; i++) this.#clock.witness(signal[i] as number, timeMs[i] as number);
  }

  /** A driven clock follows the newest stamp of what comes; any other clock is its own. */
  #receivedAt(batch: Batch, nowMs: number): number {
    if (this.#clock.spec.kind !== 'driven') return nowMs;
    const newestMs = batch.timeMs.reduce((newest, timeMs) => Math.max(newest, timeMs), nowMs);
    this.#clock.set({ kind: 'driven', plantMs: newestMs });
    return newestMs;
  }

  #payload(input: Input): Uint8Array {
    if (input.kind === 'batch') return encodeBatch(input.batch, input.marks);
    if (input.kind === 'command') return this.#text.encode(JSON.stringify(input.command));
    return new Uint8Array(0);
  }

  /** A bug stopped an input: rebuild from the journal, try once more, then set the input aside and go on. */
  async #tryAgain(submission: Submission, first: Error): Promise<CommitUnit> {
    this.#line = await this.#rebuild();
    try {
      return this.#feed(submission);
    } catch {
      this.#line = await this.#rebuild();
      const seq = this.#line.state.intakeSeq + 1;
      this.#events.setAside(seq, this.#payload(this.#input(submission, seq)), first.message);
      const command: Command = {
        id: `set-aside:${seq}`,
        type: 'acquire.set-aside',
        actor: 'rule:set-aside',
        data: { intakeSeq: seq, code: 'E-INTAKE-009', message: first.message },
      };
      const unit = this.#feed({ kind: 'command', command });
      if (submission.kind !== 'command') return { ...unit, command: null };
      // Its author is told the truth, now and when the same command comes again.
      return {
        ...unit,
        command: { id: submission.command.id, answer: keptAnswer(submission.command, wasSetAside(seq)) },
      };
    }
  }

  async #commit(units: CommitUnit[]): Promise<void> {
    if (units.length === 0) return;
    for (;;) {
      try {
        await this.#journal.commit(units);
        break;
      } catch (failure) {
        if (!isRetryable(failure)) throw failure;
        if (!this.#blocked) this.#block(failure);
        if (this.#closed) throw failure;
        await new Promise((resolve) => setTimeout(resolve, this.#retryMs));
      }
    }
    if (this.#blocked) {
      this.#blocked = null;
      this.#events.blocked(null);
    }
    const last = units.at(-1) as CommitUnit;
    this.#events.committed(
      units.flatMap((unit) => unit.facts),
      last.intake.seq,
    );
  }

  #block(failure: PortFailure): void {
    const { code, message, mend } = failure;
    this.#blocked = { code, message, mend, sinceMs: this.#clock.nowMs() };
    this.#events.blocked(this.#blocked);
    for (const waiting of this.#waiting.filter((entry) => entry.submission.kind !== 'tick')) {
      waiting.reject(noSpace(this.#blocked));
    }
    this.#waiting = this.#waiting.filter((entry) => entry.submission.kind === 'tick');
  }

  #wakeWhenDue(): void {
    this.#cancelDue?.();
    this.#cancelDue = null;
    if (this.#closed) return;
    const dueMs = lineDueMs(this.#line);
    // a driven clock is moved step by step by who drives it, who asks for each due thing
    if (dueMs === Number.POSITIVE_INFINITY || this.#clock.spec.kind === 'driven') return;
    this.#cancelDue = this.#clock.at(dueMs, () => {
      this.submit({ kind: 'tick', atMs: null }).catch(() => undefined);
    });
  }

  /** Arms the next wake-up; called once after start and whenever the clock is told anew. */
  begin(): void {
    if (!this.#draining) this.#wakeWhenDue();
  }

  /** Takes nothing more and resolves when what waits is on disk, or refused because nothing can be written. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelDue?.();
    while (this.#draining) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
