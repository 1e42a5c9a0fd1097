import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { PublishCounts, Publisher } from '#ports/publisher.ts';
import { DAY_MS, isoUtc, MINUTE_MS } from '#vocabulary/time.ts';
import { Serving } from './serving.ts';
import { notOnce, storedReadings } from './stored.ts';

const KILLS = Number(process.env['KILLS'] ?? 50);
const ROWS_PER_MESSAGE = 25;
const STEP_MS = 20;
const WINDOW = 20;
/** Share of the kills that fall while the site is still starting. */
const WHILE_STARTING = 0.4;
/** The other kills fall this long after it was ready, at most. */
const AFTER_READY_MS = 250;

let serving: Serving | null = null;
afterEach(async () => {
  await serving?.clear();
});

/** Sends numbered readings, and a temperature that crosses its limit now and then, until it is told to stop. */
class Load {
  sent = 0;
  messages = 0;
  #stopping = false;
  readonly #beganMs = Date.now() - 10 * DAY_MS;
  readonly #device: Publisher;
  readonly #running: Promise<void>;

  constructor(device: Publisher) {
    this.#device = device;
    this.#running = this.#run();
    this.#running.catch(() => undefined);
  }

  /** Resolves when everything that was sent is acknowledged. */
  async stop(): Promise<PublishCounts> {
    this.#stopping = true;
    await this.#running;
    return this.#device.finish();
  }

  async #run(): Promise<void> {
    for (; !this.#stopping; this.messages++) {
      const rows = Array.from({ length: ROWS_PER_MESSAGE }, () =>
        this.#row(++this.sent, this.sent * STEP_MS),
      );
      await this.#device.publish('sim/tag', JSON.stringify(rows));
      if (this.messages % 10 === 0) {
        const minute = this.messages / 10;
        const row = this.#row(minute % 20 < 10 ? 90 : 50, minute * MINUTE_MS);
        await this.#device.publish('sim/temp', JSON.stringify([row]));
      }
      await later(4);
    }
  }

  #row(value: number, afterMs: number): { value: number; time: string } {
    return { value, time: isoUtc(this.#beganMs + afterMs) };
  }
}

it(`keeps every acknowledged reading and command, once, over ${KILLS} kills under load`, async () => {
  serving = await Serving.prepare();
  const here = serving;
  const readyMs = [await here.ready()];
  await here.signIn();
  await here.end('SIGTERM');
  const usualMs = await here.ready();
  readyMs.push(usualMs);
  const load = new Load(await here.device(WINDOW));
  const invited: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const starting = kill === 0 ? Promise.resolve(usualMs) : here.start();
    const early = kill > 0 && Math.random() < WHILE_STARTING;
    const ms = early ? null : await starting;
    const killing = later(Math.random() * (early ? usualMs : AFTER_READY_MS)).then(() => here.end('SIGKILL'));
    if (ms !== null && kill > 0) readyMs.push(ms);
    if (ms !== null) invited.push(...(await inviteUntil(here, killing)));
    await killing;
  }
  await here.ready();
  const { reconnects } = await load.stop();
  const people = (await (await here.ask('GET', '/access/people')).json()) as {
    people: { personId: string }[];
  };
  const known = new Set(people.people.map((one) => one.personId));
  expect((await here.end('SIGTERM')).exit).toBe(0);

  const stored = await storedReadings(here.dataDir, 'sim.tag');
  const sorted = readyMs.slice(1).sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  process.stderr.write(
    `site-crash: ${KILLS} kills, ${load.sent} readings in ${load.messages} messages, ${reconnects} reconnects, ` +
      `${invited.length} commands, ${stored.alerts} alerts; ready in ${at(0.5)} ms (median), ${at(0.95)} ms (p95)\n`,
  );
  expect(notOnce(stored, load.sent)).toEqual([]);
  expect(stored, stored.message).toMatchObject({ auditOk: true, replayEqual: true });
  expect(invited.filter((personId) => !known.has(personId))).toEqual([]);
  // A run in which nothing happened would pass too.
  expect(load.sent).toBeGreaterThan(10 * KILLS);
  expect(invited.length).toBeGreaterThan(KILLS / 5);
  expect(stored.alerts).toBeGreaterThan(0);
}, 240_000);

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Invites one person after another until the process is gone. @returns those whose invitation was acknowledged */
async function inviteUntil(here: Serving, gone: Promise<unknown>): Promise<string[]> {
  const done: string[] = [];
  let isGone = false;
  void gone.then(() => {
    isGone = true;
  });
  while (!isGone) {
    try {
      const answer = await here.ask('POST', '/access/people', {
        name: `P ${randomUUID()}`,
        crewId: null,
        roles: [],
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      done.push(((await answer.json()) as { personId: string }).personId);
      await new Promise((resolve) => setTimeout(resolve, 30));
    } catch (failure) {
      if (!(failure instanceof TypeError)) throw failure;
      await gone;
    }
  }
  return done;
}
