import { readFile, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { openPublisher, openTable } from '#app/compose.ts';
import { PortFailure } from '#ports/failure.ts';
import type { Publisher } from '#ports/publisher.ts';
import { isoUtc } from '#vocabulary/time.ts';
import {
  type CliCommand,
  CommandFailure,
  EXIT,
  type ExitCode,
  type ParsedArguments,
  type Terminal,
} from './command.ts';
import { readTable } from './table-failure.ts';

const MAX_BATCH = 5_000;
const MAX_WINDOW = 1_000;
const GIVE_UP_MS = 60_000;

interface Recording {
  timeMs: Float64Array;
  value: Float64Array;
  rows: number;
}

export const command: CliCommand = {
  name: 'replay',
  summary: 'publish a recorded file through MQTT over TLS, as a device would',
  positionals: [{ name: 'csv', summary: 'recorded file with a header', required: true }],
  options: [
    { name: 'url', value: 'URL', summary: 'broker, mqtts://host:port', default: 'mqtts://127.0.0.1:8883' },
    { name: 'ca', value: 'FILE', summary: 'certificate authority of the site (keys/mqtt/ca.pem)' },
    { name: 'client', value: 'ID', summary: 'client id of an enrolled device', required: true },
    {
      name: 'secret-file',
      value: 'FILE',
      summary:
        'file with its secret, readable by its owner only; or the environment THROUGHLINE_DEVICE_SECRET',
    },
    { name: 'time', value: 'COLUMN', summary: 'column of the source time', default: 'timestamp' },
    { name: 'value', value: 'COLUMN', summary: 'column of the value', default: 'value' },
    { name: 'topic', value: 'TOPIC', summary: 'topic to publish on', required: true },
    { name: 'speed', value: 'N|max', summary: 'times real time by the stamps', default: 'max' },
    {
      name: 'batch',
      value: 'N',
      summary: `readings a message (1 to ${MAX_BATCH}); more than one are sent as a JSON list`,
      default: '1',
    },
    { name: 'window', value: 'N', summary: 'messages in flight without acknowledgement', default: '50' },
    { name: 'zone', value: 'ZONE', summary: 'time zone of stamps without one', default: 'UTC' },
  ],
  examples: [
    'throughline replay press.csv --client gateway-1 --secret-file gateway-1.secret --ca ca.pem --topic plant/press/temperature',
    'throughline replay press.csv --client gateway-1 --ca ca.pem --topic plant/press/temperature --speed 60 --batch 10',
  ],
  run,
};

async function run(args: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const plan = readPlan(args);
  const secret = await readSecret(args.values['secret-file']);
  const ca =
    args.values['ca'] === undefined ? null : await readText(args.values['ca'], 'certificate authority');
  const startedMs = performance.now();
  const recording = await readRecording(args, terminal);
  const publisher = await asCommandFailures(() =>
    openPublisher({
      url: args.values['url'] as string,
      ca,
      clientId: args.values['client'] as string,
      secret,
      window: plan.window,
      giveUpMs: GIVE_UP_MS,
    }),
  );
  try {
    const counts = await asCommandFailures(async () => {
      await publishAll(recording, plan, publisher, terminal);
      return publisher.finish();
    });
    const elapsedMs = Math.round(performance.now() - startedMs);
    const result = { rows: recording.rows, messages: counts.sent, ...counts, elapsedMs };
    if (args.json) terminal.data(JSON.stringify(result));
    else {
      const again = counts.reconnects > 0 ? `, connected again ${counts.reconnects} times` : '';
      terminal.data(
        `${recording.rows} readings in ${counts.sent} messages, all acknowledged, in ${(elapsedMs / 1_000).toFixed(1)} s${again}`,
      );
    }
    return EXIT.ok;
  } catch (failure) {
    const { acknowledged, sent } = publisher.counts();
    terminal.say(`${acknowledged} of ${sent} messages sent were acknowledged.`);
    throw failure;
  } finally {
    publisher.close();
  }
}

interface Plan {
  topic: string;
  /** times real time; Infinity = as fast as acknowledgements come */
  speed: number;
  batch: number;
  window: number;
}

function readPlan(args: ParsedArguments): Plan {
  const { values } = args;
  const speed = values['speed'] === 'max' ? Number.POSITIVE_INFINITY : Number(values['speed']);
  if (!(speed > 0))
    throw usage('E-REPLAY-001', `"${values['speed']}" is no speed.`, 'Give a number above 0, or max.');
  const topic = values['topic'] as string;
  if (topic === '' || /[+#\0]/.test(topic)) {
    throw usage('E-REPLAY-002', `"${topic}" is no topic to publish on.`, 'A topic has no + and no #.');
  }
  return {
    topic,
    speed,
    batch: wholeNumber('batch', values['batch'] as string, MAX_BATCH),
    window: wholeNumber('window', values['window'] as string, MAX_WINDOW),
  };
}

function wholeNumber(name: string, text: string, max: number): number {
  const n = Number(text);
  if (Number.isInteger(n) && n >= 1 && n <= max) return n;
  throw usage('E-REPLAY-003', `--${name} is ${text}.`, `Give a whole number from 1 to ${max}.`);
}

function usage(code: string, message: string, mend: string): CommandFailure {
  return new CommandFailure(code, message, mend, EXIT.usage);
}

async function readSecret(file: string | undefined): Promise<string> {
  const given = process.env['THROUGHLINE_DEVICE_SECRET'];
  if (file === undefined) {
    if (given) return given;
    throw usage(
      'E-REPLAY-004',
      'There is no secret for the device.',
      'Give --secret-file, or set THROUGHLINE_DEVICE_SECRET; the secret was shown when the device was enrolled.',
    );
  }
  const text = (await readText(file, 'secret')).trim();
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) {
    throw new CommandFailure(
      'E-REPLAY-005',
      `${file} can be read by others than its owner.`,
      `Run: chmod 600 ${file}`,
      EXIT.refused,
    );
  }
  return text;
}

async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : (error as Error).message;
    throw new CommandFailure(
      'E-REPLAY-006',
      `The ${what} file ${file} cannot be read: ${why}.`,
      'Check the path.',
      EXIT.notFound,
    );
  }
}

