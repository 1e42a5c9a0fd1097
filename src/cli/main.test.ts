import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS, type CommandEntry } from './all.ts';
import { type CliCommand, CommandFailure, EXIT, type ParsedArguments } from './command.ts';
import { runCommandLine } from './main.ts';

const seen: ParsedArguments[] = [];

const judge: CliCommand = {
  name: 'judge',
  summary: 'judges a file',
  positionals: [{ name: 'file', summary: 'the file to judge', required: false }],
  options: [
    { name: 'low', value: 'N', summary: 'low limit', required: true },
    { name: 'quiet', value: 'DURATION', summary: 'quiet time', default: '24h' },
    { name: 'strict', summary: 'be strict' },
  ],
  examples: ['throughline judge --low 65 readings.csv'],
  async run(args, terminal) {
    seen.push(args);
    if (args.values['low'] === '1') {
      throw new CommandFailure('E-TEST-001', 'The file is gone.', 'Bring it back.', EXIT.notFound);
    }
    if (args.values['low'] === '2') throw new Error('a bug');
    terminal.data('judged');
    return EXIT.ok;
  },
};
const verify: CliCommand = { ...judge, name: 'audit verify', options: [], run: async () => EXIT.refused };
const commands: CommandEntry[] = [judge, verify].map((command) => ({
  name: command.name,
  load: async () => ({ command }),
}));

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runCommandLine(argv, {
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
    env: {},
    commands,
  });
  return { code, out, err };
}

describe('a command line', () => {
  it('hands values, defaults, switches, words and negative numbers to the command', async () => {
    const result = await run('judge', '--low', '-5.5', '--strict', 'a.csv');
    expect(result).toEqual({ code: 0, out: 'judged\n', err: '' });
    expect(seen.at(-1)).toEqual({
      positionals: ['a.csv'],
      values: { low: '-5.5', quiet: '24h' },
      switches: new Set(['strict']),
      json: false,
    });
  });

  it('finds a command of two words and passes its exit code on', async () => {
    expect((await run('audit', 'verify')).code).toBe(EXIT.refused);
  });

  it('names the nearest command, the commands of a group, and the nearest option', async () => {
    expect((await run('jduge')).err).toContain('Did you mean "judge"?');
    expect((await run('audit')).err).toContain('audit verify');
    const option = await run('judge', '--lwo', '5');
    expect(option.code).toBe(EXIT.usage);
    expect(option.err).toContain('Did you mean --low? See throughline judge --help. [E-CLI-003]');
    expect((await run('--bogus')).err).toContain('[E-CLI-003]');
  });

  it.each([
    [['judge'], 'E-CLI-005'],
    [['judge', '--low'], 'E-CLI-004'],
    [['judge', '--low', '3', '--strict=yes'], 'E-CLI-004'],
    [['judge', '--low', '3', 'a.csv', 'b.csv'], 'E-CLI-006'],
    [['judge', '--low', '3', '-x'], 'E-CLI-003'],
  ])('refuses %j with %s and exit 2', async (argv, code) => {
    const result = await run(...argv);
    expect(result.code).toBe(EXIT.usage);
    expect(result.err).toContain(`[${code}]`);
    expect(result.out).toBe('');
  });

  it('shows help with examples for the program and for each command', async () => {
    expect((await run('--help')).out).toContain('judges a file');
    for (const argv of [
      ['judge', '--help'],
      ['judge', '-h'],
      ['--help', 'judge'],
    ]) {
      const help = await run(...argv);
      expect(help.code).toBe(EXIT.ok);
      expect(help.out).toContain('throughline judge --low 65 readings.csv');
      expect(help.out).toContain('--quiet DURATION');
    }
    const nothing = await run();
    expect([nothing.code, nothing.out]).toEqual([EXIT.usage, '']);
  });

  it('tells a failure as a sentence, or as JSON alone on stdout', async () => {
    expect(await run('judge', '--low', '1')).toEqual({
      code: EXIT.notFound,
      out: '',
      err: 'throughline: The file is gone. Bring it back. [E-TEST-001]\n',
    });
    const json = await run('--json', 'judge', '--low', '1');
    expect(json.err).toBe('');
    expect(JSON.parse(json.out)).toEqual({
      error: { code: 'E-TEST-001', message: 'The file is gone.', mend: 'Bring it back.' },
    });
  });

  it('turns a bug into a code and keeps its stack to itself', async () => {
    const result = await run('judge', '--low', '2');
    expect(result.code).toBe(EXIT.failed);
    expect(result.err).toContain('a bug. Run it again with THROUGHLINE_DEBUG=1');
    expect(result.err).not.toContain('main.test.ts');
  });
});

describe('the program', () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));

  function start(...argv: string[]): Promise<{ code: number | null; out: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [main, ...argv], { stdio: ['ignore', 'pipe', 'ignore'] });
      let out = '';
      child.stdout.on('data', (chunk) => (out += chunk));
      child.on('close', (code) => resolve({ code, out }));
    });
  }

  it('prints its version as JSON alone', async () => {
    const { code, out } = await start('--json', '--version');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  it('exits 2 for an unknown command', async () => {
    expect((await start('no-such-command')).code).toBe(EXIT.usage);
  });
});

describe('the list of commands', () => {
  it('loads, agrees with each command on its name, and every command has an example', async () => {
    for (const entry of COMMANDS) {
      const { command } = await entry.load();
      expect(command.name).toBe(entry.name);
      expect(command.examples.length, `examples of ${entry.name}`).toBeGreaterThan(0);
      const names = command.options.map((o) => o.name);
      expect(new Set(names).size, `options of ${entry.name} are named once`).toBe(names.length);
    }
    expect(new Set(COMMANDS.map((c) => c.name)).size).toBe(COMMANDS.length);
  });
});
