import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { npmInstall } from './npm.mjs';
import { SetupFailure, step } from './talk.mjs';

const NEEDED_MAJOR = 24;

/**
 * The Node that runs Throughline: the running one when it is new enough, otherwise one from tools/node, fetched and
 * checked against tools/node/checksums.json when it is not there yet.
 * @param {string} root the clone
 * @returns {Promise<string>} path of the binary
 * @throws {SetupFailure} E-SETUP-001 no package for this platform, E-SETUP-007 the binary is not the listed one, E-SETUP-008 it does not
 * run here, and those of npmInstall
 */
export async function ensureNode(root) {
  if (majorOf(process.versions.node) >= NEEDED_MAJOR) return process.execPath;
  const folder = join(root, 'tools', 'node');
  const listed = listedFor(folder, `${process.platform}-${process.arch}`);
  const binary = join(folder, 'node_modules', listed.package, 'bin', 'node');
  const stamp = join(folder, 'node_modules', '.throughline-stamp');
  if (isVouchedFor(stamp, binary, listed)) return binary;
  await withLock(join(folder, '.lock'), async () => {
    if (isVouchedFor(stamp, binary, listed)) return;
    const why = `this machine runs Node ${process.versions.node}, Throughline needs ${NEEDED_MAJOR}`;
    await step(`fetching Node ${listed.version} into tools/node (${why})`, () =>
      npmInstall(folder, process.execPath),
    );
    await checkBinary(binary, listed);
    writeFileSync(stamp, vouch(binary, listed));
  });
  return binary;
}

function listedFor(folder, platform) {
  const listed = JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8'))[platform];
  if (listed) return listed;
  throw new SetupFailure(
    'E-SETUP-001',
    `Throughline needs Node ${NEEDED_MAJOR} or newer; this is Node ${process.versions.node}, and there is no package of it for ${platform}.`,
    'Install it from https://nodejs.org and start again.',
  );
}

/** The stamp spares hashing 120 MB at every start: it names the sum and the very file that had it. */
function vouch(binary, listed) {
  const { size, mtimeMs } = statSync(binary);
  return `${listed.version} ${listed.sha256} ${size} ${mtimeMs}\n`;
}

function isVouchedFor(stamp, binary, listed) {
  return existsSync(stamp) && existsSync(binary) && readFileSync(stamp, 'utf8') === vouch(binary, listed);
}

async function checkBinary(binary, listed) {
  if (!existsSync(binary)) {
    throw new SetupFailure(
      'E-SETUP-007',
      `npm did not install ${listed.package} ${listed.version}.`,
      'Remove tools/node/node_modules and start again; if that does not help, install Node 24 yourself.',
    );
  }
  const found = await sha256OfFile(binary);
  if (found !== listed.sha256) {
    rmSync(join(binary, '..', '..'), { recursive: true, force: true });
    throw new SetupFailure(
      'E-SETUP-007',
      `The Node that came is not the one this repository lists: SHA-256 ${found}, expected ${listed.sha256}. It was removed and not run.`,
      'Ask where your registry gets node packages from, or install Node 24 yourself.',
    );
  }
  const { stdout, error } = spawnSync(binary, ['-v'], { encoding: 'utf8' });
  if (error || stdout.trim() !== `v${listed.version}`) {
    throw new SetupFailure(
      'E-SETUP-008',
      `The Node that came does not run on this machine: ${error?.message ?? `it says "${stdout.trim()}"`}.`,
      'Install Node 24 by the means of your system (on Alpine: apk add nodejs) and start again.',
    );
  }
}

/** @returns {Promise<string>} hexadecimal SHA-256 of a file */
export function sha256OfFile(path) {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    createReadStream(path, { highWaterMark: 1 << 20 })
      .on('data', (chunk) => hash.update(chunk))
      .on('error', reject)
      .on('end', () => resolve(hash.digest('hex')));
  });
}

function majorOf(version) {
  return Number(version.split('.')[0]);
}
