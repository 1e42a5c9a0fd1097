import { parseArgs } from 'node:util';
import { type CliCommand, CommandFailure, EXIT, type OptionSpec, type ParsedArguments } from './command.ts';
import { nearest } from '#vocabulary/nearest.ts';

/** Options that every command understands. */
export const COMMON_OPTIONS: OptionSpec[] = [
  { name: 'json', summary: 'print data as JSON on stdout and nothing else there' },
  { name: 'help', summary: 'show this help (-h)' },
];

/** Words before the command that steer the whole program. */
const LEADING = new Set(['--json', '--help', '-h', '--version']);

export interface CommandLine {
  /** name of a known command, or null when only options came */
  name: string | null;
  /** the word or words that were meant as a command but are none */
  unknown: string | null;
  /** everything after the command's name, with `--json` and `--help` from before it */
  rest: string[];
  version: boolean;
  help: boolean;
  json: boolean;
}

/**
 * Splits the command's name from its arguments. Two words win over one: `audit verify` before `audit`.
 * @param known names of all commands
 */
export function splitCommand(argv: readonly string[], known: readonly string[]): CommandLine {
  let start = 0;
  while (start < argv.length && LEADING.has(argv[start] as string)) start++;
  const leading = argv.slice(0, start);
  const line: CommandLine = {
    name: null,
    unknown: null,
    rest: [],
    version: leading.includes('--version'),
    help: leading.includes('--help') || leading.includes('-h'),
    json: argv.includes('--json'),
  };
  const first = argv[start];
  if (first === undefined) return line;
  const second = argv[start + 1];
  const two = `${first} ${second ?? ''}`;
  if (known.includes(two)) return { ...line, name: two, rest: [...leading, ...argv.slice(start + 2)] };
  if (known.includes(first)) return { ...line, name: first, rest: [...leading, ...argv.slice(start + 1)] };
  const isGroup = known.some((name) => name.startsWith(`${first} `));
  const help = line.help || argv.includes('--help') || argv.includes('-h');
  const named = isGroup && second !== undefined && !second.startsWith('-');
  return { ...line, help, unknown: named ? two : first, rest: argv.slice(start + 1) };
}

/**
 * Reads a command's arguments by its own list of options.
 * @throws CommandFailure with exit code 2: E-CLI-003 unknown option (names the nearest known one), E-CLI-004
 * value missing or not wanted, E-CLI-005 required option missing, E-CLI-006 too many or too few words
 */
export function parseCommandArguments(command: CliCommand, argv: readonly string[]): ParsedArguments {
  const specs = [...command.options, ...COMMON_OPTIONS];
  const { tokens } = parseArgs({
    args: joinNegativeValues(argv, specs),
    options: Object.fromEntries(
      specs.map((o) => [
        o.name,
        { type: o.value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const parsed: ParsedArguments = { positionals: [], values: {}, switches: new Set(), json: false };
  for (const token of tokens) {
    if (token.kind === 'positional') parsed.positionals.push(token.value);
    if (token.kind === 'option') takeOption(command, specs, token, parsed);
  }
  parsed.json = parsed.switches.has('json');
  requireOptions(command, parsed);
  requirePositionals(command, parsed);
  return parsed;
}

/** parseArgs takes `--low -5` for two options; a number after an option that wants a value is that value. */
function joinNegativeValues(argv: readonly string[], specs: OptionSpec[]): string[] {
  const wantsValue = new Set(specs.filter((o) => o.value !== undefined).map((o) => `--${o.name}`));
  const joined: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    const next = argv[i + 1];
    if (wantsValue.has(word) && next !== undefined && /^-[.\d]/.test(next)) {
      joined.push(`${word}=${next}`);
      i++;
    } else joined.push(word);
  }
  return joined;
}

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
}

function takeOption(
  command: CliCommand,
  specs: OptionSpec[],
  token: OptionToken,
  parsed: ParsedArguments,
): void {
  if (token.rawName === '-h') return void parsed.switches.add('help');
  const spec = token.rawName.startsWith('--') ? specs.find((o) => o.name === token.name) : undefined;
  if (!spec) {
    const guess = nearest(
      token.name,
      specs.map((o) => o.name),
    );
    throw usage(
      'E-CLI-003',
      `"${command.name}" has no option ${token.rawName}.`,
      guess
        ? `Did you mean --${guess}? See throughline ${command.name} --help.`
        : `See throughline ${command.name} --help.`,
    );
  }
  if (spec.value === undefined) {
    if (token.value !== undefined) {
      throw usage(
        'E-CLI-004',
        `--${spec.name} is a switch and takes no value.`,
        `Write --${spec.name} alone.`,
      );
    }
    parsed.switches.add(spec.name);
    return;
  }
  if (token.value === undefined || token.value === '') {
    throw usage(
      'E-CLI-004',
      `--${spec.name} needs a value: ${spec.summary}.`,
      `Write --${spec.name} ${spec.value}.`,
    );
  }
  parsed.values[spec.name] = token.value;
}

function requireOptions(command: CliCommand, parsed: ParsedArguments): void {
  if (parsed.switches.has('help')) return;
  for (const spec of command.options) {
    if (parsed.values[spec.name] === undefined && spec.default !== undefined) {
      parsed.values[spec.name] = spec.default;
    }
  }
  const missing = command.options.filter((o) => o.required === true && parsed.values[o.name] === undefined);
  if (missing.length === 0) return;
  const names = missing.map((o) => `--${o.name} ${o.value ?? ''}`.trim()).join(', ');
  throw usage(
    'E-CLI-005',
    `"${command.name}" cannot run without ${names}.`,
    `Add ${missing.length === 1 ? 'it' : 'them'}; for example: ${command.examples[0] ?? `throughline ${command.name} --help`}`,
  );
}

function requirePositionals(command: CliCommand, parsed: ParsedArguments): void {
  if (parsed.switches.has('help')) return;
  const wanted = command.positionals ?? [];
  const missing = wanted.slice(parsed.positionals.length).find((p) => p.required);
  if (missing) {
    throw usage(
      'E-CLI-006',
      `"${command.name}" needs ${missing.name}: ${missing.summary}.`,
      `For example: ${command.examples[0] ?? `throughline ${command.name} --help`}`,
    );
  }
  const extra = parsed.positionals[wanted.length];
  if (extra !== undefined) {
    throw usage(
      'E-CLI-006',
      `"${command.name}" does not know what to do with "${extra}".`,
      `See throughline ${command.name} --help.`,
    );
  }
}

function usage(code: string, message: string, mend: string): CommandFailure {
  return new CommandFailure(code, message, mend, EXIT.usage);
}
