// One seeded life of a site: samples, time, people, a failing disk, crashes; what was acknowledged is written down.
import type { Answer } from '#core/line.ts';
import { PortFailure } from '#ports/failure.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Batch } from '#vocabulary/sample.ts';
import { HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { differenceOf } from './compare.ts';
import { People } from './people.ts';
import { Random } from './random.ts';
import { Machine } from './samples.ts';
import { START_MS, World } from './world.ts';

export const STEPS = 150;

export interface SentBatch {
  kind: 'batch';
  number: number;
  batch: Batch;
  /** a copy can be set aside instead of judged */
  sound: boolean;
  acknowledged: boolean;
  /** times it was handed to the writer; more than once when an answer was lost */
  tries: number;
}
export interface SentCommand {
  kind: 'command';
  command: Command;
  answers: Answer[];
  acknowledged: boolean;
  tries: number;
}
export type Sent = SentBatch | SentCommand;

export class Run {
  readonly world: World;
  readonly sent: Sent[] = [];
  readonly #random: Random;
  readonly #machine: Machine;
  readonly #people: People;
  #nowMs = START_MS;
  crashes = 0;
  archives = 0;

  constructor(world: World, seed: number) {
    this.world = world;
    this.#random = new Random(seed);
    const { index } = world.line.state.acquire;
    const place = (name: string): number => index.get(`sim.${name}`) as number;
    this.#machine = new Machine(this.#random, { temp: place('temp'), vib: place('vib'), tag: place('tag') });
    this.#people = new People(this.#random);
  }

  async live(): Promise<void> {
    for (let step = 0; step < STEPS; step++) await this.#step();
    await this.#guarded(this.world.drive(this.#nowMs + HOUR_MS));
    await this.#redeliver();
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const dice = random.next();
    if (dice < 0.4) return this.#deliver(this.#readings(random.chance(0.2) ? random.whole(2, 6) : 1));
    if (dice < 0.78) return this.#deliver([this.#wish()]);
    if (dice < 0.9) return this.#pass();
    if (dice < 0.92) return this.#deliver([...this.#readings(2), this.#wish(), ...this.#readings(1)]);
    if (dice < 0.94) {
      this.world.disk.noSpaceFor = random.whole(1, 3);
      return;
    }
    if (dice < 0.96) return this.world.snapshot();
    if (dice < 0.967) {
      await this.world.snapshot();
      this.archives++;
      return this.world.archive();
    }
    if (dice < 0.972) return this.world.signHead();
    if (dice < 0.985) {
      this.world.disk.cutAfter = random.whole(1, 3);
      this.world.disk.reachesDisk = random.chance(0.5);
      return this.#deliver(this.#readings(random.whole(1, 4)));
    }
    return this.#quietCrash();
  }

  #readings(count: number): Sent[] {
    return Array.from({ length: count }, (): Sent => {
      this.#nowMs += this.#random.whole(1, 240) * 1_000;
      const sound = !this.#random.chance(0.01);
      const made = sound ? this.#machine.batch(this.#nowMs) : this.#machine.unjudgeable(this.#nowMs);
      return { kind: 'batch', ...made, sound, acknowledged: false, tries: 0 };
    });
  }

  #wish(): Sent {
    const command = this.#people.next(this.world.line.state, this.#nowMs);
    return { kind: 'command', command, answers: [], acknowledged: false, tries: 0 };
  }

  async #pass(): Promise<void> {
    const random = this.#random;
    const minutes = random.chance(0.1) ? random.whole(60, 2_000) : random.whole(1, 20);
    this.#nowMs += minutes * MINUTE_MS;
    await this.#guarded(this.world.drive(this.#nowMs));
    if (!random.chance(0.2)) return;
    const before = this.sent.filter((one) => one.acknowledged);
    // a sender that lost its answer asks again, and a tick nobody needed comes by
    if (before.length > 0) await this.#deliver([random.pick(before)]);
    await this.#guarded(this.world.writer.submit({ kind: 'tick', atMs: this.#nowMs - MINUTE_MS }));
  }

  /** Hands things over in one go and waits for all answers; what was refused for now, or cut off, comes again. */
  async #deliver(things: Sent[]): Promise<void> {
    for (const one of things) if (!this.sent.includes(one)) this.sent.push(one);
    await this.#guarded(Promise.all(things.map((one) => this.#hand(one))));
    await this.#redeliver();
  }

  async #redeliver(): Promise<void> {
    for (let tries = 0; tries < 50; tries++) {
      const waiting = this.sent.filter((one) => !one.acknowledged);
      if (waiting.length === 0) return;
      for (const one of waiting) await this.#guarded(this.#hand(one));
    }
    throw new Error('a sender was refused 50 times');
  }

  async #hand(one: Sent): Promise<void> {
    const { writer } = this.world;
    one.tries++;
    try {
      if (one.kind === 'command') {
        one.answers.push((await writer.submit({ kind: 'command', command: one.command })) as Answer);
      } else {
        await writer.submit({ kind: 'batch', batch: one.batch, receivedMs: this.#nowMs });
      }
      one.acknowledged = true;
    } catch (failure) {
      if (!(failure instanceof PortFailure) || !failure.retryable) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Waits for work, or for the process to be cut off, and then starts it again. */
  async #guarded(work: Promise<unknown>): Promise<void> {
    const cut = this.world.untilCut().then(() => 'cut' as const);
    if ((await Promise.race([work, cut])) !== 'cut') return;
    if (this.world.fatal) throw this.world.fatal;
    await this.#restart();
  }

  async #restart(): Promise<void> {
    this.crashes++;
    await this.world.crash();
    await this.world.start(this.#nowMs);
  }

  /** A crash while nothing is under way: what comes back must be what was there, field for field. */
  async #quietCrash(): Promise<void> {
    const before = this.world.line;
    await this.#restart();
    const difference = differenceOf(before, this.world.line);
    if (difference) throw new Error(`what came back differs from what was there: ${difference}`);
  }
}
