import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import { readJournal, readPlan } from '#app/compose.ts';
import { readSettings, type Settings } from '#app/config.ts';
import { describePlant } from '#app/demo/load-plan.ts';
import { firstLink } from '#app/first-credentials.ts';
import { checkedPlan } from '#app/plan/check.ts';
import { heldBack, personOnSeat } from '#app/plan/seats.ts';
import { RunningPlant } from '#app/plant.ts';
import { PortFailure } from '#ports/failure.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import {
  type CliCommand,
  CommandFailure,
  EXIT,
  type ExitCode,
  type ParsedArguments,
  type Terminal,
} from './command.ts';
import { holdsPlant, plantFolder } from './data-folder.ts';
import { httpFace } from './face.ts';

const settingOptions = [
  { name: 'host', value: 'ADDRESS', summary: 'address of screens and API; any but loopback needs TLS' },
  { name: 'port', value: 'N', summary: 'port of screens and API; 0 takes a free one' },
  { name: 'mqtt-host', value: 'ADDRESS', summary: 'address of the broker' },
  { name: 'mqtt-port', value: 'N', summary: 'port of the broker (TLS); 0 takes a free one' },
  { name: 'tls-cert', value: 'FILE', summary: 'certificate of the screens, PEM' },
  { name: 'tls-key', value: 'FILE', summary: 'its private key, PEM' },
  { name: 'host-name', value: 'NAME', summary: 'name that the screens answer to besides the loopback names' },
  { name: 'heads', value: 'FILE', summary: 'second place for signed heads of the journal' },
  { name: 'raw-days', value: 'N', summary: 'days that single readings are kept; roll-ups and evidence stay' },
];

export const command: CliCommand = {
  name: 'serve',
  summary: 'Runs a plant: broker, judging, screens and API, until it is stopped.',
  options: [
    { name: 'data', value: 'DIR', summary: 'data folder of the plant; default .throughline/plant here' },
    { name: 'plan', value: 'FILE', summary: 'plan to load; loading the same one again adds nothing' },
    { name: 'site', value: 'NAME', summary: 'begins every id; asked for once, when no plan names it' },
    ...settingOptions,
  ],
  examples: [
    'throughline serve --plan plan.yaml',
    'throughline serve --data /srv/plant --port 443 --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem --host-name plant.example',
  ],
  run: serve,
};

async function serve(args: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const dataDir = args.values['data'] ?? plantFolder();
  const settings = inSentence(() => readSettings(dataDir, args.values, process.env));
  const plan = args.values['plan'] === undefined ? null : await planOf(args.values['plan']);
  const site = await siteOf(dataDir, args.values['site'] ?? null, plan);
  mkdirSync(dirname(dataDir), { recursive: true });
  const plant = await startPlant(dataDir, site, settings);
  try {
    if (plan) {
      const seats = await describePlant(plant.site, plant.people, plan);
      for (const held of heldBack(plan, seats, plant.site.state().access)) terminal.say(held);
    }
    await announce(plant, site, args.json, terminal);
  } catch (failure) {
    await plant.stop();
    throw sentence(failure);
  }
  return untilStopped(plant, terminal);
}

async function startPlant(dataDir: string, site: string, settings: Settings): Promise<RunningPlant> {
  const { host, port, 'tls-cert': certFile, 'tls-key': keyFile, 'host-name': hostName } = settings;
  const tls = certFile && keyFile ? { certFile, keyFile } : null;
  try {
    return await RunningPlant.start(
      {
        dataDir,
        site,
        clock: { kind: 'machine' },
        demo: false,
        tls: tls !== null,
        mqttHost: settings['mqtt-host'],
        mqttPort: settings['mqtt-port'],
        headsPath: settings.heads ?? null,
        rawDays: settings['raw-days'],
      },
      httpFace({ host, port, tls, hostNames: hostName ? [hostName] : [] }),
    );
  } catch (failure) {
    throw sentence(failure);
  }
}

