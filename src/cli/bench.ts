import { existsSync } from 'node:fs';
import { type CliCommand, CommandFailure, EXIT } from './command.ts';

/** What the bench offers; it lives beside the source, and the installed program carries none. */
interface Bench {
  runBench(
    only: readonly string[],
    repetitions: number,
    quick: boolean,
    say: (text: string) => void,
  ): Promise<object>;
  benchText(report: object): string;
}

export const command: CliCommand = {
  name: 'bench',
  summary: 'speed of this machine, as ratios measured in one run',
  options: [
    { name: 'only', value: 'NAMES', summary: 'sections to run, with commas' },
    { name: 'repetitions', value: 'N', summary: 'interleaved repetitions, 5 or more', default: '7' },
    { name: 'quick', summary: 'smaller sets where a section takes minutes; figures are rougher' },
  ],
  examples: ['throughline bench', 'throughline bench --only sense --json'],
  async run(args, terminal) {
    const repetitions = Number(args.values['repetitions'] ?? 7);
    if (!Number.isInteger(repetitions) || repetitions < 5 || repetitions > 1_000) {
      throw new CommandFailure(
        'E-BENCH-003',
        `--repetitions ${args.values['repetitions']} is not a whole number from 5 to 1,000.`,
        'Give 5 or more, so that a median says something.',
        EXIT.usage,
      );
    }
    const only = (args.values['only'] ?? '').split(',').filter((name) => name !== '');
    const bench = await openBench();
    const report = await benchReport(() =>
      bench.runBench(only, repetitions, args.switches.has('quick'), (text) => terminal.say(text)),
    );
    terminal.data(args.json ? JSON.stringify(report) : bench.benchText(report));
    return EXIT.ok;
  },
};

async function openBench(): Promise<Bench> {
  const at = new URL('../../bench/run.ts', import.meta.url);
  if (!existsSync(at)) {
    throw new CommandFailure(
      'E-BENCH-001',
      'The bench is part of the source, and this is the installed program.',
      'Clone the repository and run bin/throughline bench there.',
    );
  }
  return import(at.href);
}

async function benchReport(run: () => Promise<object>): Promise<object> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('E-BENCH-002: ')) {
      throw new CommandFailure(
        'E-BENCH-002',
        `${error.message.slice(13)}.`,
        'Choose one of these.',
        EXIT.usage,
      );
    }
    throw error;
  }
}
