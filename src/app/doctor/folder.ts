// The data folder: whose it is, who may read it, who holds it.
import { accessSync, constants, existsSync, lstatSync, readdirSync, type Stats } from 'node:fs';
import { join, relative } from 'node:path';
import { type Check, failed, warning, well } from './finding.ts';

/** Only its owner may look into the folder and its secrets. */
const OTHERS = 0o077;
/** Certificates and public keys are there to be given away; others may read them, and never write. */
const GIVEN_AWAY = /\.(pem|pub)$/;
const OTHERS_WRITE = 0o022;
/** Files and folders looked at; samples are as many as days, and lie behind their folder's own door. */
const LOOKED_INTO = ['', 'keys', join('keys', 'mqtt'), 'heads', 'set-aside'];
const MAX_NAMED = 5;

export function writable(dataDir: string): Check {
  return {
    number: '05',
    name: 'data folder',
    look() {
      try {
        accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
      } catch (error) {
        return failed(
          `${dataDir} cannot be read and written (${(error as NodeJS.ErrnoException).code}).`,
          'Give it to the user that runs Throughline, and check that its disk is not read-only.',
        );
      }
      return well(`${dataDir} is there and can be written.`);
    },
  };
}

export function permissions(dataDir: string): Check {
  return {
    number: '06',
    name: 'permissions',
    look() {
      if (process.platform === 'win32')
        return well('Windows keeps permissions in another way; they were not looked at.');
      const open = entries(dataDir).filter(([path, stats]) => (stats.mode & closedTo(path)) !== 0);
      if (open.length === 0) return well('Only its owner can read the folder, its keys and its databases.');
      const named = open
        .slice(0, MAX_NAMED)
        .map(([path, stats]) => `${relative(dataDir, path) || '.'} (${octal(stats)})`);
      const more = open.length > MAX_NAMED ? ` and ${open.length - MAX_NAMED} more` : '';
      return failed(
        `Others on this machine may read or write ${named.join(', ')}${more}.`,
        `chmod -R go= '${dataDir}'`,
      );
    },
  };
}

export function lock(holder: () => number | null): Check {
  return {
    number: '07',
    name: 'lock',
    look() {
      const pid = holder();
      return well(pid === null ? 'No server runs on this folder.' : `Process ${pid} runs this plant.`);
    },
  };
}

/** There is no backup command yet, so there is none to be old. */
export function backup(): Check {
  return {
    number: '08',
    name: 'backup',
    look: () =>
      warning(
        'No backup is known: Throughline makes none yet.',
        'Stop the server and copy the whole data folder, keys included, to another machine.',
      ),
  };
}

function closedTo(path: string): number {
  return GIVEN_AWAY.test(path) ? OTHERS_WRITE : OTHERS;
}

function entries(dataDir: string): [string, Stats][] {
  const paths = LOOKED_INTO.flatMap((folder) => {
    const path = join(dataDir, folder);
    if (!existsSync(path)) return [];
    return [path, ...readdirSync(path).map((name) => join(path, name))];
  });
  return [...new Set(paths)].flatMap((path): [string, Stats][] => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats && !stats.isSymbolicLink() ? [[path, stats]] : [];
  });
}

function octal(stats: Stats): string {
  return (stats.mode & 0o777).toString(8).padStart(4, '0');
}
