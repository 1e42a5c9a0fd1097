import { readFileSync } from 'node:fs';

const LOOK_MS = 300;

/**
 * Calls `gone` once when the `npm run` this process stands under has ended. npm hands a signal to the shell between
 * them, and many shells die of it without passing it on. Outside npm nothing is watched: a server that was put into
 * the background outlives its shell on purpose.
 * @param {() => void} gone
 * @returns {() => void} ends the watch
 */
export function whenNpmEnds(gone) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    gone();
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Where the system does not tell (no /proc), only the direct parent is watched. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return '';
  }
}
