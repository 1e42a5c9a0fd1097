// A plant to measure: the plan of the recorded machine with one temperature copied as often as is asked for.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPlan } from '#app/compose.ts';
import { describePlant } from '#app/demo/load-plan.ts';
import { RunningPlant } from '#app/plant.ts';
import { httpFace } from '#cli/face.ts';
import type { PlanDocument, PlanMonitor } from '#ports/plan-file.ts';
import type { Signal } from '#monitor/events.ts';

const PLAN = fileURLToPath(new URL('../examples/recorded-machine/plan.yaml', import.meta.url));
/** Readings below it are quiet. */
export const LIMIT = 80;
export const QUIET = 60;
export const LOUD = 90;

export function benchTopic(n: number): string {
  return `bench/machine-${n}/temperature`;
}

/** Monitors in trial raise alerts and make no work; each has a signal and a topic of its own. */
export async function benchPlan(monitors: number): Promise<PlanDocument> {
  const { plan } = await readPlan(PLAN);
  const signal = plan?.signals[0];
  const monitor = plan?.monitors[0];
  const mode = plan?.failureModes[0];
  if (!plan || !signal || !monitor || !mode) throw new Error(`${PLAN} cannot be read`);
  const numbers = Array.from({ length: monitors }, (_, n) => n);
  return {
    ...plan,
    site: 'bench',
    failureModes: numbers.map((n) => ({ ...mode, failureModeId: `worn-${n}`, position: `place ${n}` })),
    signals: numbers.map((n) => signalOf(signal, n)),
    monitors: numbers.map((n) => monitorOf(monitor, n)),
  };
}

function signalOf(signal: Signal, n: number): Signal {
  const address = { ...signal.address, topic: benchTopic(n) };
  return { ...signal, signalId: `temperature-${n}`, address };
}

function monitorOf(one: PlanMonitor, n: number): PlanMonitor {
  const condition = {
    kind: 'limit' as const,
    direction: 'high' as const,
    limit: LIMIT,
    deadband: 5,
    onDelayMs: 0,
    offDelayMs: 1,
  };
  const definition = {
    ...one.definition,
    name: `Temperature ${n} high`,
    signalId: `temperature-${n}`,
    failureModeId: `worn-${n}`,
    condition,
  };
  return { ...one, monitorId: `temperature-${n}-high`, definition, wanted: 'trial' };
}

/** A folder of its own below the machine's temporary one, and how to be rid of it. */
export function benchFolder(word: string): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), `throughline-bench-${word}-`));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** The whole plant: writer, archive, people, broker over TLS, HTTP; on the machine's clock. */
export function startBenchPlant(dataDir: string): Promise<RunningPlant> {
  return RunningPlant.start(
    {
      dataDir,
      site: 'bench',
      clock: { kind: 'machine' },
      demo: true,
      tls: false,
      mqttHost: '127.0.0.1',
      mqttPort: 0,
      headsPath: null,
    },
    httpFace({ host: '127.0.0.1', port: 0, tls: null }),
  );
}

/** Starts a plant whose `monitors` judge from now on. */
export async function describedBenchPlant(dataDir: string, monitors: number): Promise<RunningPlant> {
  const plant = await startBenchPlant(dataDir);
  try {
    await describePlant(plant.site, plant.people, await benchPlan(monitors));
    return plant;
  } catch (failure) {
    await plant.stop();
    throw failure;
  }
}