/** Says where the plant is, and gives the one-time link while nobody can sign in. */
async function announce(plant: RunningPlant, site: string, json: boolean, terminal: Terminal): Promise<void> {
  const mqtt = `mqtts://${plant.mqtt.host}:${plant.mqtt.port}`;
  const { facts, inputs, elapsedMs, held } = plant.site.recovery;
  terminal.say(`back after ${facts} facts, ${inputs} inputs judged again in ${Math.round(elapsedMs)} ms`);
  if (held) terminal.say(`${held.message} ${held.mend} [${held.code}]`);
  terminal.say(`devices connect to ${mqtt} and trust ${plant.broker.caFile()}`);
  const link = plant.identity.needsFirstLink()
    ? await firstLink(plant, personOnSeat(plant.people, site, 'administrator'))
    : null;
  const address = link ? plant.url + link.path : plant.url;
  if (json) terminal.data(JSON.stringify({ url: plant.url, open: address, mqtt, ca: plant.broker.caFile() }));
  else terminal.data(link ? `open once, within 15 min: ${address}` : `open ${address}`);
}

/** Resolves after a signal, or when the writer met a failure after which the process must end. */
export function stopSignal(plant: RunningPlant, terminal: Terminal): Promise<ExitCode> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(EXIT.interrupted));
    process.once('SIGTERM', () => resolve(EXIT.ok));
    plant.site.onFatal((failure) => {
      terminal.say(`${failure.message} ${failure.mend} [${failure.code}]`);
      resolve(EXIT.failed);
    });
  });
}

async function untilStopped(plant: RunningPlant, terminal: Terminal): Promise<ExitCode> {
  const code = await stopSignal(plant, terminal);
  if (code !== EXIT.failed) terminal.say('stopping; what came is being written ...');
  await plant.stop();
  return code;
}

/** An empty plant in the place of a demo that was removed, on the same port. */
export async function serveFresh(args: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const { port = '', 'mqtt-port': mqttPort = '' } = args.values;
  return serve({ ...args, values: { port, 'mqtt-port': mqttPort } }, terminal);
}

async function siteOf(dataDir: string, asked: string | null, plan: PlanDocument | null): Promise<string> {
  const wanted = plan?.site ?? asked;
  if (!holdsPlant(dataDir)) return wanted ?? 'plant';
  const journal = await readJournal(dataDir);
  const known = journal.site;
  journal.close();
  if (wanted !== null && wanted !== known) {
    throw new CommandFailure(
      'E-SERVE-001',
      `${dataDir} is the site "${known}", not "${wanted}".`,
      'Use another data folder, or the plan of this site.',
      EXIT.refused,
    );
  }
  return known;
}

async function planOf(path: string): Promise<PlanDocument> {
  const read = await readPlan(path).catch((failure: unknown) => {
    throw sentence(failure);
  });
  const { ok, findings } = checkedPlan(read, path, Date.now());
  if (ok && read.plan) return read.plan;
  const lines = findings
    .filter((finding) => finding.code.startsWith('E-'))
    .map((finding) => `  ${path}:${finding.line}:${finding.column} ${finding.code} ${finding.message}`);
  throw new CommandFailure(
    'E-SERVE-002',
    `The plan cannot be used:\n${lines.join('\n')}`,
    `Mend it; throughline check ${path} tells how.`,
  );
}

function inSentence<T>(read: () => T): T {
  try {
    return read();
  } catch (failure) {
    throw sentence(failure);
  }
}

/** A port's failure as a command's: a held folder or a refused address is `refused`. */
function sentence(failure: unknown): unknown {
  if (!(failure instanceof PortFailure)) return failure;
  const refused = failure.code === 'E-LOCK-001' || failure.code === 'E-HTTP-030';
  return new CommandFailure(
    failure.code,
    failure.message,
    failure.mend,
    refused ? EXIT.refused : EXIT.failed,
  );
}
