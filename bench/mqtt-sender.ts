// A device in a process of its own, so that its work is not counted as the broker's.
import { openMqttPublisher } from '#adapters/bus/mqtt/publisher.ts';

export interface SenderTask {
  url: string;
  ca: string;
  clientId: string;
  secret: string;
  topic: string;
  messages: number;
  valuesPerMessage: number;
}

const WINDOW = 400;
const FIRST_MS = Date.UTC(2026, 0, 1);

process.once('message', (task: SenderTask) => void send(task));

async function send(task: SenderTask): Promise<void> {
  const payloads = Array.from({ length: task.messages }, (_, i) => payload(i, task.valuesPerMessage));
  const publisher = await openMqttPublisher({ ...task, window: WINDOW, giveUpMs: 30_000 });
  process.send?.('ready');
  await new Promise((go) => process.once('message', go));
  for (const text of payloads) await publisher.publish(task.topic, text);
  await publisher.finish();
  process.send?.('done');
  process.disconnect();
}

function payload(message: number, values: number): string {
  const entries = Array.from({ length: values }, (_, i) => {
    const n = message * values + i;
    return `{"time":"${new Date(FIRST_MS + n * 1_000).toISOString()}","value":${(60 + Math.sin(n) * 5).toFixed(3)}}`;
  });
  return values === 1 ? (entries[0] as string) : `[${entries.join(',')}]`;
}
