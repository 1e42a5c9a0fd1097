// A running plant whose threads stand in every state that the pictures show, driven through three weeks.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPlan } from '#app/compose.ts';
import { RunningPlant } from '#app/plant.ts';
import { goLiveSteps, planPeople, planSteps } from '#app/plan/steps.ts';
import { httpFace } from '#cli/face.ts';
import type { Command } from '#vocabulary/command.ts';
import { type Actor, namedId } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { emptyBatch } from '#vocabulary/sample.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';

const PLAN = fileURLToPath(new URL('line-plant.yaml', import.meta.url));
export const SITE = 'eastmoor';
/** Monday; plant time begins here. */
export const START_MS = Date.UTC(2026, 8, 21, 4);
const STEP_MS = 10 * MINUTE_MS;
const CHUNK_H = 4;
const GOOD = 0;
/** The boiler's gateway falls silent at this hour. */
const SILENT_FROM_H = 500;

type Shape = (hour: number) => number;

const wave = (hour: number, size: number, phase = 0): number =>
  size * (Math.sin(hour / 3.8 + phase) + 0.5 * Math.sin(hour * 1.7 + phase));
/** Nothing before `fromH`, then `perHour` more each hour until `toH`, then nothing again. */
const growth = (hour: number, fromH: number, toH: number, perHour: number): number =>
  hour < fromH || hour >= toH ? 0 : (hour - fromH) * perHour;

/** What each signal reads, by hour since the start. Simple on purpose: only the crossings matter. */
const SIGNALS: Record<string, Shape> = {
  'P-201-vibration': (h) => 1.9 + wave(h, 0.08) + growth(h, 390, 9_999, 0.011),
  'HOM-204-leak': (h) => 4 + wave(h, 0.4, 1) + growth(h, 450, 9_999, 0.19),
  'CV-104-oil': (h) => 58 + wave(h, 1.2, 2) + growth(h, 300, 330, 0.8) + growth(h, 470, 500, 0.7),
  'C-102-torque': (h) => 2.1 + wave(h, 0.06, 3) - growth(h, 120, 170, 0.02) - growth(h, 255, 300, 0.02),
  'CMP-301-outlet': (h) => 88 + wave(h, 1.5, 4) + growth(h, 420, 9_999, 0.22),
  'HX-203-approach': (h) => 2.4 + wave(h, 0.1, 5) + growth(h, 200, 9_999, 0.003),
  'B-303-feed': (h) => (h >= SILENT_FROM_H ? Number.NaN : 2.2 + wave(h, 0.1, 6)),
};

export class LinePlant {
  readonly plant: RunningPlant;
  readonly #dataDir: string;
  #hour = 0;
  #command = 0;

  private constructor(plant: RunningPlant, dataDir: string) {
    this.plant = plant;
    this.#dataDir = dataDir;
  }

  /** An empty plant: a server, and nothing described yet. */
  static async start(port = 0): Promise<LinePlant> {
    const dataDir = await mkdtemp(join(tmpdir(), 'throughline-line-'));
    const plant = await RunningPlant.start(
      {
        dataDir,
        site: SITE,
        clock: { kind: 'driven', plantMs: START_MS },
        demo: true,
        tls: false,
        mqttHost: '127.0.0.1',
        mqttPort: 0,
        headsPath: null,
      },
      httpFace({ host: '127.0.0.1', port, tls: null }),
    );
    return new LinePlant(plant, dataDir);
  }

  /** The plan with its backtests, through the gate. */
  async load(): Promise<void> {
    const { plan } = await readPlan(PLAN);
    if (!plan) throw new Error('the plan of the line plant cannot be read');
    for (const person of planPeople(plan, SITE)) this.plant.people.put(person);
    for (const { command } of planSteps(plan, SITE)) await this.#send(command);
    for (const monitor of plan.monitors) {
      if (monitor.wanted === 'live')
        await this.run('fischer', 'monitor.record-backtest', score(monitor.monitorId, 1));
    }
    for (const { command } of goLiveSteps(plan, SITE)) await this.#send(command);
  }

  /** Three weeks with people: two finished cases, three open ones, a trial, a blind monitor, a version in work. */
  async live(): Promise<void> {
    await this.advance(200);
    await this.repairCapper('as stated');
    await this.advance(136);
    await this.repairCapper('nothing found');
    await this.advance(156);
    await this.acceptFirst('CMP-301');
    await this.advance(36);
    await this.changePasteuriser();
  }

  get url(): string {
    return this.plant.url;
  }

  id(name: string): string {
    return namedId(SITE, name);
  }

  /** A link that signs in as a simulated person of the plan. */
  link(person: string): string {
    return `${this.url}${this.plant.identity.createFirstLink(this.id(person)).path}`;
  }

