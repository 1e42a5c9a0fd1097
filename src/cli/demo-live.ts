// `demo`: a simulated plant with a past, alive at sixty times its pace, and one button that removes it.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataHolder, openPublisher, readPlan } from '#app/compose.ts';
import { AREAS, type LivePlant, publishListOf, startLivePlant } from '#app/demo/live-plant.ts';
import type { Area } from '#app/demo/plant/machine.ts';
import { HISTORY_DAYS } from '#app/demo/plant/story.ts';
import { DEMO_RATE, fillDemo, resumeDemo, type SimulatedRun, storyStartMs } from '#app/demo/simulated.ts';
import { enrolDevice } from '#app/first-credentials.ts';
import { RunningPlant } from '#app/plant.ts';
import type { ClockSpec } from '#app/plant-clock.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { CommandFailure, EXIT, type ExitCode, type ParsedArguments, type Terminal } from './command.ts';
import { demoFolder } from './data-folder.ts';
import { announceDemo, portOf } from './demo-door.ts';
import { httpFace } from './face.ts';
import { serveFresh, stopSignal } from './serve.ts';

/** Beside the data: what the demo needs to go on where it stopped. Absent while the past is still being written. */
const NOTE = 'demo.json';
/** People look after their duties this often, machine time. */
const CAST_MS = 250;

interface Note {
  startMs: number;
}

export async function runDemo(args: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const folder = resolve(args.values['folder'] ?? demoFolder());
  const plan = await demoPlan();
  const note = readNote(folder);
  if (!note) await clearUnfinished(folder);
  let remove = (): void => undefined;
  const removed = new Promise<'removed'>((settle) => {
    remove = () => settle('removed');
  });
  const startMs = note?.startMs ?? storyStartMs(Date.now());
  const plant = await startPlant(args, folder, plan, startMs, remove);
  const run = note ? resumed(plant, startMs) : await filled(plant, plan, startMs, folder, terminal);
  const live = await comeAlive(plant, run);
  terminal.say('a simulated plant is alive; one hour of it passes in a minute');
  await announceDemo(plant, args.json, terminal);
  const people = setInterval(() => void run.cast.settle(plant.site.nowMs()).catch(() => undefined), CAST_MS);
  const ended = await Promise.race([stopSignal(plant, terminal), removed]);
  clearInterval(people);
  terminal.say(ended === 'removed' ? 'removing the demo ...' : 'stopping; what came is being written ...');
  await live.stop();
  await plant.stop();
  if (ended !== 'removed') return ended;
  if (existsSync(join(folder, MARK))) rmSync(folder, { recursive: true, force: true });
  terminal.say('The demo is gone. Here is a plant of your own, still empty.');
  return serveFresh(args, terminal);
}

async function startPlant(
  args: ParsedArguments,
  dataDir: string,
  plan: PlanDocument,
  startMs: number,
  remove: () => void,
): Promise<RunningPlant> {
  const port = portOf(args, 'port');
  const clock: ClockSpec = { kind: 'driven', plantMs: startMs + HISTORY_DAYS * DAY_MS };
  return RunningPlant.start(
    {
      dataDir,
      site: plan.site,
      clock,
      demo: true,
      tls: false,
      mqttHost: '127.0.0.1',
      mqttPort: portOf(args, 'mqtt-port'),
      headsPath: null,
    },
    httpFace({ host: '127.0.0.1', port, tls: null, removeDemo: remove }),
  );
}

async function filled(
  plant: RunningPlant,
  plan: PlanDocument,
  startMs: number,
  folder: string,
  terminal: Terminal,
): Promise<SimulatedRun> {
  terminal.say('writing a past of 90 days for the simulated plant ...');
  const run = await fillDemo(plant, plan, startMs, (done, total) =>
    terminal.progress('plant minutes', done, total),
  );
  await plant.site.checkpoint();
  writeFileSync(join(folder, NOTE), JSON.stringify({ startMs } satisfies Note), { mode: 0o600 });
  for (const failure of run.cast.failures) terminal.say(`a simulated person could not act: ${failure}`);
  return run;
}

/** The plant goes on at the minute at which it stopped, with every repair made since its past began. */
function resumed(plant: RunningPlant, startMs: number): SimulatedRun {
  return resumeDemo(plant, startMs, plant.site.state().nowMs);
}

/** Plant time begins to run, and the plant's two gateways connect like any device. */
async function comeAlive(plant: RunningPlant, run: SimulatedRun): Promise<LivePlant> {
  const secrets = {} as Record<Area, string>;
  for (const area of AREAS) {
    secrets[area] = await enrolDevice(plant, area, publishListOf(run.model, area));
  }
  const plantMs = Math.max(plant.site.state().nowMs, run.model.timeMs);
  plant.site.setClock({ kind: 'scaled', machineMs: Date.now(), plantMs, rate: DEMO_RATE });
  return startLivePlant({
    plant: run.model,
    clock: plant.site.clock,
    url: `mqtts://${plant.mqtt.host}:${plant.mqtt.port}`,
    ca: readFileSync(plant.broker.caFile(), 'utf8'),
    secrets,
    open: openPublisher,
  });
}

/** The folder is the demo's own from here on: only a folder with this mark is ever deleted. */
const MARK = 'this-is-a-throughline-demo';

/** Removes a past that was not written to its end, and nothing else. @throws CommandFailure E-DEMO-009, -010 */
async function clearUnfinished(folder: string): Promise<void> {
  const found = existsSync(folder) ? readdirSync(folder) : [];
  if (found.length > 0 && !found.includes(MARK)) {
    throw new CommandFailure(
      'E-DEMO-009',
      `${folder} holds something that is not a demo, so the demo keeps out of it.`,
      'Name an empty folder with --folder.',
      EXIT.refused,
    );
  }
  const holder = found.includes('lock') ? await dataHolder(folder) : null;
  if (holder !== null) {
    throw new CommandFailure(
      'E-DEMO-010',
      `Another demo (process ${holder}) is using ${folder}.`,
      'Open the link that it printed, or name another folder with --folder.',
      EXIT.refused,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, MARK), '', { mode: 0o600 });
}

function readNote(folder: string): Note | null {
  const path = join(folder, NOTE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Note) : null;
}

/** The demo's plan: in the clone, or in the package. */
async function demoPlan(): Promise<PlanDocument> {
  const here = dirname(fileURLToPath(import.meta.url));
  const { plan } = await readPlan(join(here, '..', '..', 'examples', 'demo-plant', 'plan.yaml'));
  if (plan) return plan;
  throw new CommandFailure(
    'E-DEMO-008',
    'The plan of the demo cannot be read.',
    'Install Throughline again.',
  );
}