async function readRecording(args: ParsedArguments, terminal: Terminal): Promise<Recording> {
  const file = args.positionals[0] as string;
  const wanted = [
    { name: args.values['time'] as string, as: 'time' as const },
    { name: args.values['value'] as string, as: 'number' as const },
  ];
  const options = { zone: args.values['zone'] as string, dateOrder: null };
  const table = await readTable(() =>
    openTable(file).read(wanted, options, (done, total) => terminal.progress(`Reading ${file}`, done, total)),
  );
  for (const note of table.notes) terminal.say(note);
  const { count, first } = table.rejected;
  if (count > 0) {
    const lines = first.map((row) => row.line).join(', ');
    terminal.say(`${count} rows are left out because their time cannot be read (lines ${lines}).`);
  }
  if (table.badCells > 0) terminal.say(`${table.badCells} values are no numbers; they are sent as null.`);
  const [timeMs, value] = table.columns as [Float64Array, Float64Array];
  return { timeMs, value, rows: table.rows };
}

async function publishAll(
  recording: Recording,
  plan: Plan,
  publisher: Publisher,
  terminal: Terminal,
): Promise<void> {
  const { rows, timeMs } = recording;
  const startedMs = performance.now();
  const firstMs = timeMs[0] ?? 0;
  for (let from = 0; from < rows; from += plan.batch) {
    const to = Math.min(rows, from + plan.batch);
    // a batch leaves when its last reading has been taken
    const dueMs = startedMs + ((timeMs[to - 1] as number) - firstMs) / plan.speed;
    await waitUntil(dueMs, () => terminal.progress('Publishing', from, rows));
    await publisher.publish(plan.topic, payload(recording, from, to, plan.batch > 1));
    terminal.progress('Publishing', to, rows);
  }
}

async function waitUntil(dueMs: number, tick: () => void): Promise<void> {
  for (let leftMs = dueMs - performance.now(); leftMs > 0; leftMs = dueMs - performance.now()) {
    await pause(Math.min(leftMs, 1_000));
    tick();
  }
}

/** `{"time","value"}`, or a list of these. */
function payload({ timeMs, value }: Recording, from: number, to: number, isList: boolean): string {
  const entries: string[] = [];
  for (let i = from; i < to; i++) {
    const number = value[i] as number;
    const text = Number.isFinite(number) ? String(number) : 'null';
    entries.push(`{"time":"${isoUtc(timeMs[i] as number)}","value":${text}}`);
  }
  return isList ? `[${entries.join(',')}]` : entries.join();
}

/** Nobody there: exit 5; not let in: exit 4. */
async function asCommandFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PortFailure)) throw error;
    const exit =
      error.code === 'E-PUBLISH-005' ? EXIT.usage : error.retryable ? EXIT.unreachable : EXIT.refused;
    throw new CommandFailure(error.code, error.message, error.mend, exit);
  }
}
