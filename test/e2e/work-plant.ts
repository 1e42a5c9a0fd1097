// A running plant with three like machines, driven through a few weeks: one case for each state a screen can show.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPlanFile } from '#adapters/files/plan/read-file.ts';
import { goLiveSteps, planCommands, planPeople } from '#app/plan/steps.ts';
import { httpFace } from '#cli/face.ts';
import { RunningPlant } from '#app/plant.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import { type Actor, namedId } from '#vocabulary/ids.ts';
import { emptyBatch } from '#vocabulary/sample.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';

const PLAN = fileURLToPath(new URL('../../examples/recorded-machine/plan.yaml', import.meta.url));
const STEP_MS = 5 * MINUTE_MS;
/** Under the time after which a signal counts as lost. */
const CHUNK_MS = 20 * MINUTE_MS;
const GOOD = 0;
/** Monday; plant time begins here. */
export const START_MS = Date.UTC(2014, 0, 6);
export const SITE = 'recorded';

/** Machine and hours since the start between which its temperature is too low. */
export interface Cold {
  machine: number;
  fromH: number;
  toH: number;
}

export class WorkPlant {
  readonly plant: RunningPlant;
  readonly #dataDir: string;
  readonly #cold: readonly Cold[];
  #command = 0;

  private constructor(plant: RunningPlant, dataDir: string, cold: readonly Cold[]) {
    this.plant = plant;
    this.#dataDir = dataDir;
    this.#cold = cold;
  }

  /** @param cold when which machine runs cold, which is what the monitors watch for */
  static async start(cold: readonly Cold[], httpPort = 0): Promise<WorkPlant> {
    const dataDir = await mkdtemp(join(tmpdir(), 'throughline-screens-'));
    const plant = await RunningPlant.start(
      {
        dataDir,
        site: SITE,
        clock: { kind: 'driven', plantMs: START_MS },
        demo: true,
        mqttHost: '127.0.0.1',
        mqttPort: 0,
        tls: false,
        headsPath: null,
      },
      httpFace({ host: '127.0.0.1', port: httpPort, tls: null }),
    );
    const rig = new WorkPlant(plant, dataDir, cold);
    await rig.#load();
    return rig;
  }

  get url(): string {
    return this.plant.url;
  }

  get nowMs(): number {
    return this.plant.site.nowMs();
  }

  /** A link that signs in as a simulated person of the plan. */
  link(person: string): string {
    return `${this.url}${this.plant.identity.createFirstLink(namedId(SITE, person)).path}`;
  }

  async run(person: string, type: string, data: unknown): Promise<void> {
    const actor: Actor = person.includes(':') ? (person as Actor) : `person:${namedId(SITE, person)}`;
    await this.#send({ id: `test:${++this.#command}`, type, actor, data });
  }

  /** Readings of all machines every five minutes, and the clock with them. */
  async advance(hours: number): Promise<void> {
    const { site } = this.plant;
    const endMs = this.nowMs + hours * HOUR_MS;
    for (let fromMs = this.nowMs; fromMs < endMs; fromMs += CHUNK_MS) {
      const machines = [1, 2, 3];
      const batch = emptyBatch((CHUNK_MS / STEP_MS) * machines.length);
      for (let atMs = fromMs; atMs < fromMs + CHUNK_MS; atMs += STEP_MS) {
        for (const machine of machines) {
          const index = site.state().acquire.index.get(namedId(SITE, `M-${machine}-temperature`));
          if (index === undefined) throw new Error(`machine ${machine} has no claimed signal`);
          const row = batch.length++;
          batch.signal[row] = index;
          batch.timeMs[row] = atMs;
          batch.value[row] = this.#temperature(machine, atMs);
          batch.quality[row] = GOOD;
        }
      }
      await site.drive(fromMs + CHUNK_MS);
      await site.accept(batch, fromMs + CHUNK_MS);
    }
  }

  #temperature(machine: number, atMs: number): number {
    const hour = (atMs - START_MS) / HOUR_MS;
    const wave = 2.5 * Math.sin(hour / 3.8 + machine) + 1.2 * Math.sin(hour * 1.7);
    const cold = this.#cold.find((one) => one.machine === machine && hour >= one.fromH && hour < one.toH);
    if (!cold) return 84 + wave;
    return 84 + wave - Math.min(30, (hour - cold.fromH) * 2.2);
  }

  async stop(): Promise<void> {
    await this.plant.stop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  async #load(): Promise<void> {
    const read = await readPlanFile(PLAN);
    if (!read.plan) throw new Error('the example plan cannot be read');
    const plan = threeMachines(read.plan);
    for (const person of planPeople(plan, SITE)) this.plant.people.put(person);
    for (const command of planCommands(plan, SITE)) await this.#send(command);
    for (const monitor of plan.monitors) {
      await this.run('ada', 'monitor.record-backtest', {
        monitorId: namedId(SITE, monitor.monitorId),
        version: 1,
        from: START_MS - 90 * DAY_MS,
        to: START_MS,
        samples: 25_920,
        alerts: 4,
        notifications: 3,
        alertsPerWeek: 0.3,
        notificationsPerWeek: 0.2,
        events: 2,
        caught: 2,
        precision: 0.67,
        leadHours: [14, 22],
        inHindsight: true,
        dataHash: 'a'.repeat(64),
      });
    }
    for (const { command } of goLiveSteps(plan, SITE)) await this.#send(command);
  }

  async #send(command: Command): Promise<void> {
    const answer = await this.plant.site.run(command);
    if (isRefusal(answer)) throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
  }
}

/** The example's one machine three times over, each with ids of its own, and somebody who minds the doors. */
function threeMachines(plan: PlanDocument): PlanDocument {
  const all = structuredClone(plan);
  all.people.push({
    personId: 'ida',
    name: 'Ida Gate (simulated)',
    simulated: true,
    roles: ['administrator', 'security officer'],
  });
  for (const machine of [2, 3]) {
    const rename = <T>(part: T): T =>
      JSON.parse(
        JSON.stringify(part)
          .replaceAll('M-1', `M-${machine}`)
          .replaceAll('Machine 1', `Machine ${machine}`)
          .replaceAll('machine-1', `machine-${machine}`),
      ) as T;
    all.assets.push(...rename(plan.assets));
    all.criticality.push(...rename(plan.criticality));
    all.failureModes.push(...rename(plan.failureModes));
    all.signals.push(...rename(plan.signals));
    all.monitors.push(...rename(plan.monitors));
  }
  return all;
}
