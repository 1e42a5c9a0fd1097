import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMqttPublisher } from '#adapters/bus/mqtt/publisher.ts';
import { Devices } from '#adapters/identity/devices/devices.ts';
import { MqttSource } from '#adapters/sources/mqtt/broker.ts';
import { readPlan } from '#app/compose.ts';
import { PlantClock } from '#app/plant-clock.ts';
import type { PortFailure } from '#ports/failure.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import type { SourceReading, SourceSink } from '#ports/source.ts';
import { HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { firstEntry } from './first-entry.ts';
import { AREAS, type LivePlant, publishListOf, startLivePlant } from './live-plant.ts';
import type { Area } from './plant/machine.ts';
import { createPlant } from './plant/plant.ts';

const START_MS = Date.UTC(2026, 6, 16, 9);
const example = fileURLToPath(new URL('../../../examples/demo-plant/plan.yaml', import.meta.url));

/** Takes every signal of the plan, and remembers what came from whom. */
class Site implements SourceSink {
  readonly #plan: PlanDocument;
  readonly readings: { clientId: string; signalId: string; reading: SourceReading }[] = [];
  readonly faults: string[] = [];
  constructor(plan: PlanDocument) {
    this.#plan = plan;
  }
  addresses(topic: string) {
    return this.#signals(topic).map(({ address }) => address);
  }
  accept(clientId: string, topic: string, readings: SourceReading[]): Promise<void> {
    const signals = this.#signals(topic);
    for (const reading of readings) {
      this.readings.push({ clientId, signalId: signals[reading.address]?.signalId ?? '', reading });
    }
    return Promise.resolve();
  }
  malformed(_clientId: string, topic: string, code: string): void {
    this.faults.push(`${code} ${topic}`);
  }
  of(signalId: string): SourceReading[] {
    return this.readings.filter((one) => one.signalId === signalId).map(({ reading }) => reading);
  }
  #signals(topic: string) {
    return this.#plan.signals.filter(({ address }) => address.topic === topic);
  }
}

let folder: string;
let site: Site;
let devices: Devices;
let source: MqttSource;
let port = 0;
let clock: PlantClock;
let alive: LivePlant | null = null;
const refused: string[] = [];

async function startBroker(): Promise<void> {
  source = new MqttSource({ sink: site, gate: devices, dataFolder: folder, port, limits: { drainMs: 200 } });
  port = (await source.start()).port;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-live-plant-'));
  site = new Site((await readPlan(example)).plan as PlanDocument);
  devices = await Devices.open(folder);
  clock = new PlantClock({ kind: 'driven', plantMs: START_MS });
  refused.length = 0;
  port = 0;
  await startBroker();
});

afterEach(async () => {
  await alive?.stop();
  alive = null;
  clock.stop();
  await source.stop();
  await rm(folder, { recursive: true });
});

async function start(lists?: Record<Area, string[]>): Promise<void> {
  const plant = createPlant(1, START_MS);
  const secrets = { 'filling-line': '', utilities: '' };
  for (const area of AREAS) {
    secrets[area] = await devices.enrol(area, lists?.[area] ?? publishListOf(plant, area), 0);
  }
  alive = startLivePlant({
    plant,
    clock,
    secrets,
    url: `mqtts://127.0.0.1:${port}`,
    ca: source.certificate?.ca as string,
    open: openMqttPublisher,
    refused: (area: Area, failure: PortFailure) => refused.push(`${area} ${failure.code}`),
  });
}

function pass(minutes: number): void {
  clock.set({ kind: 'driven', plantMs: clock.nowMs() + minutes * MINUTE_MS });
}

async function until(what: () => boolean): Promise<void> {
  const endMs = performance.now() + 10_000;
  while (!what()) {
    if (performance.now() > endMs) throw new Error(`not within 10 s: ${what.toString()}`);
    await pause(10);
  }
}

describe('the live plant', () => {
  it('publishes every signal of the plan as a device does, each area by its own gateway', async () => {
    await start();
    pass(10);
    await until(
      () => site.of('B-303-stack-temperature').length === 10 && site.of('CH-302-power').length === 10,
    );
    await until(() => site.of('P-202-noise').length === 10);
    expect(site.faults).toEqual([]);
    expect(refused).toEqual([]);
    expect(new Set(site.readings.map(({ signalId }) => signalId)).size).toBe(40);
    const senders = new Set(
      site.readings.map(({ clientId, signalId }) => `${clientId} ${signalId.split('-')[0]}`),
    );
    expect([...senders].filter((one) => one.startsWith('utilities')).sort()).toEqual([
      'utilities B',
      'utilities CH',
      'utilities CMP',
    ]);
    const times = site.of('P-201-vibration').map(({ timeMs }) => timeMs);
    expect(times).toEqual(Array.from({ length: 10 }, (_, i) => START_MS + (i + 1) * MINUTE_MS));
    const batch = site.of('CH-302-condenser-approach').map(({ timeMs }) => timeMs);
    expect(batch).toEqual(times);
  });

  it('loses nothing and sends in order when the broker is away for a while', async () => {
    await start();
    pass(5);
    await until(() => site.of('P-201-vibration').length === 5);
    await source.stop();
    pass(120);
    await pause(100);
    await startBroker();
    await until(() => new Set(site.of('P-201-vibration').map(({ timeMs }) => timeMs)).size === 125);
    await until(() => (alive?.counts()['filling-line'].waiting ?? 1) === 0);
    const times = [...new Set(site.of('P-201-vibration').map(({ timeMs }) => timeMs as number))];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(alive?.counts()['filling-line']).toMatchObject({ dropped: 0 });
    expect(alive?.counts()['filling-line'].reconnects).toBeGreaterThan(0);
  }, 20_000);

  it('sends the last hours only when its clock has jumped', async () => {
    await start();
    clock.set({ kind: 'driven', plantMs: START_MS + 50 * HOUR_MS });
    await until(() => site.of('P-201-vibration').length >= 240);
    await pause(100);
    const first = site.of('P-201-vibration')[0]?.timeMs as number;
    expect(first).toBe(START_MS + 46 * HOUR_MS);
  });

  it('stands still until somebody enters, then lives; without anybody it goes on by itself', async () => {
    await start();
    let inside = false;
    const begin = (): void =>
      clock.set({ kind: 'scaled', machineMs: Date.now(), plantMs: START_MS, rate: 600 });
    void firstEntry(() => inside, 60_000).settled.then(begin);
    await pause(600);
    expect([clock.nowMs(), site.readings.length]).toEqual([START_MS, 0]);
    inside = true;
    await until(() => site.of('P-201-vibration').length >= 2);
    const alone = performance.now();
    await firstEntry(() => false, 300).settled;
    expect(performance.now() - alone).toBeLessThan(2_000);
  });

  it('tells when a gateway may not publish, and the other goes on', async () => {
    await start({
      'filling-line': ['elsewhere/#'],
      utilities: publishListOf(createPlant(1, 0), 'utilities'),
    });
    pass(5);
    await until(() => site.of('B-303-feed-pressure').length === 5);
    for (let n = 0; n < 100 && refused.length === 0; n++) {
      pass(1);
      await pause(100);
    }
    expect(refused).toEqual(['filling-line E-PUBLISH-004']);
    expect(site.of('P-201-vibration')).toEqual([]);
  }, 20_000);
});
