import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { npmInstall } from './npm.mjs';
import { SetupFailure, step } from './talk.mjs';

/**
 * Brings node_modules to what the lock says. A stamp inside node_modules, written last, holds the hash of both locks;
 * an install that was cut off has none. A node_modules that is a link belongs to somebody else and is left alone.
 * @param {string} root the clone
 * @param {string} node the Node that runs npm
 * @throws {SetupFailure} as npmInstall
 */
export async function ensureDependencies(root, node) {
  const installed = join(root, 'node_modules');
  if (lstatSync(installed, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const stamp = join(installed, '.throughline-stamp');
  const wanted = hashOfLocks(root);
  const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isCurrent()) return;
  await withLock(join(root, 'tools', 'node', '.lock'), async () => {
    if (isCurrent()) return;
    if (!npmAgrees(root)) {
      const why = existsSync(installed) ? 'the lock has changed' : 'this clone has none yet';
      await step(`installing the packages of package-lock.json (${why})`, () => npmInstall(root, node));
      if (!npmAgrees(root)) {
        throw new SetupFailure(
          'E-SETUP-012',
          'npm installed other packages than package-lock.json says; package.json may have changed without it.',
          'Run npm install, look at what changed in package-lock.json, and start again.',
        );
      }
    }
    writeFileSync(stamp, wanted);
  });
}

function hashOfLocks(root) {
  const hash = createHash('sha256');
  for (const lock of ['package-lock.json', 'tools/node/package-lock.json']) {
    hash.update(readFileSync(join(root, lock)));
  }
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`;
}

/**
 * Whether node_modules is what the lock says, by npm's own record there, which npm writes last. Packages of other
 * platforms may be missing; one of this platform that the lock does not know may be there.
 */
function npmAgrees(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(record, 'utf8')).packages;
  const paths = Object.keys(wanted).filter((path) => path !== '');
  return (
    paths.every((path) =>
      found[path] ? found[path].version === wanted[path].version : wanted[path].optional === true,
    ) && Object.keys(found).every((path) => path in wanted || found[path].optional === true)
  );
}
