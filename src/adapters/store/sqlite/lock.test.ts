import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireDataLock, lockHolder } from './lock.ts';

let dir: string;
let child: ChildProcess | null = null;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
  rmSync(dir, { recursive: true });
});

/** Starts a process that takes the lock, and waits until it holds it. */
async function holder(): Promise<ChildProcess> {
  const lock = new URL('./lock.ts', import.meta.url).href;
  const text = `import(${JSON.stringify(lock)}).then(({ acquireDataLock }) => {
    acquireDataLock(${JSON.stringify(dir)}); console.log('held'); setInterval(() => {}, 1000);
  });`;
  child = spawn(process.execPath, ['-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

describe('data lock', () => {
  it('refuses a second taker and names the process and the folder', async () => {
    const { pid } = await holder();
    expect(() => acquireDataLock(dir)).toThrow(
      expect.objectContaining({
        code: 'E-LOCK-001',
        retryable: false,
        message: expect.stringContaining(`process ${pid}`),
      }),
    );
    expect(() => acquireDataLock(dir)).toThrow(dir);
    expect(lockHolder(dir)).toBe(pid);
  });

  it('is free again after the holder was killed, though its pid is still written', async () => {
    const held = await holder();
    held.kill('SIGKILL');
    await once(held, 'exit');
    expect(lockHolder(dir)).toBeNull();
    const lock = acquireDataLock(dir);
    expect(lockHolder(dir)).toBe(process.pid);
    lock.release();
    lock.release();
    expect(lockHolder(dir)).toBeNull();
  });

  it('is held against the same process too, and stays held after a refusal', () => {
    const lock = acquireDataLock(dir);
    expect(() => acquireDataLock(dir)).toThrow(`process ${process.pid}`);
    expect(() => acquireDataLock(dir)).toThrow(`process ${process.pid}`);
    lock.release();
    acquireDataLock(dir).release();
  });
});
