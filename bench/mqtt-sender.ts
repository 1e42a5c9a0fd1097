// A device in a process of its own, so that its work is not counted as the broker's.
import { openMqttPublisher } from '#adapters/bus/mqtt/publisher.ts';

export interface SenderTask {
  url: string;
  ca: string;
  clientId: string;
  secret: string;
  /** message n goes to topic n modulo their number */
  topics: string[];
  messages: number;
  valuesPerMessage: number;
  /** source time of the first value, ms; each topic's values are a second apart */
  firstMs: number;
}

const WINDOW = 400;

process.once('message', (task: SenderTask) => void send(task));

async function send(task: SenderTask): Promise<void> {
  const payloads = Array.from({ length: task.messages }, (_, i) => payload(i, task));
  const publisher = await openMqttPublisher({ ...task, window: WINDOW, giveUpMs: 30_000 });
  process.send?.('ready');
  await new Promise((go) => process.once('message', go));
  for (const [n, text] of payloads.entries()) {
    await publisher.publish(task.topics[n % task.topics.length] as string, text);
  }
  await publisher.finish();
  process.send?.('done');
  process.disconnect();
}

function payload(message: number, { topics, valuesPerMessage, firstMs }: SenderTask): string {
  const turn = Math.floor(message / topics.length);
  const entries = Array.from({ length: valuesPerMessage }, (_, i) => {
    const n = turn * valuesPerMessage + i;
    return `{"time":"${new Date(firstMs + n * 1_000).toISOString()}","value":${(60 + Math.sin(n) * 5).toFixed(3)}}`;
  });
  return valuesPerMessage === 1 ? (entries[0] as string) : `[${entries.join(',')}]`;
}
