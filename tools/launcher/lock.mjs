import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupFailure, say } from './talk.mjs';

const POLL_MS = 200;
const MAX_WAIT_MS = 15 * 60_000;
/** A lock file is written right after it is created; one that stays empty this long has lost its writer. */
const EMPTY_IS_STALE_AFTER_MS = 10_000;

/**
 * Runs `work` while no other process on this machine holds `path`. A lock of a process that is gone is taken over.
 * @param {string} path lock file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {SetupFailure} E-SETUP-006 after 15 minutes of waiting
 * @template T
 */
export async function withLock(path, work) {
  await acquire(path);
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

async function acquire(path) {
  const startedMs = Date.now();
  let told = false;
  while (!take(path)) {
    const holder = readHolder(path);
    if (holder === 'gone') {
      takeAway(path);
      continue;
    }
    if (!told && holder !== 'free') {
      say(`another start is setting up here (process ${holder}); waiting for it`);
      told = true;
    }
    if (Date.now() - startedMs > MAX_WAIT_MS) {
      throw new SetupFailure(
        'E-SETUP-006',
        `Another process has been setting up this folder for 15 minutes (${path}).`,
        'Let it finish, or end it, and start again.',
      );
    }
    await sleep(POLL_MS);
  }
}

function take(path) {
  try {
    writeFileSync(path, `${process.pid} ${bornAt(process.pid)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @returns {number | 'gone' | 'free'} */
function readHolder(path) {
  try {
    const [pid, born] = readFileSync(path, 'utf8').trim().split(' ');
    if (!pid) return Date.now() - statSync(path).mtimeMs > EMPTY_IS_STALE_AFTER_MS ? 'gone' : 'free';
    return isAlive(Number(pid), born ?? '') ? Number(pid) : 'gone';
  } catch (error) {
    if (error.code === 'ENOENT') return 'free';
    throw error;
  }
}

/**
 * Removes a stale lock. Two waiters may both see it stale; a folder, made by one of them only, lets one look again
 * and remove, so that nobody removes the lock the other has just taken.
 */
function takeAway(path) {
  const guard = `${path}.takeover`;
  try {
    mkdirSync(guard);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeOldGuard(guard);
    return;
  }
  try {
    if (readHolder(path) === 'gone') rmSync(path, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

function removeOldGuard(guard) {
  try {
    if (Date.now() - statSync(guard).mtimeMs > EMPTY_IS_STALE_AFTER_MS) rmdirSync(guard);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isAlive(pid, born) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  // The system gives old numbers to new processes: the same number born at another time is another process.
  const bornNow = bornAt(pid);
  return born === '' || bornNow === '' || born === bornNow;
}

/** Start of a process in clock ticks since boot, where the system tells (Linux), else ''. */
function bornAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
