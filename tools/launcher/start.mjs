import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { ensureNode } from './node24.mjs';
import { whenNpmEnds } from './parent.mjs';
import { tellFailure } from './talk.mjs';
import { ensureScreens } from './web.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** Brings the clone to a state that runs, then becomes `throughline` with the same words, streams and exit code. */
export async function start(argv) {
  try {
    const node = await prepare();
    await ensureScreens(ROOT, node, argv);
    process.exitCode = await run(node, [join(ROOT, 'src', 'cli', 'main.ts'), ...argv]);
  } catch (thrown) {
    tellFailure(thrown, argv);
  }
}

/** Node and packages, fetched where missing. @returns {Promise<string>} path of the Node to use */
export async function prepare() {
  const node = await ensureNode(ROOT);
  await ensureDependencies(ROOT, node);
  return node;
}

/**
 * Runs a script and stands in for it: signals go on to it, its exit code comes back. The open channel tells it when this
 * process is killed outright, and the end of a surrounding `npm run` stops it.
 * @returns {Promise<number>} exit code; 128 + number for a signal
 */
export function run(node, words) {
  const env = {
    // Compiled code is kept from the first clean stop on; a start then costs half.
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compiled'),
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  };
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...words], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  // Ctrl-C in a terminal reaches the whole group by itself; forwarding it too would count as a second Ctrl-C.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  const endWatch = whenNpmEnds(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      endWatch();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
