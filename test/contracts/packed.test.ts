import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const NPM_TIME_LIMIT_MS = 240_000;
const CARRIED = /^(bin|dist|examples|library)\/|^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
const NEVER_CARRIED = /\.(ts|tsx|pem|key|p12|db|log)$|\.test\.js$|(^|\/)(\.env|\.stamp|\.npmrc)/;

describe('the packed package', () => {
  let folder = '';
  let carried: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'throughline-packed-'));
    await run(process.execPath, ['scripts/prepack.mjs'], { cwd: ROOT });
    const packed = await run(
      'npm',
      ['pack', '--ignore-scripts', '--json', '--loglevel=error', '--pack-destination', folder],
      { cwd: ROOT },
    );
    const told = JSON.parse(packed.stdout) as { files: { path: string }[] }[] | Record<string, never>;
    const [first] = Object.values(told) as { files: { path: string }[] }[];
    carried = first?.files.map((f) => f.path) ?? [];
    const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) as string;
    const install = ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    await run('npm', [...install, '--loglevel=error', join(folder, tarball)], { cwd: folder });
  }, NPM_TIME_LIMIT_MS);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const throughline = (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
    run(join(folder, 'node_modules', '.bin', 'throughline'), args, { cwd: folder });

  it('prints its version and its help from an empty folder', async () => {
    const { version } = JSON.parse((await throughline('--json', '--version')).stdout) as { version: string };
    expect((await throughline('--version')).stdout).toBe(`${version}\n`);
    expect((await throughline('--help')).stdout).toContain('Usage: throughline <command>');
  });

  it('ends with a sentence and exit 2 on an unknown command', async () => {
    await expect(throughline('no-such-command')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[E-CLI-002]'),
    });
  });

  it('carries JavaScript and what belongs to it, no source, no test, no key', () => {
    expect(carried).toContain('dist/cli/main.js');
    expect(carried.filter((path) => !CARRIED.test(path))).toEqual([]);
    expect(carried.filter((path) => NEVER_CARRIED.test(path))).toEqual([]);
  });
});
