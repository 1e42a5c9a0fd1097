// The door of a running plant: a local socket in its data folder (0600) that takes one question a line.
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import {
  type Door,
  type DoorQuestion,
  MAX_QUESTION_BYTES,
  MAX_VISITORS,
  VISITOR_IDLE_MS,
} from '#ports/door.ts';
import { PortFailure } from '#ports/failure.ts';
import { doorOf } from './place.ts';

/**
 * Opens the door. Only who may write the data folder may ask; the folder's lock is held, so a socket that lies there
 * is of a process that has died.
 * @param answer may throw a PortFailure, which the visitor is told
 */
export async function openDoor(
  dataDir: string,
  answer: (question: DoorQuestion) => Promise<unknown>,
): Promise<Door> {
  const path = doorOf(dataDir);
  if (path === null) return { close: async () => undefined };
  rmSync(path, { force: true });
  const visitors = new Set<Socket>();
  const server = createServer((socket) => {
    visitors.add(socket);
    socket.on('close', () => visitors.delete(socket));
    // a visitor who is gone is no fault of the plant
    socket.on('error', () => socket.destroy());
    socket.setTimeout(VISITOR_IDLE_MS, () => socket.destroy());
    listen(socket, answer);
  });
  server.maxConnections = MAX_VISITORS;
  const opened = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(path, () => resolve(true));
  });
  // a file system without sockets is no reason not to run; the command line says that nobody answers
  if (!opened) return { close: async () => undefined };
  chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        for (const visitor of visitors) visitor.destroy();
        server.close(() => resolve());
      }),
  };
}

function listen(socket: Socket, answer: (question: DoorQuestion) => Promise<unknown>): void {
  let waiting = '';
  socket.setEncoding('utf8');
  socket.on('data', (part: string) => {
    waiting += part;
    if (waiting.length > MAX_QUESTION_BYTES) return void socket.destroy();
    for (let end = waiting.indexOf('\n'); end >= 0; end = waiting.indexOf('\n')) {
      const line = waiting.slice(0, end);
      waiting = waiting.slice(end + 1);
      tell(socket, line, answer);
    }
  });
}

function tell(socket: Socket, line: string, answer: (question: DoorQuestion) => Promise<unknown>): void {
  // whoever waits for an answer is not idle
  socket.setTimeout(0);
  const asked = async () => answer(JSON.parse(line) as DoorQuestion);
  asked()
    .finally(() => socket.setTimeout(VISITOR_IDLE_MS))
    .then(
      (value) => socket.write(`${JSON.stringify({ value })}\n`),
      (failure: Error) => {
        const known = failure instanceof PortFailure ? failure : null;
        const code = known?.code ?? 'E-DOOR-002';
        const mend = known?.mend ?? 'Use the command line of the same version as the running plant.';
        socket.write(`${JSON.stringify({ failure: { code, message: failure.message, mend } })}\n`);
      },
    );
}
