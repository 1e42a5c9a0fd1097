import { join } from 'node:path';

const SOCKET_FILE = 'door.sock';
/** Longest path of a local socket that every system takes, bytes. */
const MAX_SOCKET_PATH = 100;

/** Where the door of a data folder is; null when the folder's path is too long for a socket. */
export function doorOf(dataDir: string): string | null {
  const path = join(dataDir, SOCKET_FILE);
  return Buffer.byteLength(path) <= MAX_SOCKET_PATH ? path : null;
}
