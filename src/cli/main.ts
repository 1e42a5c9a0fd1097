import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMMANDS, type CommandEntry } from './all.ts';
import { parseCommandArguments, splitCommand } from './arguments.ts';
import { CommandFailure, EXIT, type ExitCode, type Terminal } from './command.ts';
import { commandHelp, programHelp } from './help.ts';
import { nearest } from '#vocabulary/nearest.ts';
import { version } from './version.ts';
import {
  asFailure,
  failureJson,
  failureSentence,
  type Output,
  openTerminal,
  wantsColour,
} from './terminal.ts';

export interface Surroundings {
  out: Output;
  err: Output;
  env: Readonly<Record<string, string | undefined>>;
  commands: readonly CommandEntry[];
}

/**
 * Runs one command line and says how it ended; throws nothing.
 * @param argv the words after the program's name
 */
export async function runCommandLine(argv: readonly string[], around: Surroundings): Promise<ExitCode> {
  const terminal = openTerminal(around.out, around.err);
  const names = around.commands.map((c) => c.name);
  const line = splitCommand(argv, names);
  try {
    if (line.version) return showVersion(line.json, terminal);
    if (line.name === null) return await withoutCommand(line, around.commands, terminal);
    const entry = around.commands.find((c) => c.name === line.name) as CommandEntry;
    const { command } = await entry.load();
    const args = parseCommandArguments(command, line.rest);
    if (args.switches.has('help')) {
      terminal.data(commandHelp(command));
      return EXIT.ok;
    }
    return await command.run(args, terminal);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (line.json) terminal.data(failureJson(failure));
    else terminal.say(failureSentence(failure, wantsColour(around.err, around.env)));
    if (around.env['THROUGHLINE_DEBUG'] === '1' && thrown instanceof Error) terminal.say(thrown.stack ?? '');
    return failure.exitCode;
  }
}

function showVersion(json: boolean, terminal: Terminal): ExitCode {
  const own = version();
  terminal.data(json ? JSON.stringify({ version: own, node: process.versions.node }) : own);
  return EXIT.ok;
}

async function withoutCommand(
  line: { unknown: string | null; help: boolean },
  entries: readonly CommandEntry[],
  terminal: Terminal,
): Promise<ExitCode> {
  const group = line.unknown?.split(' ')[0] ?? '';
  const inGroup = entries.filter((c) => c.name.startsWith(`${group} `));
  if (line.unknown === null || line.help) {
    const shown = inGroup.length > 0 ? inGroup : entries;
    const commands = await Promise.all(shown.map(async (c) => (await c.load()).command));
    const help = programHelp(commands, version());
    if (line.help) terminal.data(help);
    else terminal.say(help);
    return line.help ? EXIT.ok : EXIT.usage;
  }
  if (inGroup.length > 0 && line.unknown === group) {
    throw new CommandFailure(
      'E-CLI-002',
      `"${group}" is the first word of several commands.`,
      `Say which one: ${inGroup.map((c) => c.name).join(', ')}.`,
      EXIT.usage,
    );
  }
  if (line.unknown.startsWith('-')) {
    throw new CommandFailure(
      'E-CLI-003',
      `There is no option ${line.unknown} before a command.`,
      'Options of a command come after its name; throughline --help lists both.',
      EXIT.usage,
    );
  }
  const guess = nearest(
    line.unknown,
    entries.map((c) => c.name),
  );
  throw new CommandFailure(
    'E-CLI-002',
    `There is no command "${line.unknown}".`,
    guess
      ? `Did you mean "${guess}"? throughline --help lists all.`
      : 'throughline --help lists the commands.',
    EXIT.usage,
  );
}

/** Runs as the program itself: signals, broken pipes, the exit code. */
async function program(): Promise<void> {
  process.on('SIGINT', () => {
    // A command that shuts down in its own way has its own listener; then this one stands back.
    if (process.listenerCount('SIGINT') === 1) process.exit(EXIT.interrupted);
  });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough (`| head`): no failure of ours.
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    throw error;
  });
  dieWithLauncher();
  const code = await runCommandLine(process.argv.slice(2), {
    out: process.stdout,
    err: process.stderr,
    env: process.env,
    commands: COMMANDS,
  });
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}

/**
 * The launcher holds a channel to this process. When it is killed outright, the channel closes and this process
 * goes the same way, at once: nobody is left holding the data folder, and the journal is made for it.
 */
function dieWithLauncher(): void {
  if (process.channel === undefined) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel?.unref();
}

const startedAs = process.argv[1];
if (startedAs !== undefined && realpathSync(startedAs) === fileURLToPath(import.meta.url)) await program();
