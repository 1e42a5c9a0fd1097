// The machine under the plant: Node, disk, clock, time zone.
import { statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, isoUtc, MINUTE_MS } from '#vocabulary/time.ts';
import { type Check, failed, type Said, warning, well } from './finding.ts';

const MIN_NODE_MAJOR = 24;
const GB = 2 ** 30;
const MIN_FREE_BYTES = GB / 4;
const GOOD_FREE_BYTES = 2 * GB;
/** The program did not exist before; a clock that says so is wrong. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);
const LATEST_MS = EARLIEST_MS + 50 * 365 * DAY_MS;
const MAX_AHEAD_MS = 5 * MINUTE_MS;

export function nodeVersion(version: string): Check {
  return {
    number: '01',
    name: 'Node version',
    look: () =>
      Number.parseInt(version.slice(1), 10) >= MIN_NODE_MAJOR
        ? well(`Node ${version}.`)
        : failed(
            `Node ${version} is older than ${MIN_NODE_MAJOR}.`,
            `Start it with bin/throughline, which brings Node ${MIN_NODE_MAJOR}.`,
          ),
  };
}

export function diskSpace(dataDir: string): Check {
  return {
    number: '02',
    name: 'disk space',
    look() {
      const { bavail, bsize } = statfsSync(dataDir);
      const free = bavail * bsize;
      const message = `${(free / GB).toFixed(1)} GB are free on the disk of ${dataDir}.`;
      const mend =
        'Free space there, or move the data folder to a larger disk; when it is full, input stops.';
      if (free < MIN_FREE_BYTES) return failed(message, mend);
      return free < GOOD_FREE_BYTES ? warning(message, mend) : well(message);
    },
  };
}

/** Held against sense and against the newest file of the folder, which cannot come from the future. */
export function clock(dataDir: string, nowMs: number): Check {
  const mend = 'Set the clock of this machine (NTP); certificates, sessions and stale limits depend on it.';
  return {
    number: '03',
    name: 'clock',
    look(): Said {
      if (nowMs < EARLIEST_MS || nowMs > LATEST_MS)
        return failed(`This machine says it is ${isoUtc(nowMs)}.`, mend);
      const writtenMs = statSync(join(dataDir, 'site.db')).mtimeMs;
      if (writtenMs > nowMs + MAX_AHEAD_MS) {
        return failed(
          `The journal was written at ${isoUtc(writtenMs)} and it is ${isoUtc(nowMs)}: the clock went back.`,
          mend,
        );
      }
      return well(`It is ${isoUtc(nowMs)}.`);
    },
  };
}

/** @param plantZone as the plant's description names it; null while there is none */
export function timeZone(plantZone: () => string | null, machineZone: string): Check {
  return {
    number: '04',
    name: 'time zone',
    look() {
      const zone = plantZone();
      if (zone === null) return well(`The plant is not described yet; this machine keeps ${machineZone}.`);
      if (!isKnown(zone)) {
        return failed(
          `The plant's time zone "${zone}" is not known here.`,
          'Correct timeZone in the plan, for example Europe/Berlin.',
        );
      }
      return well(`The plant keeps ${zone}, this machine ${machineZone}; times are stored as UTC.`);
    },
  };
}

function isKnown(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
