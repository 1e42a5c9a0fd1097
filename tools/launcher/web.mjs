import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { SetupFailure, step } from './talk.mjs';

/** Commands that answer a browser, and so need the screens built. */
const WITH_SCREENS = new Set(['start', 'demo', 'serve']);
const MAX_KEPT_OUTPUT_CHARS = 64_000;

/**
 * Builds the screens into dist/web when their sources have changed since the last build.
 * @param {string} root the clone
 * @param {string} node
 * @param {string[]} argv the command line; only commands with screens build, and none that runs headless
 * @throws {SetupFailure} E-SETUP-011 the build failed, with its last lines
 */
export async function ensureScreens(root, node, argv) {
  const command = argv.find((word) => !word.startsWith('-'));
  if (!WITH_SCREENS.has(command ?? '') || argv.includes('--headless') || argv.includes('--help')) return;
  await buildScreens(root, node);
}

/** Builds the screens if need be, whatever the command. */
export async function buildScreens(root, node) {
  if (!existsSync(join(root, 'web', 'vite.config.ts'))) return;
  const stamp = join(root, 'dist', 'web', '.stamp');
  const wanted = hashOfSources(root);
  const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isCurrent()) return;
  await withLock(join(root, 'tools', 'node', '.lock'), async () => {
    if (isCurrent()) return;
    await step('building the screens (their sources are newer than the last build)', () => build(root, node));
    writeFileSync(stamp, wanted);
  });
}

function build(root, node) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(root, 'web', 'vite.config.ts');
  return new Promise((resolve, reject) => {
    const child = spawn(node, [vite, 'build', join(root, 'web'), '--config', config, '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-MAX_KEPT_OUTPUT_CHARS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      const tail = output.trim().split('\n').slice(-12).join('\n');
      reject(
        new SetupFailure(
          'E-SETUP-011',
          `The screens cannot be built.\n${tail}\n`,
          'Mend what it names and start again.',
        ),
      );
    });
  });
}

function hashOfSources(root) {
  const hash = createHash('sha256');
  const take = (path) => hash.update(path).update(readFileSync(join(root, path)));
  const walk = (folder) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) take(path);
    }
  };
  walk('web');
  take('package-lock.json');
  if (existsSync(join(root, 'src/api/contract.ts'))) take('src/api/contract.ts');
  return hash.digest('hex');
}
