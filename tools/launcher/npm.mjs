import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { SetupFailure } from './talk.mjs';

const MAX_KEPT_OUTPUT_CHARS = 64_000;
const SHOWN_LINES = 12;
/** What a surrounding `npm run` leaves behind and would mislead an npm that works in another folder. */
const LEFT_BY_NPM_RUN = /^(npm_package_|npm_lifecycle_|npm_config_local_prefix$|INIT_CWD$)/;

/**
 * Installs what the lock in `folder` says, without running a script of any package.
 * @param {string} folder holds package.json and package-lock.json
 * @param {string} node the Node that runs npm
 * @throws {SetupFailure} E-SETUP-002 no npm, E-SETUP-003 no network, E-SETUP-004 no room on the disk, E-SETUP-005 no right to write,
 * E-SETUP-009 anything else, with what npm said
 */
export async function npmInstall(folder, node) {
  // `npm ci` refuses a lock without the packages of every other platform, and a registry that does not carry them all
  // cannot write such a lock. `--no-save` follows the lock just as well and leaves it untouched; the caller compares.
  // With NODE_ENV=production npm would leave out what builds and tests; a clone needs both.
  const args = ['install', '--no-save', '--ignore-scripts', '--include=dev', '--include=optional'];
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const { code, output } = await run([...args, ...quiet], folder, node);
  if (code !== 0) throw explain(output);
}

function run(args, cwd, node) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !LEFT_BY_NPM_RUN.test(name)));
  env.PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  // Under `npm start` the surrounding npm says where it lives; it may not be in PATH.
  const own = process.env.npm_execpath;
  const viaNode = own !== undefined && own.endsWith('npm-cli.js');
  const [command, argv] = viaNode ? [node, [own, ...args]] : ['npm', args];
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(0, MAX_KEPT_OUTPUT_CHARS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      if (error.code !== 'ENOENT') return reject(error);
      reject(
        new SetupFailure(
          'E-SETUP-002',
          'The packages cannot be fetched: there is no npm in PATH.',
          'Install npm (it comes with Node from https://nodejs.org) and start again.',
        ),
      );
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}

function explain(output) {
  const lines = output.split('\n').filter((line) => !/^(npm error)?\s*$/.test(line));
  const told = lines.slice(0, SHOWN_LINES).join('\n');
  const has = (pattern) => pattern.test(output);
  if (has(/ENOSPC/)) {
    return new SetupFailure(
      'E-SETUP-004',
      'The packages cannot be stored: the disk is full.',
      'Free about 1 GB and start again.',
    );
  }
  if (has(/EACCES|EPERM|EROFS/)) {
    return new SetupFailure(
      'E-SETUP-005',
      `The packages cannot be stored: this account may not write there.\n${told}\n`,
      'Run as the owner of the folder, or clone into a folder of your own.',
    );
  }
  if (
    has(/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network|CERT_/i)
  ) {
    return new SetupFailure(
      'E-SETUP-003',
      `The packages cannot be fetched: npm does not reach its registry.\n${told}\n`,
      'Check the connection, the proxy (npm config get proxy) and the registry (npm config get registry), and start again.',
      5,
    );
  }
  return new SetupFailure(
    'E-SETUP-009',
    `npm could not install the packages.\n${told}\n`,
    'Mend what it names and start again.',
  );
}
