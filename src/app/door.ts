// The door for commands on the same machine: a socket in the data folder that only the folder's owner may open.
import { chmodSync, rmSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { PortFailure } from '#ports/failure.ts';
import { isRefusal } from '#vocabulary/refusal.ts';

const SOCKET = 'door.sock';
/** A question or an answer may have so many bytes. */
const MAX_LINE_BYTES = 1024 * 1024;
/** Askers at once. */
const MAX_ASKERS = 8;
/** Who opens the door has to say what he wants within this time. */
const ASK_WITHIN_MS = 5_000;
/** Paths of sockets are at most this long on every system (sun_path of POSIX less its end). */
const MAX_SOCKET_PATH = 100;

/** What may be asked, by its word. */
export type DoorWords = Readonly<Record<string, (data: unknown) => Promise<unknown>>>;

type Answered =
  | { ok: true; value: unknown }
  | { ok: false; code: string; message: string; mend: string; retryable: boolean };

/** @returns null where a socket cannot be made: the path is too long for one */
export async function openDoor(dataDir: string, words: DoorWords): Promise<Server | null> {
  const path = join(dataDir, SOCKET);
  if (process.platform === 'win32' || Buffer.byteLength(path) > MAX_SOCKET_PATH) return null;
  // the folder's lock is held: what lies here is of a process that is gone
  rmSync(path, { force: true });
  const server = createServer((socket) => void serve(socket, words));
  server.maxConnections = MAX_ASKERS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  server.unref();
  return server;
}

async function serve(socket: Socket, words: DoorWords): Promise<void> {
  socket.on('error', () => undefined);
  const answer = await answerTo(socket, words).catch((failure: Error): Answered => {
    const known = failure instanceof PortFailure ? failure : null;
    return {
      ok: false,
      code: known?.code ?? 'E-DOOR-001',
      message: failure.message,
      mend: known?.mend ?? 'Try again; the log of the server says more.',
      retryable: known?.retryable ?? false,
    };
  });
  socket.end(`${JSON.stringify(answer)}\n`);
}

async function answerTo(socket: Socket, words: DoorWords): Promise<Answered> {
  socket.setTimeout(ASK_WITHIN_MS, () => socket.destroy());
  const { word, data } = JSON.parse(await lineOf(socket)) as { word: string; data: unknown };
  socket.setTimeout(0);
  const act = Object.hasOwn(words, word) ? words[word] : undefined;
  if (!act) {
    const message = `The running server does not know "${word}".`;
    throw new PortFailure('E-DOOR-002', message, 'Start it again with this version.', false);
  }
  const value = await act(data);
  if (!isRefusal(value)) return { ok: true, value };
  const { code, message, mend } = value;
  return { ok: false, code, message, mend, retryable: false };
}

/** The first line that comes. */
async function lineOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const block of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += block as string;
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
    if (text.length > MAX_LINE_BYTES) break;
  }
  throw new PortFailure(
    'E-DOOR-003',
    'What was said is no line.',
    'Use the command line of this version.',
    false,
  );
}

/**
 * Asks the server that holds a data folder.
 * @throws PortFailure what the server refused; E-DOOR-004 retryable when nobody opens
 */
export async function askDoor(dataDir: string, word: string, data: unknown): Promise<unknown> {
  const socket = connect(join(dataDir, SOCKET));
  let said: string;
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', resolve);
    });
    socket.write(`${JSON.stringify({ word, data })}\n`);
    said = await lineOf(socket);
  } catch (failure) {
    throw new PortFailure(
      'E-DOOR-004',
      `The server that holds ${dataDir} does not answer: ${(failure as Error).message}.`,
      'Start it again, or stop it: then the command opens the folder itself.',
      true,
    );
  } finally {
    socket.destroy();
  }
  const answer = JSON.parse(said) as Answered;
  if (answer.ok) return answer.value;
  throw new PortFailure(answer.code, answer.message, answer.mend, answer.retryable);
}
