// Speaks on stderr only: stdout belongs to the command that runs next.

const STILL_AT_IT_EVERY_MS = 10_000;

/** A failure of the set-up: what happened and why, how to mend it, a code, an exit code. */
export class SetupFailure extends Error {
  constructor(code, message, mend, exitCode = 1) {
    super(message);
    this.code = code;
    this.mend = mend;
    this.exitCode = exitCode;
  }
}

export function say(text) {
  process.stderr.write(`throughline: ${text}\n`);
}

/**
 * Runs a step that takes a while and says so: a line at its start, one every 10 s, one at its end.
 * @param {string} label what is done and why
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function step(label, work) {
  const startedMs = Date.now();
  const elapsed = () => `${Math.max(1, Math.round((Date.now() - startedMs) / 1000))} s`;
  say(`${label} ...`);
  const timer = setInterval(() => say(`... still at it after ${elapsed()}`), STILL_AT_IT_EVERY_MS);
  try {
    const result = await work();
    say(`... done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Tells a failure the way every command does and sets the exit code.
 * @param {unknown} thrown
 * @param {string[]} argv
 */
export function tellFailure(thrown, argv) {
  const failure =
    thrown instanceof SetupFailure
      ? thrown
      : new SetupFailure(
          'E-SETUP-010',
          `The set-up stopped: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
          'Run it again with THROUGHLINE_DEBUG=1 to see where.',
        );
  if (argv.includes('--json')) {
    const { code, message, mend } = failure;
    process.stdout.write(`${JSON.stringify({ error: { code, message, mend } })}\n`);
  } else say(`${failure.message} ${failure.mend} [${failure.code}]`);
  if (process.env.THROUGHLINE_DEBUG === '1' && thrown instanceof Error) say(thrown.stack ?? '');
  process.exitCode = failure.exitCode;
}
