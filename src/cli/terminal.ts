import { PortFailure } from '#ports/failure.ts';
import { CommandFailure, type Terminal } from './command.ts';

const PROGRESS_AFTER_MS = 3_000;
const REDRAW_EVERY_MS = 100;
const PLAIN_LINE_EVERY_MS = 10_000;
const BAR_CELLS = 24;

/** What a terminal needs of stdout or stderr. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

interface Task {
  label: string;
  startedMs: number;
  drawnMs: number;
}

/**
 * The terminal of a command: data to `out`, talk to `err`.
 * A bar appears once a task has run for 3 s; without a TTY a plain line every 10 s stands in for it.
 * @param nowMs monotonic clock, ms
 */
export function openTerminal(
  out: Output,
  err: Output,
  nowMs: () => number = () => performance.now(),
): Terminal {
  let task: Task | null = null;
  let barShown = false;
  const clearBar = (): void => {
    if (barShown) err.write('\r\u001b[2K');
    barShown = false;
  };
  return {
    data(text) {
      clearBar();
      out.write(`${text}\n`);
    },
    say(text) {
      clearBar();
      err.write(`${text}\n`);
    },
    progress(label, done, total) {
      const now = nowMs();
      if (task?.label !== label) task = { label, startedMs: now, drawnMs: Number.NEGATIVE_INFINITY };
      if (now - task.startedMs < PROGRESS_AFTER_MS) return;
      const finished = done >= total;
      const isTty = err.isTTY === true;
      const dueMs = task.drawnMs + (isTty ? REDRAW_EVERY_MS : PLAIN_LINE_EVERY_MS);
      if (now < dueMs && !finished) return;
      task.drawnMs = now;
      const line = progressLine(label, done, total, now - task.startedMs);
      clearBar();
      err.write(isTty && !finished ? `\r${line}` : `${line}\n`);
      barShown = isTty && !finished;
      if (finished) task = null;
    },
  };
}

function progressLine(label: string, done: number, total: number, elapsedMs: number): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 1;
  const filled = Math.round(share * BAR_CELLS);
  const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR_CELLS - filled)}`;
  const percent = String(Math.floor(share * 100)).padStart(3);
  const left = share >= 1 ? `${seconds(elapsedMs)} in all` : `${timeLeft(share, elapsedMs)} left`;
  return `${label} [${bar}] ${percent} %, ${left}`;
}

function timeLeft(share: number, elapsedMs: number): string {
  return share > 0 ? `about ${seconds((elapsedMs * (1 - share)) / share)}` : 'unknown time';
}

function seconds(ms: number): string {
  const whole = Math.max(1, Math.round(ms / 1000));
  return whole < 90 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Colour only where a person looks at it and has not refused it (no-color.org). */
export function wantsColour(output: Output, env: Readonly<Record<string, string | undefined>>): boolean {
  return output.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** A failure as one paragraph for people: what and why, how to mend it, the code. */
export function failureSentence(failure: CommandFailure, colour: boolean): string {
  const head = colour ? '\u001b[31mthroughline:\u001b[0m' : 'throughline:';
  return `${head} ${failure.message} ${failure.mend} [${failure.code}]`;
}

/** The same failure for programs, alone on stdout when `--json` was given. */
export function failureJson(failure: CommandFailure): string {
  return JSON.stringify({
    error: { code: failure.code, message: failure.message, mend: failure.mend },
  });
}

/** What a thrown value becomes: a bug keeps its message, loses its stack and gets a code. */
export function asFailure(thrown: unknown): CommandFailure {
  if (thrown instanceof CommandFailure) return thrown;
  if (thrown instanceof PortFailure) return new CommandFailure(thrown.code, thrown.message, thrown.mend);
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return new CommandFailure(
    'E-CLI-001',
    `Something went wrong that should not: ${what.replace(/\.?$/, '.')}`,
    'Run it again with THROUGHLINE_DEBUG=1 to see where, and report it with that text.',
  );
}
