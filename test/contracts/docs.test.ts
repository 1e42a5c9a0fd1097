import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { recordedData } from './data.ts';
import { blocksOf, readyForTest, type ShellBlock } from './docs-blocks.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND_LIMIT_MS = 120_000;
const data = recordedData();
const guides = readdirSync(join(ROOT, 'docs/guide')).filter((name) => name.endsWith('.md'));
const FILES = ['README.md', ...guides.map((name) => `docs/guide/${name}`)];
const running = new Set<ChildProcess>();

afterAll(() => {
  for (const child of running) child.kill('SIGTERM');
});

interface Ended {
  code: number | null;
  output: string;
}

/** Runs one command in bash; with `until` it is stopped once its output holds that text. */
function run(command: string, folder: string, until: string | null): Promise<Ended> {
  // `exec` for what goes on until it is stopped, so that the signal reaches the program and not only its shell
  const line = until === null ? command : `exec ${command}`;
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', line], {
    cwd: folder,
    env: { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    if (until !== null && output.includes(until)) child.kill('SIGTERM');
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const limit = setTimeout(() => child.kill('SIGKILL'), COMMAND_LIMIT_MS);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code, output });
    });
  });
}

/** A folder that looks like a fresh clone to the commands of a guide, with the recorded data beside it. */
async function cloneLike(): Promise<{ folder: string; away: () => Promise<void> }> {
  const outer = await mkdtemp(join(tmpdir(), 'throughline-docs-'));
  const folder = join(outer, 'throughline');
  mkdirSync(folder);
  await symlink(join(ROOT, 'bin'), join(folder, 'bin'));
  await symlink(join(ROOT, 'examples'), join(folder, 'examples'));
  if (data !== null) {
    mkdirSync(join(outer, 'shared'));
    await symlink(data, join(outer, 'shared', 'data'));
  }
  return { folder, away: () => rm(outer, { recursive: true, force: true }) };
}

async function check(block: ShellBlock, folder: string): Promise<void> {
  for (const command of block.commands) {
    const { code, output } = await run(readyForTest(command), folder, block.until);
    const where = `${block.where}: ${command}\n${output.slice(-2_000)}`;
    if (block.until !== null) expect(output, where).toContain(block.until);
    else expect(code, where).toBe(block.exit);
    for (const text of block.shows) expect(output, where).toContain(text);
  }
}

describe('the commands that the documents show', () => {
  for (const file of FILES) {
    const blocks = blocksOf(readFileSync(join(ROOT, file), 'utf8'), file);
    const runnable = blocks.filter((block) => block.elsewhere === null);

    it(`${file}: what is run elsewhere names a file that is there`, () => {
      for (const { elsewhere, where } of blocks) {
        if (elsewhere !== null)
          expect(existsSync(join(ROOT, elsewhere)), `${where}: ${elsewhere}`).toBe(true);
      }
    });

    if (runnable.length === 0) continue;
    it(`${file}: ${runnable.length} blocks run`, async () => {
      const { folder, away } = await cloneLike();
      try {
        for (const block of runnable) {
          if (data === null && block.commands.some((one) => one.includes('../shared/data'))) {
            // what follows in the file works on what this block would have made
            process.stderr.write(`${block.where} and on: left out, the recorded machine data is absent.\n`);
            return;
          }
          await check(block, folder);
        }
      } finally {
        await away();
      }
    }, 300_000);
  }
});
