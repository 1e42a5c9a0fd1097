// Asks a running plant through the door in its data folder.
import { connect } from 'node:net';
import type { DoorQuestion } from '#ports/door.ts';
import { PortFailure } from '#ports/failure.ts';
import { doorOf } from './place.ts';

/** An answer takes at most this long: a command waits for the disk, ms. */
const ANSWER_WITHIN_MS = 60_000;

interface Told {
  value?: unknown;
  failure?: { code: string; message: string; mend: string };
}

/** @throws PortFailure E-DOOR-001 when nobody could be asked, E-DOOR-004 when the answer got lost, else what the plant said */
export function askDoor(dataDir: string, question: DoorQuestion): Promise<unknown> {
  const path = doorOf(dataDir);
  if (path === null) return Promise.reject(nobody('its folder can have no local socket'));
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let told = '';
    let asked = false;
    const unanswered = (why: string): PortFailure => (asked ? lost(why) : nobody(why));
    socket.setEncoding('utf8');
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(unanswered('it did not answer in time')));
    socket.on('connect', () => {
      asked = true;
      socket.write(`${JSON.stringify(question)}\n`);
    });
    socket.on('data', (part: string) => {
      told += part;
      const end = told.indexOf('\n');
      if (end < 0) return;
      socket.end();
      const { value, failure } = JSON.parse(told.slice(0, end)) as Told;
      if (failure) reject(new PortFailure(failure.code, failure.message, failure.mend, false));
      else resolve(value);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      reject(error instanceof PortFailure ? error : unanswered(`its door does not answer (${error.code})`));
    });
    socket.on('close', () => reject(unanswered('it closed the door without an answer')));
  });
}

function nobody(why: string): PortFailure {
  return new PortFailure(
    'E-DOOR-001',
    `The plant of this data folder is in use by another process, and ${why}.`,
    'If it is a plant, run the same version here and there and try again; else wait until that process has ended.',
    true,
  );
}

/** What was asked may have been done: only the plant itself can tell. */
function lost(why: string): PortFailure {
  return new PortFailure(
    'E-DOOR-004',
    `The plant of this data folder was asked, and ${why}; it may have done it.`,
    'Look at what stands there, then run the command again: what was done adds nothing twice.',
    true,
  );
}
