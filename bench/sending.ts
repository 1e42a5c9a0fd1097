// Devices are processes of their own; here they are started, told to go, and waited for.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { SenderTask } from './mqtt-sender.ts';

/** Sends everything; both figures run from the first message to the last acknowledgement. */
export async function sendAll(task: SenderTask): Promise<{ cpuS: number; elapsedS: number }> {
  const sender = startSender('mqtt-sender.ts', task);
  await said(sender, 'ready');
  const before = process.cpuUsage();
  const startedMs = performance.now();
  sender.send('go');
  await said(sender, 'done');
  const elapsedS = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return { cpuS: (user + system) / 1e6, elapsedS };
}

export function startSender(file: string, task: object | string): ChildProcess {
  const sender = fork(new URL(`./${file}`, import.meta.url), { serialization: 'advanced' });
  sender.send(task);
  return sender;
}

/** Waits for a word of the sender. @returns what came with it */
export async function said(sender: ChildProcess, word: string): Promise<unknown> {
  const ended = once(sender, 'exit').then(([code]) => {
    throw new Error(`the sender ended with ${code}`);
  });
  const [message] = await Promise.race([once(sender, 'message'), ended]);
  // it leaves after its last word
  ended.catch(() => {});
  const [first, rest] = Array.isArray(message) ? message : [message, undefined];
  if (first !== word) throw new Error(`the sender said ${first}`);
  return rest;
}