  async run(person: string, type: string, data: unknown): Promise<void> {
    const actor: Actor = `person:${this.id(person)}`;
    await this.#send({ id: `test:${++this.#command}`, type, actor, data });
  }

  /** Readings of all signals every ten minutes, and the clock with them. */
  async advance(hours: number): Promise<void> {
    const end = this.#hour + hours;
    for (; this.#hour < end; this.#hour += CHUNK_H) {
      const fromMs = START_MS + this.#hour * HOUR_MS;
      const toMs = fromMs + CHUNK_H * HOUR_MS;
      await this.plant.site.drive(toMs);
      await this.plant.site.accept(this.#batch(fromMs, toMs), toMs);
    }
  }

  #batch(fromMs: number, toMs: number) {
    const { index } = this.plant.site.state().acquire;
    const names = Object.keys(SIGNALS);
    const batch = emptyBatch((CHUNK_H * HOUR_MS * names.length) / STEP_MS);
    for (let atMs = fromMs + STEP_MS; atMs <= toMs; atMs += STEP_MS) {
      for (const name of names) {
        const signal = index.get(this.id(name));
        const value = (SIGNALS[name] as Shape)((atMs - START_MS) / HOUR_MS);
        if (signal === undefined || Number.isNaN(value)) continue;
        const row = batch.length++;
        batch.signal[row] = signal;
        batch.timeMs[row] = atMs;
        batch.value[row] = value;
        batch.quality[row] = GOOD;
      }
    }
    return batch;
  }

  /** Accepts, releases and starts the open work on an asset. */
  async acceptFirst(asset: string): Promise<{ caseId: string; orderId: string }> {
    const { work } = this.plant.site.state();
    const open = [...work.cases.values()].find(
      (one) => one.closedAtMs === null && one.fault.assetId === this.id(asset),
    );
    if (!open?.openDraftId) throw new Error(`${asset} has no open case with a draft`);
    await this.run('brandt', 'work.accept-draft', {
      draftId: open.openDraftId,
      dayMs: this.plant.site.nowMs(),
    });
    const orderId = this.plant.site.state().work.cases.get(open.caseId)?.openOrderId ?? '';
    await this.run('brandt', 'work.release-order', { orderId });
    await this.run(asset === 'CMP-301' ? 'petrov' : 'novak', 'work.start-order', { orderId });
    return { caseId: open.caseId, orderId };
  }

  async repairCapper(found: 'as stated' | 'nothing found'): Promise<void> {
    const { caseId, orderId } = await this.acceptFirst('C-102');
    const repaired = found === 'as stated';
    const given = {
      caseId,
      finding: found,
      evidence: repaired ? 'strong' : 'none',
      lookAgainMs: null,
      hours: 1,
      noteRef: null,
    };
    await this.run('novak', 'work.give-finding', { ...given, moment: 'check' });
    if (repaired) await this.run('novak', 'work.give-finding', { ...given, moment: 'as found' });
    const booked = {
      orderId,
      actualH: repaired ? 7 : 1,
      partsMinor: repaired ? 19_200 : 0,
      downtimeH: repaired ? 2 : 0,
    };
    await this.run('novak', 'work.finish-order', { ...booked, repaired });
  }

  /** A second version of the pasteuriser's monitor that waits for its signatures. */
  async changePasteuriser(): Promise<void> {
    const monitorId = this.id('M-03');
    const definition = this.plant.site.state().monitor.monitors.get(monitorId)?.versions.get(1)?.definition;
    if (definition?.condition.kind !== 'limit') throw new Error('M-03 has no limit');
    const changed = { ...definition, condition: { ...definition.condition, limit: 3.5 } };
    await this.run('fischer', 'monitor.change', {
      monitorId,
      definition: changed,
      reason: 'fouling is seen six days earlier',
    });
    await this.run('fischer', 'monitor.record-backtest', score('M-03', 2));
    await this.run('fischer', 'monitor.propose', { monitorId, version: 2 });
  }

  async stop(): Promise<void> {
    await this.plant.stop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  async #send(command: Command): Promise<void> {
    const answer = await this.plant.site.run(command);
    if (isRefusal(answer)) throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
  }
}

function score(monitor: string, version: number) {
  return {
    monitorId: namedId(SITE, monitor),
    version,
    from: START_MS - 365 * DAY_MS,
    to: START_MS,
    samples: 52_560,
    alerts: 5,
    notifications: 4,
    alertsPerWeek: 0.1,
    notificationsPerWeek: 0.1,
    events: 3,
    caught: 3,
    precision: 0.75,
    leadHours: [160, 250, 290],
    inHindsight: true,
    dataHash: 'a'.repeat(64),
  };
}
