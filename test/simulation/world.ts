// One site over its real journal, as the writer's thread holds it, with faults on the way to the disk.
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal, openSampleStore } from '#app/compose.ts';
import { PlantClock } from '#app/plant-clock.ts';
import { recover, senseSnapshotOf, snapshotOf } from '#app/recover.ts';
import { Writer } from '#app/writer.ts';
import { Archiver } from '#adapters/store/parquet/archive.ts';
import { decodeBatch } from '#acquire/batch-codec.ts';
import { type Line, lineDueMs } from '#core/line.ts';
import { PortFailure } from '#ports/failure.ts';
import type { Journal } from '#ports/journal.ts';
import type { SampleStore } from '#ports/samples.ts';
import type { Command } from '#vocabulary/command.ts';
import { isRefusal } from '#vocabulary/refusal.ts';

export const SITE = 'sim';
/** Monday of week 48: the plants of the simulation begin here. */
export const START_MS = Date.UTC(2026, 10, 23);
/** One snapshot in so many holds the whole line. */
const WHOLE_EVERY = 3;
const RETRY_MS = 1;

/** What the disk will do: fail so many commits for space, or be cut off after so many. */
export interface Disk {
  noSpaceFor: number;
  /** commits until the process is cut off; null = never. The one that is cut off may or may not reach the disk */
  cutAfter: number | null;
  reachesDisk: boolean;
}

export class World {
  readonly dir: string;
  readonly disk: Disk = { noSpaceFor: 0, cutAfter: null, reachesDisk: false };
  readonly setAside: number[] = [];
  writer!: Writer;
  clock!: PlantClock;
  /** set when an error ended the site; a cut-off process says nothing more */
  fatal: Error | null = null;
  blockedTimes = 0;
  #journal!: Journal;
  #store: SampleStore | null = null;
  #savedIntakeSeq = 0;
  #snapshots = 0;
  #cut: () => void = () => undefined;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /**
   * @param base folder to begin with; it is copied
   * @param plantMs plant time to begin at
   */
  static async open(base: string | null, plantMs = START_MS): Promise<World> {
    const dir = mkdtempSync(join(quickFolder(), 'throughline-simulation-'));
    if (base !== null) cpSync(base, dir, { recursive: true });
    mkdirSync(dir, { recursive: true });
    const world = new World(dir);
    await world.start(plantMs);
    return world;
  }

  get line(): Line {
    return this.writer.line;
  }

  /** Comes back from the disk, as a process does that is started again. */
  async start(plantMs: number): Promise<void> {
    this.disk.cutAfter = null;
    this.disk.noSpaceFor = 0;
    this.#journal = await openJournal(this.dir, { site: SITE, headsPath: null });
    const rows: SampleStore['rows'] = async (from, to) => (await this.store()).rows(from, to);
    const recovery = await recover(this.#journal, rows, SITE);
    this.#savedIntakeSeq = recovery.line.state.intakeSeq - recovery.inputs;
    this.clock = new PlantClock({ kind: 'driven', plantMs });
    const journal = this.#journal;
    const faulty = this.#faulty(journal);
    this.writer = new Writer(
      faulty,
      recovery.line,
      this.clock,
      async () => (await recover(journal, rows, SITE)).line,
      {
        committed: () => undefined,
        blocked: (blocked) => {
          if (blocked) this.blockedTimes++;
        },
        setAside: (seq) => this.setAside.push(seq),
        fatal: (failure) => {
          this.fatal = failure;
          this.#cut();
        },
      },
      RETRY_MS,
    );
  }

  /** Resolves when the process is cut off; from then on nothing more is written. */
  untilCut(): Promise<void> {
    return new Promise((resolve) => {
      this.#cut = resolve;
    });
  }

  /** Cuts the process off here: what was not committed is gone, and the journal's file is left as it lies. */
  async crash(): Promise<void> {
    this.disk.cutAfter ??= 0;
    await new Promise((resolve) => setImmediate(resolve));
    await this.#journal.close();
  }

  async store(): Promise<SampleStore> {
    this.#store ??= await openSampleStore(this.dir);
    return this.#store;
  }

  async snapshot(): Promise<void> {
    const head = this.#journal.head();
    const { state } = this.line;
    if (state.intakeSeq !== head.intakeSeq || state.facts !== head.facts) return;
    // the whole line now and then, its data plane alone in between, as a large plant does
    if (this.#snapshots++ % WHOLE_EVERY === 0)
      await this.#journal.saveSnapshot(snapshotOf(this.line, head.hash));
    else await this.#journal.saveSnapshot(senseSnapshotOf(this.line, head.hash), 'sense');
    this.#savedIntakeSeq = head.intakeSeq;
  }

  async signHead(): Promise<void> {
    await this.#journal.signHead(this.line.state.nowMs);
  }

  async archive(): Promise<void> {
    const through = await new Archiver(await this.store(), decodeBatch).archiveFrom(this.#journal);
    await this.#journal.forgetBatches(Math.min(through, this.#savedIntakeSeq));
  }

  /** Moves plant time and decides on the way whatever falls due. */
  async drive(toMs: number): Promise<void> {
    for (;;) {
      const dueMs = lineDueMs(this.line);
      if (dueMs > toMs) break;
      const atMs = Math.max(dueMs, this.clock.nowMs());
      this.clock.set({ kind: 'driven', plantMs: atMs });
      await this.writer.submit({ kind: 'tick', atMs });
    }
    if (toMs > this.clock.nowMs()) this.clock.set({ kind: 'driven', plantMs: toMs });
  }

  /** Runs commands that must be taken, for setting the scene. */
  async describe(commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      const answer = await this.writer.submit({ kind: 'command', command });
      if (answer && isRefusal(answer)) {
        throw new Error(`${command.type}: ${answer.code} ${answer.message} ${JSON.stringify(answer.items)}`);
      }
    }
  }

  /** Ends in good order; the folder stays until `remove`. */
  async close(): Promise<void> {
    await this.writer.close();
    await this.#journal.close();
  }

  async remove(): Promise<void> {
    await this.#store?.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  #faulty(journal: Journal): Journal {
    const { disk } = this;
    const cutOff = (): Promise<never> => {
      this.#cut();
      return new Promise(() => undefined);
    };
    return {
      head: () => journal.head(),
      facts: (from, limit) => journal.facts(from, limit),
      intake: (from, limit) => journal.intake(from, limit),
      answer: (commandId) => journal.answer(commandId),
      loadSnapshot: (format, part) => journal.loadSnapshot(format, part),
      saveSnapshot: (snapshot, part) => journal.saveSnapshot(snapshot, part),
      forgetBatches: (through) => journal.forgetBatches(through),
      signHead: (atMs) => journal.signHead(atMs),
      close: () => journal.close(),
      async commit(units) {
        if (disk.cutAfter !== null && disk.cutAfter <= 0) return cutOff();
        if (disk.noSpaceFor > 0) {
          disk.noSpaceFor--;
          throw new PortFailure('E-JOURNAL-001', 'no space left', 'Free space.', true);
        }
        if (disk.cutAfter === 1) {
          disk.cutAfter = 0;
          if (disk.reachesDisk) await journal.commit(units);
          return cutOff();
        }
        if (disk.cutAfter !== null) disk.cutAfter--;
        await journal.commit(units);
      },
    };
  }
}

/** Memory where there is some: what is cut off here is a process, never the machine, and each commit waits less. */
function quickFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}
