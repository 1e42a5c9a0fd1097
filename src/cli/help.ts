import { COMMON_OPTIONS } from './arguments.ts';
import type { CliCommand, OptionSpec } from './command.ts';

/** Help of the whole program: one line a command. */
export function programHelp(commands: readonly CliCommand[], version: string): string {
  return [
    `throughline ${version}: ties every sensor to the decision it improves, and each detection to finished work.`,
    '',
    'Usage: throughline <command> [options]',
    '',
    'Commands:',
    ...columns(commands.map((c) => [c.name, c.summary])),
    '',
    'Options:',
    ...columns([...COMMON_OPTIONS.map(optionRow), ['--version', 'print the version']]),
    '',
    'Examples:',
    ...(commands.length > 0
      ? commands.flatMap((c) => c.examples.slice(0, 1))
      : ['throughline --version']
    ).map((example) => `  ${example}`),
    '',
    'Exit codes: 0 ok, 1 failed, 2 usage, 3 not found, 4 refused, 5 unreachable, 130 interrupted.',
    'Help of one command: throughline <command> --help',
  ].join('\n');
}

/** Help of one command: usage, words, options, examples. */
export function commandHelp(command: CliCommand): string {
  const words = command.positionals ?? [];
  const usage = words.map((p) => (p.required ? `<${p.name}>` : `[${p.name}]`));
  return [
    command.summary,
    '',
    `Usage: ${['throughline', command.name, ...usage, '[options]'].join(' ')}`,
    ...(words.length > 0 ? ['', 'Words:', ...columns(words.map((p) => [p.name, p.summary]))] : []),
    '',
    'Options:',
    ...columns([...command.options, ...COMMON_OPTIONS].map(optionRow)),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
  ].join('\n');
}

function optionRow(option: OptionSpec): [string, string] {
  const name = `--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`;
  const required = option.required === true ? ' (required)' : '';
  const standard = option.default === undefined ? '' : ` (default ${option.default})`;
  return [name, `${option.summary}${required}${standard}`];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}
