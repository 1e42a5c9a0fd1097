// A clock that leaps ahead, on the writer that runs live: nothing falls silent, no detection is lost, and it replays.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openJournal, openSampleStore } from '#app/compose.ts';
import { EvenClock } from '#app/even-clock.ts';
import { PlantClock } from '#app/plant-clock.ts';
import { RunningPlant } from '#app/plant.ts';
import { recover } from '#app/recover.ts';
import { replayCheck } from '#app/replay-check.ts';
import { Writer } from '#app/writer.ts';
import type { Answer } from '#core/line.ts';
import type { Journal } from '#ports/journal.ts';
import type { Command } from '#vocabulary/command.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { emptyBatch } from '#vocabulary/sample.ts';
import { HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { describingCommands, planFrom } from '../simulation/described.ts';
import { PLAN } from './serving.ts';

const START_MS = Date.UTC(2026, 10, 23);
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'throughline-clock-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A writer whose wall and counter are in the hand of the test. */
class Hand {
  wallMs = START_MS;
  countedMs = 0;
  readonly clock = new PlantClock(
    { kind: 'machine' },
    new EvenClock(
      () => this.wallMs,
      () => this.countedMs,
    ),
  );
  journal!: Journal;
  writer!: Writer;

  async open(): Promise<void> {
    this.journal = await openJournal(dir, { site: 'sim', headsPath: null });
    const store = await openSampleStore(dir);
    const { line } = await recover(this.journal, (from, to) => store.rows(from, to), 'sim');
    await store.close();
    const events = {
      committed: () => undefined,
      blocked: () => undefined,
      setAside: () => undefined,
      fatal: (failure: Error) => {
        throw failure;
      },
    };
    this.writer = new Writer(this.journal, line, this.clock, async () => line, events);
    for (const command of await describingCommands(await planFrom(PLAN), START_MS)) await this.run(command);
  }

  async run(command: Command): Promise<Answer> {
    const answer = (await this.writer.submit({ kind: 'command', command })) as Answer;
    if (isRefusal(answer)) throw new Error(`${command.type}: ${answer.code} ${answer.message}`);
    return answer;
  }

  pass(ms: number): void {
    this.wallMs += ms;
    this.countedMs += ms;
  }

  /** A reading a minute of all signals; the device's own clock is right: it counts evenly. */
  async minutes(n: number, temperature: number, aheadMs = 0): Promise<void> {
    for (let i = 0; i < n; i++) {
      this.pass(MINUTE_MS);
      const { index } = this.writer.line.state.acquire;
      const batch = emptyBatch(3);
      for (const [name, value] of [
        ['temp', temperature],
        ['vib', 1],
        ['tag', i],
      ] as const) {
        batch.signal[batch.length] = index.get(`sim.${name}`) as number;
        batch.timeMs[batch.length] = START_MS + this.countedMs + aheadMs;
        batch.value[batch.length] = value;
        batch.length++;
      }
      await this.writer.submit({ kind: 'batch', batch, receivedMs: null });
    }
  }

  /** Facts of a type about the monitor whose on-delay is five minutes. */
  facts(type: string): number {
    const told = this.journal.facts(1, 100_000).filter((fact) => fact.type === type);
    return told.filter((fact) => (fact.data as { monitorId: string }).monitorId === 'sim.temp-low').length;
  }
}

it('a leap is held back: no silence is said, a detection comes in time; accepted, still no silence; it replays', async () => {
  const hand = new Hand();
  await hand.open();
  await hand.minutes(20, 90);
  hand.wallMs += HOUR_MS;
  expect(hand.clock.nowMs()).toBe(START_MS + hand.countedMs);
  await hand.minutes(3, 50);
  expect(hand.clock.believed()).toBe(false);
  expect(hand.clock.held()).toMatchObject({ stepMs: HOUR_MS });
  expect(hand.facts('detect.raised')).toBe(0);
  await hand.minutes(4, 50);
  const raised = hand.facts('detect.raised');
  expect(raised).toBeGreaterThan(0);
  expect(hand.facts('detect.signal-lost')).toBe(0);

  await hand.run({
    id: 'c1',
    type: 'acquire.accept-clock',
    actor: 'person:sim.mara',
    data: { stepMs: HOUR_MS },
  });
  expect(hand.clock.held()).toBeNull();
  expect(hand.clock.nowMs()).toBe(hand.wallMs);
  await hand.writer.submit({ kind: 'tick', atMs: null });
  expect(hand.writer.line.state.nowMs).toBe(hand.wallMs);
  await hand.minutes(20, 90);
  expect(hand.facts('detect.signal-lost')).toBe(0);
  expect(hand.facts('detect.cleared')).toBe(raised);
  const again = {
    id: 'c2',
    type: 'acquire.accept-clock',
    actor: 'person:sim.mara',
    data: { stepMs: 0 },
  } as const;
  expect(await hand.writer.submit({ kind: 'command', command: again })).toMatchObject({
    code: 'E-ACQUIRE-008',
  });

  await hand.writer.close();
  hand.clock.stop();
  const none = async () => Promise.reject(new Error('nothing is archived'));
  const replayed = await replayCheck(hand.journal, none, 'sim', { fromMs: null, toMs: null });
  expect(replayed).toMatchObject({ equal: true, firstDifference: null });
  await hand.journal.close();
});

it('a machine that slept is believed once its devices are stamped with the new time', async () => {
  const hand = new Hand();
  await hand.open();
  await hand.minutes(2, 90);
  hand.wallMs += HOUR_MS;
  expect(hand.clock.held()).toMatchObject({ stepMs: HOUR_MS });
  await hand.minutes(1, 90, HOUR_MS);
  expect(hand.clock.believed()).toBe(true);
  await hand.writer.close();
  hand.clock.stop();
  await hand.journal.close();
});

it('readings without a stamp that come in one ms are all taken, in order, and replay the same', async () => {
  const plant = await RunningPlant.start(
    {
      dataDir: join(dir, 'data'),
      site: 'sim',
      clock: { kind: 'driven', plantMs: START_MS },
      demo: true,
      tls: false,
      mqttHost: '127.0.0.1',
      mqttPort: 0,
      headsPath: null,
    },
    async () => ({ url: '', close: async () => undefined }),
  );
  try {
    for (const command of await describingCommands(await planFrom(PLAN), START_MS)) {
      const answer = await plant.site.run(command);
      if (isRefusal(answer)) throw new Error(answer.message);
    }
    const readings = Array.from({ length: 200 }, (_, n) => ({
      address: 0,
      timeMs: null,
      value: 80 + n / 10,
      quality: 0,
    }));
    await Promise.all([
      plant.intake.accept('gw', 'sim/temp', readings.slice(0, 120)),
      plant.intake.accept('gw', 'sim/temp', readings.slice(120)),
    ]);
    await plant.archiveNow();
    const signal = plant.site.state().acquire.index.get('sim.temp') as number;
    const series = await plant.series(signal, START_MS - 1, START_MS + 1, 1_000);
    expect(series.value).toEqual(readings.map((reading) => reading.value));
    expect(series.notAccepted.repeated).toBe(0);
    expect(Math.max(...series.timeMs)).toBeLessThan(START_MS + 1);
  } finally {
    await plant.stop();
  }
}, 30_000);
