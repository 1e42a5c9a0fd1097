import { join } from 'node:path';

const SOCKET_FILE = 'door.sock';
/** Longest path of a local socket that every system takes, bytes. */
const MAX_SOCKET_PATH = 100;

/** Where the door of a data folder is; null when the folder's path is too long for a socket, or the system has none in folders. */
export function doorOf(dataDir: string): string | null {
  if (process.platform === 'win32') return null;
  const path = join(dataDir, SOCKET_FILE);
  return Buffer.byteLength(path) <= MAX_SOCKET_PATH ? path : null;
}
