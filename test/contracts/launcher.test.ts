import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LAUNCHER = join(ROOT, 'tools', 'launcher');
const platform = `${process.platform}-${process.arch}`;

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-launcher-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a module text in its own Node, with the launcher's parts to import. */
async function runScript(text: string, env: Record<string, string> = {}): Promise<Outcome> {
  const script = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 8)}.mjs`);
  await writeFile(script, text);
  return runNode([script], env);
}

async function runNode(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  try {
    const options = { env: { ...process.env, ...env } };
    return { code: 0, ...(await promisify(execFile)(process.execPath, args, options)) };
  } catch (failed) {
    return failed as Outcome;
  }
}

const part = (name: string): string => pathToFileURL(join(LAUNCHER, name)).href;

describe('the lock', () => {
  const holdOnce = (log: string): string => `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { withLock } from '${part('lock.mjs')}';
    await withLock(${JSON.stringify(join(folder, 'lock'))}, async () => {
      appendFileSync(${JSON.stringify(log)}, 'in ');
      await sleep(50);
      appendFileSync(${JSON.stringify(log)}, 'out ');
    });`;

  it('lets one process in at a time, also past the lock of a process that died', async () => {
    const died = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => died.on('exit', resolve));
    await writeFile(join(folder, 'lock'), `${died.pid} 1\n`);
    const log = join(folder, 'log');
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, n) => runScript(`${holdOnce(log)}\n// ${n}`)),
    );
    expect(outcomes.map((o) => o.code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await readFile(log, 'utf8')).toBe('in out '.repeat(6));
    expect((await readdir(folder)).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it('waits for a holder that lives and says for whom', async () => {
    await writeFile(join(folder, 'lock'), `${process.pid} \n`);
    const log = join(folder, 'log');
    const waiting = runScript(holdOnce(log));
    await new Promise((resolve) => setTimeout(resolve, 600));
    await rm(join(folder, 'lock'));
    expect((await waiting).stderr).toContain(`(process ${process.pid}); waiting`);
  });
});

/** A clone with nothing fetched, whose list names the given sum for this platform. */
async function bareClone(sha256: string): Promise<void> {
  const node = join(folder, 'tools', 'node');
  await mkdir(node, { recursive: true });
  const listed = { package: 'node-here', version: '24.0.0', sha256 };
  await writeFile(join(node, 'checksums.json'), JSON.stringify({ [platform]: listed }));
  const manifest = { name: 'x', dependencies: { 'node-here': 'file:./node-here' } };
  await writeFile(join(node, 'package.json'), JSON.stringify(manifest));
  const lock = {
    name: 'x',
    lockfileVersion: 3,
    packages: {
      '': manifest,
      'node-here': { version: '24.0.0' },
      'node_modules/node-here': { resolved: 'node-here', link: true },
    },
  };
  await writeFile(join(node, 'package-lock.json'), JSON.stringify(lock));
  const binary = join(node, 'node-here', 'bin', 'node');
  await mkdir(dirname(binary), { recursive: true });
  await writeFile(join(node, 'node-here', 'package.json'), '{"name":"node-here","version":"24.0.0"}');
  await writeFile(binary, '#!/bin/sh\necho v24.0.0\n');
  await chmod(binary, 0o755);
}

/** Asks for a Node as Node 20 would: the running version is what the launcher reads. */
const fetchNode = (): string => `
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } });
  const { ensureNode } = await import('${part('node24.mjs')}');
  const { tellFailure } = await import('${part('talk.mjs')}');
  try {
    process.stdout.write(await ensureNode(${JSON.stringify(folder)}));
  } catch (failure) {
    tellFailure(failure, []);
  }`;

