import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PortFailure } from '#ports/failure.ts';

const KEY_BYTES = 32;

/**
 * The key that signs session cookies, made at first start and readable by its owner alone.
 * @param keysDir folder `keys` of the data folder; made with mode 0700 when missing
 * @returns 64 hexadecimal digits
 */
export function authKey(keysDir: string): string {
  mkdirSync(keysDir, { recursive: true, mode: 0o700 });
  const path = join(keysDir, 'auth.key');
  writeOnce(path);
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new PortFailure(
      'E-IDENTITY-001',
      `${path} can be read by other users of this machine.`,
      `Run: chmod 600 ${path}. If others had access, delete it instead: everybody then signs in again.`,
      false,
    );
  }
  const key = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(key)) {
    throw new PortFailure(
      'E-IDENTITY-002',
      `${path} holds no key of 64 hexadecimal digits.`,
      'Restore it from a backup, or delete it: a new one is made and everybody signs in again.',
      false,
    );
  }
  return key;
}

function writeOnce(path: string): void {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  try {
    writeSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
