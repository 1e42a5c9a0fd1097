// Values per CPU-second of the broker: TLS, guard, MQTT, decoding and acknowledgement, to a sink that answers at once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Devices } from '#adapters/identity/devices/devices.ts';
import { MqttSource } from '#adapters/sources/mqtt/broker.ts';
import type { SourceSink } from '#ports/source.ts';
import type { SenderTask } from './mqtt-sender.ts';
import { sendAll } from './sending.ts';

const TOPIC = 'bench/line/temperature';
const CLIENT = 'bench-gateway';

export interface MqttFigures {
  valuesPerMessage: number;
  messages: number;
  /** medians over the repetitions */
  valuesPerCpuSecond: number;
  messagesPerSecond: number;
  repetitions: number;
}

/** Runs 1 and 100 values a message, interleaved. */
export async function benchMqtt(repetitions = 5): Promise<MqttFigures[]> {
  const cases = [
    { valuesPerMessage: 1, messages: 20_000 },
    { valuesPerMessage: 100, messages: 3_000 },
  ];
  const runs = cases.map(() => [] as { perCpuS: number; perS: number }[]);
  // the first round warms up and is dropped
  for (let round = 0; round <= repetitions; round++) {
    for (const [i, { valuesPerMessage, messages }] of cases.entries()) {
      const run = await runOnce(valuesPerMessage, messages);
      if (round > 0) runs[i]?.push(run);
    }
  }
  return cases.map((one, i) => ({
    ...one,
    valuesPerCpuSecond: median((runs[i] ?? []).map((run) => run.perCpuS)),
    messagesPerSecond: median((runs[i] ?? []).map((run) => run.perS)),
    repetitions,
  }));
}

async function runOnce(
  valuesPerMessage: number,
  messages: number,
): Promise<{ perCpuS: number; perS: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  let values = 0;
  const address = {
    source: 'mqtt',
    topic: TOPIC,
    valuePath: 'value',
    timePath: 'time',
    qualityPath: null,
    batchPath: '',
  };
  const sink: SourceSink = {
    addresses: (topic) => (topic === TOPIC ? [address] : []),
    async accept(_clientId, _topic, readings) {
      values += readings.length;
    },
    malformed() {},
  };
  const devices = await Devices.open(folder);
  const secret = await devices.enrol(CLIENT, ['bench/#'], Date.now());
  const source = new MqttSource({ sink, gate: devices, dataFolder: folder, port: 0 });
  const { port } = await source.start();
  const task: SenderTask = {
    url: `mqtts://127.0.0.1:${port}`,
    ca: source.certificate?.ca as string,
    clientId: CLIENT,
    secret,
    topics: [TOPIC],
    messages,
    valuesPerMessage,
    firstMs: Date.UTC(2026, 0, 1),
  };
  try {
    const { cpuS, elapsedS } = await sendAll(task);
    if (values !== messages * valuesPerMessage) throw new Error(`${values} values arrived`);
    return { perCpuS: values / cpuS, perS: messages / elapsedS };
  } finally {
    await source.stop();
    await rm(folder, { recursive: true });
  }
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

if (process.argv[1] === import.meta.filename) {
  for (const figures of await benchMqtt()) process.stdout.write(`${JSON.stringify(figures)}\n`);
}