describe('fetching Node', () => {
  const HONEST = createHash('sha256').update('#!/bin/sh\necho v24.0.0\n').digest('hex');

  it('installs, checks and stamps the binary once, silent on stdout', async () => {
    await bareClone(HONEST);
    const first = await runScript(fetchNode());
    expect(first.stderr).toContain('fetching Node 24.0.0');
    expect(first.stdout).toMatch(/node-here\/bin\/node$/);
    const second = await runScript(fetchNode());
    expect(second).toMatchObject({ code: 0, stderr: '', stdout: first.stdout });
  }, 30_000);

  it('removes a binary whose sum is not listed, and does not run it', async () => {
    await bareClone('0'.repeat(64));
    const { code, stderr } = await runScript(fetchNode());
    expect(code).toBe(1);
    expect(stderr).toContain('[E-SETUP-007]');
    expect(stderr).toContain(HONEST);
  }, 30_000);

  it('says so when the platform has no package', async () => {
    await bareClone(HONEST);
    await writeFile(join(folder, 'tools', 'node', 'checksums.json'), '{}');
    const { code, stderr } = await runScript(fetchNode());
    expect([code, stderr.includes('[E-SETUP-001]')]).toEqual([1, true]);
  });

  it('lists a sum and the locked version for every platform package', async () => {
    const read = async (path: string): Promise<unknown> =>
      JSON.parse(await readFile(join(ROOT, 'tools/node', path), 'utf8'));
    const sums = (await read('checksums.json')) as Record<
      string,
      { package: string; version: string; sha256: string }
    >;
    const { optionalDependencies } = (await read('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    const listed = Object.values(sums).map((s) => [s.package, s.version]);
    expect(Object.fromEntries(listed)).toEqual(optionalDependencies);
    for (const { sha256 } of Object.values(sums)) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('installing packages', () => {
  const install = (): string => `
    const { ensureDependencies } = await import('${part('dependencies.mjs')}');
    const { tellFailure } = await import('${part('talk.mjs')}');
    await ensureDependencies(${JSON.stringify(folder)}, process.execPath).catch((f) => tellFailure(f, ['--json']));`;

  async function writeLocks(packages: Record<string, unknown>): Promise<void> {
    await bareClone('');
    const dependencies = Object.fromEntries(
      Object.keys(packages)
        .filter((path) => path.startsWith('node_modules/'))
        .map((path) => [path.replace('node_modules/', ''), 'local' in packages ? 'file:./local' : '1.0.0']),
    );
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'y', dependencies }));
    const lock = {
      name: 'y',
      lockfileVersion: 3,
      packages: { '': { name: 'y', dependencies }, ...packages },
    };
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  }

  it('tells an unreachable registry as JSON with exit 5 when --json was given', async () => {
    const integrity = `sha512-${Buffer.alloc(64).toString('base64')}`;
    await writeLocks({ 'node_modules/nowhere-to-be-had': { version: '1.0.0', integrity } });
    const { code, stdout, stderr } = await runScript(install(), {
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
      npm_config_cache: join(folder, 'cache'),
    });
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'E-SETUP-003' } });
    expect(stderr).toContain('installing the packages');
  }, 60_000);

  it('installs once, accepts what npm installed by hand, and leaves a linked node_modules alone', async () => {
    await mkdir(join(folder, 'local'));
    await writeFile(join(folder, 'local', 'package.json'), '{"name":"local","version":"1.0.0"}');
    await writeLocks({
      local: { version: '1.0.0' },
      'node_modules/local': { resolved: 'local', link: true },
    });
    expect((await runScript(install())).stderr).toContain('this clone has none yet');
    expect((await runScript(install())).stderr).toBe('');

    await rm(join(folder, 'node_modules', '.throughline-stamp'));
    expect((await runScript(install())).stderr, 'npm has already installed this lock').toBe('');
    await writeFile(join(folder, 'node_modules', '.throughline-stamp'), 'an older lock');
    await rm(join(folder, 'node_modules', '.package-lock.json'));
    expect((await runScript(install())).stderr).toContain('the lock has changed');

    await rename(join(folder, 'node_modules'), join(folder, 'elsewhere'));
    await rm(join(folder, 'elsewhere', '.throughline-stamp'));
    await symlink(join(folder, 'elsewhere'), join(folder, 'node_modules'));
    expect((await runScript(install())).stderr).toBe('');
    expect(await readdir(join(folder, 'elsewhere'))).not.toContain('.throughline-stamp');
  }, 60_000);
});

describe('running the command', () => {
  let child: ChildProcess | null = null;
  afterEach(() => child?.kill('SIGKILL'));

  /** Starts a script through the launcher, alone or under `npm start`, and resolves with its first line. */
  async function launch(text: string, underNpm = false): Promise<string> {
    await writeFile(join(folder, 'command.mjs'), text);
    const launcher = join(folder, 'launch.mjs');
    await writeFile(
      launcher,
      `import { run } from '${part('start.mjs')}';
       process.exitCode = await run(process.execPath, [${JSON.stringify(join(folder, 'command.mjs'))}]);`,
    );
    const scripts = { start: 'node launch.mjs' };
    if (underNpm) await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'x', scripts }));
    const [command, words] = underNpm
      ? (['npm', ['start', '--silent']] as const)
      : ([process.execPath, [launcher]] as const);
    const started = spawn(command, words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    return new Promise((resolve) => started.stdout.once('data', (chunk) => resolve(String(chunk).trim())));
  }

  const ended = (): Promise<number | null> => new Promise((resolve) => child?.on('exit', resolve));

  it('forwards a signal and hands the exit code back', async () => {
    await launch(
      `process.on('SIGTERM', () => process.exit(42)); setInterval(() => {}, 1000); console.log('up');`,
    );
    const code = ended();
    child?.kill('SIGTERM');
    expect(await code).toBe(42);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'stops the command when npm ends by %s',
    async (signal) => {
      const stopped = join(folder, 'stopped');
      const pid = Number(
        await launch(
          `import { writeFileSync } from 'node:fs';
         process.on('SIGTERM', () => { writeFileSync(${JSON.stringify(stopped)}, ''); process.exit(0); });
         setInterval(() => {}, 1000); console.log(process.pid);`,
          true,
        ),
      );
      child?.kill(signal);
      await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
      expect(await readdir(folder), 'it was asked to stop, not cut off').toContain('stopped');
    },
    20_000,
  );

  it('takes the command down with it when it is killed outright', async () => {
    const main = join(folder, 'src');
    for (const room of ['cli', 'core/vocabulary', 'ports']) {
      await cp(join(ROOT, 'src', room), join(main, room), { recursive: true });
    }
    await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
    await writeFile(
      join(main, 'cli', 'all.ts'),
      `const command = { name: 'sit', summary: '', options: [], examples: [],
         run: () => new Promise(() => { setInterval(() => {}, 1000); console.log(process.pid); }) };
       export const COMMANDS = [{ name: 'sit', load: async () => ({ command }) }];`,
    );
    const pid = Number(
      await launch(`process.argv = [process.argv[0], ${JSON.stringify(join(main, 'cli', 'main.ts'))}, 'sit'];
        await import(${JSON.stringify(pathToFileURL(join(main, 'cli', 'main.ts')).href)});`),
    );
    child?.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
