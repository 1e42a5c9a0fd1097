// `demo --data`: the whole line on a recorded machine.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPlan, openTable, verifyJournal } from '#app/compose.ts';
import { percentiles, playRecorded, prepareRecorded, type Recording } from '#app/demo/recorded.ts';
import type { RecordedResult } from '#app/demo/result.ts';
import { RunningPlant } from '#app/plant.ts';
import { checkedPlan } from '#app/plan/check.ts';
import { replayData } from '#app/replay-data.ts';
import type { KnownEvent } from '#core/backtest.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import type { TableOptions } from '#ports/table.ts';
import { HOUR_MS } from '#vocabulary/time.ts';
import { CommandFailure, EXIT, type ExitCode, type ParsedArguments, type Terminal } from './command.ts';
import { announceDemo, portOf } from './demo-door.ts';
import { httpFace } from './face.ts';
import { stopSignal } from './serve.ts';
import { readTable } from './table-failure.ts';

const UTC: TableOptions = { zone: 'UTC', dateOrder: null };
/** The plant is described this long before the first sample. */
const BEFORE_FIRST_MS = HOUR_MS;

/** Runs a recording without screens and prints its counts. */
export async function runRecorded(args: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const path = args.values['data'] as string;
  const recording = await readRecording(path, args.values['events'] ?? null);
  const plan = await readPlanOf(args.values['plan'] ?? defaultPlan());
  const asked = args.values['folder'];
  const dataDir = asked === undefined ? mkdtempSync(join(tmpdir(), 'throughline-recorded-')) : resolve(asked);
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  process.on('SIGINT', stop);
  try {
    const result = await play(args, dataDir, plan, recording, terminal, () => stopped);
    if (stopped && args.switches.has('headless')) return EXIT.interrupted;
    return report(result, args.json, terminal);
  } finally {
    process.removeListener('SIGINT', stop);
    if (asked === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Played {
  result: RecordedResult;
  broken: string[];
}

async function play(
  args: ParsedArguments,
  dataDir: string,
  plan: PlanDocument,
  recording: Recording,
  terminal: Terminal,
  stopped: () => boolean,
): Promise<Played> {
  const headless = args.switches.has('headless');
  const ports = headless
    ? { http: 0, mqtt: 0 }
    : { http: portOf(args, 'port'), mqtt: portOf(args, 'mqtt-port') };
  const plant = await RunningPlant.start(
    {
      dataDir,
      site: plan.site,
      clock: { kind: 'driven', plantMs: (recording.timeMs[0] ?? 0) - BEFORE_FIRST_MS },
      demo: true,
      tls: false,
      mqttHost: '127.0.0.1',
      mqttPort: ports.mqtt,
      headsPath: null,
    },
    httpFace({
      host: '127.0.0.1',
      port: ports.http,
      tls: null,
      // its folder goes with the process
      removeDemo: () => process.kill(process.pid, 'SIGTERM'),
    }),
  );
  const options = {
    plant,
    plan,
    recording,
    stopped,
    onProgress: (done: number, total: number) => terminal.progress('samples', done, total),
  };
  const throughToTheEnd = async () => {
    try {
      await prepareRecorded(options);
      if (!headless) await announceDemo(plant, args.json, terminal);
      const played = await playRecorded(options);
      if (!headless && !stopped()) {
        terminal.say('the recording has ended; its plant stays open until you stop it');
        await stopSignal(plant, terminal);
      }
      return played;
    } finally {
      await plant.stop();
    }
  };
  const { counts, latenciesMs, cast } = await throughToTheEnd();
  const audit = await verifyJournal(dataDir, {});
  const replay = await replayData(dataDir, { fromMs: null, toMs: null });
  const { broken, ...stands } = counts;
  return {
    broken: [...broken, ...cast.failures],
    result: {
      samples: recording.timeMs.length,
      ...stands,
      sampleToNotificationMs: percentiles(latenciesMs),
      journalFacts: audit.facts,
      auditOk: audit.ok,
      replayEqual: replay.equal,
    },
  };
}

function report({ result, broken }: Played, json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.data(JSON.stringify(result));
  else {
    terminal.data('Simulated people and an invented plan on a recorded machine:');
    for (const [name, value] of Object.entries(result)) terminal.data(`  ${name}: ${JSON.stringify(value)}`);
  }
  for (const words of broken) terminal.say(`the line is broken: ${words}`);
  return broken.length === 0 && result.auditOk && result.replayEqual ? EXIT.ok : EXIT.failed;
}

async function readRecording(path: string, eventsPath: string | null): Promise<Recording> {
  const wanted = [
    { name: 'timestamp', as: 'time' as const },
    { name: 'value', as: 'number' as const },
  ];
  const table = await readTable(() => openTable(path).read(wanted, UTC));
  const [timeMs, value] = table.columns as [Float64Array, Float64Array];
  if (timeMs.length === 0) {
    throw new CommandFailure(
      'E-DEMO-003',
      `${path} holds no readings.`,
      'Give a file with columns timestamp,value.',
    );
  }
  const dataHash = createHash('sha256').update(readFileSync(path)).digest('hex');
  const found = eventsPath ?? eventsBeside(path);
  return { timeMs, value, dataHash, events: found === null ? null : await readEvents(found) };
}

/** The one `*_events.csv` beside the file that shares its first two words; null when there is none, or several. */
function eventsBeside(path: string): string | null {
  const folder = dirname(resolve(path));
  const words = basename(path).split('_').slice(0, 2).join('_');
  const found = readdirSync(folder).filter(
    (name) => name.startsWith(`${words}_`) && name.endsWith('_events.csv'),
  );
  return found.length === 1 ? join(folder, found[0] as string) : null;
}

async function readEvents(path: string): Promise<KnownEvent[]> {
  const wanted = ['from', 'to', 'at'].map((name) => ({ name, as: 'time' as const }));
  const table = await readTable(() => openTable(path).read(wanted, UTC));
  const [from, to, at] = table.columns as [Float64Array, Float64Array, Float64Array];
  return Array.from(from, (fromMs, i) => ({ fromMs, toMs: to[i] as number, atMs: at[i] as number }));
}

async function readPlanOf(path: string): Promise<PlanDocument> {
  const read = await readPlan(path);
  const { ok, findings } = checkedPlan(read, path, Date.now());
  if (ok && read.plan) return read.plan;
  const lines = findings
    .filter((finding) => finding.code.startsWith('E-'))
    .map((finding) => `  ${path}:${finding.line}:${finding.column} ${finding.code} ${finding.message}`);
  throw new CommandFailure(
    'E-DEMO-004',
    `The plan cannot be used:\n${lines.join('\n')}`,
    `Mend it; throughline check ${path} tells how.`,
  );
}

/** The example plan: in the clone, or in the package. */
function defaultPlan(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = join(here, '..', '..', 'examples', 'recorded-machine', 'plan.yaml');
  if (existsSync(found)) return found;
  throw new CommandFailure('E-DEMO-005', 'The example plan is missing.', 'Give a plan with --plan FILE.');
}
