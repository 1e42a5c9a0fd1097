// The full path: a device over TLS, the broker, batches, judging, the commit, and only then the acknowledgement.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningPlant } from '#app/plant.ts';
import type { AlarmTask, Left } from './alarm-sender.ts';
import { benchFolder, benchTopic, describedBenchPlant } from './bench-plant.ts';
import { fsyncTimesMs } from './fsync.ts';
import { percentiles, quantile, single } from './figures.ts';
import { type BenchOptions, type Measured, type Section, summary } from './measure.ts';
import { said, sendAll, startSender } from './sending.ts';

const MONITORS = 40;
const CASES = [
  { valuesPerMessage: 1, messages: 20_000 },
  { valuesPerMessage: 100, messages: 3_000 },
];
const RATE = 5_000;
const ALARM_SECONDS = 20;
/** One crossing in so many messages: 50 alerts a second. */
const CROSS_EVERY = 101;
const FSYNCS = 1_000;

export const plantSection: Section = {
  name: 'plant',
  summary: 'from a device over TLS to a judged and committed sample, and to a committed alert',
  async run(options) {
    const folder = benchFolder('plant');
    const plant = await describedBenchPlant(folder.dir, MONITORS);
    try {
      const device = await enrolled(plant);
      const throughput = await valuesPerCpuSecond(plant, device, options);
      options.say(`  ${RATE} messages/s for ${ALARM_SECONDS} s`);
      const syncs = fsyncTimesMs(join(folder.dir, 'bare'), FSYNCS);
      const alarm = await alertLatencies(plant, device);
      return {
        section: 'plant',
        about: [
          `Broker, writer and archive of one process; ${MONITORS} topics with one monitor each, devices in their own process.`,
          `Alerts at ${RATE} messages/s: from the device's publish to the alert seen after its commit; ${alarm.latenciesMs.length} alerts of ${alarm.crossings} crossings, sent at ${Math.round(alarm.perSecond)} messages/s.`,
        ],
        measured: [
          ...throughput,
          ...percentiles('publish to committed alert', 'ms', alarm.latenciesMs),
          ...percentiles('bare write and fsync of 4 KB', 'ms', syncs),
          single('CPU of the plant at that rate', 'cores', alarm.cores),
        ],
        ratios: [
          {
            name: 'alert p99 / fsync p99',
            value: quantile(alarm.latenciesMs, 0.99) / quantile(syncs, 0.99),
            aim: null,
          },
        ],
      };
    } finally {
      await plant.stop();
      folder.remove();
    }
  },
};

interface Device {
  url: string;
  ca: string;
  clientId: string;
  secret: string;
  topics: string[];
}

async function enrolled(plant: RunningPlant): Promise<Device> {
  const clientId = 'bench-gateway';
  const secret = await plant.devices.enrol(clientId, ['bench/#'], Date.now());
  return {
    url: `mqtts://${plant.mqtt.host}:${plant.mqtt.port}`,
    ca: readFileSync(plant.broker.caFile(), 'utf8'),
    clientId,
    secret,
    topics: Array.from({ length: MONITORS }, (_, n) => benchTopic(n)),
  };
}

async function valuesPerCpuSecond(
  plant: RunningPlant,
  device: Device,
  options: BenchOptions,
): Promise<Measured[]> {
  const { repetitions } = options;
  const perCpuS = CASES.map((): number[] => []);
  const perS = CASES.map((): number[] => []);
  // Every run has a stretch of source time of its own, so that nothing comes late or twice.
  let firstMs = Date.UTC(2020, 0, 1);
  for (let round = -1; round < repetitions; round++) {
    options.say(`  round ${round + 2} of ${repetitions + 1}`);
    for (const [k, { valuesPerMessage, messages }] of CASES.entries()) {
      const values = valuesPerMessage * messages;
      const before = plant.intake.accepted;
      const { cpuS, elapsedS } = await sendAll({ ...device, messages, valuesPerMessage, firstMs });
      if (plant.intake.accepted - before !== values) throw new Error('not every value was committed');
      firstMs += Math.ceil(values / device.topics.length) * 1_000 + 1_000;
      if (round < 0) continue;
      perCpuS[k]?.push(values / cpuS);
      perS[k]?.push(values / elapsedS);
    }
  }
  return CASES.flatMap(({ valuesPerMessage }, k) => [
    summary(`values committed, ${valuesPerMessage} a message`, 'values/CPU s', perCpuS[k] as number[]),
    summary('  the same by the clock', 'values/s', perS[k] as number[]),
  ]);
}

/** Crossings of the limit at a steady rate, each held against the alert that it raised. */
async function alertLatencies(plant: RunningPlant, device: Device) {
  const seen = new Map<string, number>();
  const numbers = new Map(device.topics.map((_, n): [string, number] => [`bench.temperature-${n}-high`, n]));
  const cancel = plant.site.onFacts((facts) => {
    const nowMs = performance.timeOrigin + performance.now();
    for (const fact of facts) {
      if (fact.type !== 'alert.raised') continue;
      const { monitorId, raisedAtMs } = fact.data as { monitorId: string; raisedAtMs: number };
      seen.set(`${numbers.get(monitorId)}@${raisedAtMs}`, nowMs);
    }
  });
  const task: AlarmTask = {
    ...device,
    messagesPerSecond: RATE,
    seconds: ALARM_SECONDS,
    crossEvery: CROSS_EVERY,
  };
  const sender = startSender('alarm-sender.ts', task);
  await said(sender, 'ready');
  const before = process.cpuUsage();
  sender.send('go');
  const { left, perSecond } = (await said(sender, 'done')) as { left: Left[]; perSecond: number };
  const { user, system } = process.cpuUsage(before);
  await plant.site.checkpoint();
  cancel();
  const latenciesMs = left.flatMap(({ topic, timeMs, leftMs }) => {
    const at = seen.get(`${topic}@${timeMs}`);
    return at === undefined ? [] : [at - leftMs];
  });
  const cores = ((user + system) / 1e6 / (RATE * ALARM_SECONDS)) * perSecond;
  return { latenciesMs, crossings: left.length, perSecond, cores };
}
