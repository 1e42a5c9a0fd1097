// A device that sends at a steady pace and now and then crosses its limit; it notes when each crossing left.
import { openMqttPublisher } from '#adapters/bus/mqtt/publisher.ts';
import { LOUD, QUIET } from './bench-plant.ts';

export interface AlarmTask {
  url: string;
  ca: string;
  clientId: string;
  secret: string;
  topics: string[];
  messagesPerSecond: number;
  seconds: number;
  /** one message in so many crosses the limit; the next one of that topic is back below it */
  crossEvery: number;
}

/** When a crossing left, ms since 1970 with fractions, by its topic's number and its source time. */
export interface Left {
  topic: number;
  timeMs: number;
  leftMs: number;
}

const WINDOW = 450;

process.once('message', (task: AlarmTask) => void send(task));

async function send(task: AlarmTask): Promise<void> {
  const { topics, messagesPerSecond, seconds, crossEvery } = task;
  const publisher = await openMqttPublisher({ ...task, window: WINDOW, giveUpMs: 30_000 });
  process.send?.('ready');
  await new Promise((go) => process.once('message', go));
  const left: Left[] = [];
  const lastMs = new Float64Array(topics.length);
  const startedMs = performance.now();
  const total = messagesPerSecond * seconds;
  for (let n = 0; n < total; n++) {
    const wantedMs = (n * 1_000) / messagesPerSecond;
    while (performance.now() - startedMs < wantedMs) await new Promise((resolve) => setTimeout(resolve, 1));
    const topic = n % topics.length;
    const timeMs = Math.max(Date.now(), (lastMs[topic] as number) + 1);
    lastMs[topic] = timeMs;
    const crosses = n % crossEvery === crossEvery - 1;
    const value = crosses ? LOUD : QUIET + (n % 7);
    if (crosses) left.push({ topic, timeMs, leftMs: performance.timeOrigin + performance.now() });
    const payload = `{"time":"${new Date(timeMs).toISOString()}","value":${value}}`;
    await publisher.publish(topics[topic] as string, payload);
  }
  const sentS = (performance.now() - startedMs) / 1_000;
  await publisher.finish();
  process.send?.(['done', { left, perSecond: total / sentS }]);
  process.disconnect();
}
