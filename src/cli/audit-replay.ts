import { PortFailure } from '#ports/failure.ts';
import { type CliCommand, CommandFailure, EXIT, type ParsedArguments } from './command.ts';
import { dataOption, dataDirOf } from './data-folder.ts';

export const command: CliCommand = {
  name: 'audit replay',
  summary: 'Judge everything that ever came in again, and hold it against the journal.',
  options: [
    dataOption,
    { name: 'from', value: 'TIME', summary: 'count and compare from this plant time on (ISO, UTC)' },
    { name: 'to', value: 'TIME', summary: 'count and compare up to this plant time (ISO, UTC)' },
  ],
  examples: [
    'throughline audit replay --data ./plant',
    'throughline audit replay --data ./plant --from 2026-11-23 --to 2026-11-28 --json',
  ],
  async run(args, terminal) {
    const { replayData } = await import('#app/replay-data.ts');
    const range = { fromMs: moment(args, 'from'), toMs: moment(args, 'to') };
    const result = await replayData(dataDirOf(args), range).catch((failure: unknown) => {
      if (!(failure instanceof PortFailure)) throw failure;
      const exitCode = failure.code === 'E-JOURNAL-006' ? EXIT.notFound : EXIT.failed;
      throw new CommandFailure(failure.code, failure.message, failure.mend, exitCode);
    });
    if (args.json) terminal.data(JSON.stringify(result));
    else {
      terminal.data(
        `${result.live} alerts in the journal, ${result.replayed} in the replay. ${result.message}`,
      );
    }
    return result.equal ? EXIT.ok : EXIT.failed;
  },
};

function moment(args: ParsedArguments, name: string): number | null {
  const text = args.values[name];
  if (text === undefined) return null;
  const ms = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) || !text.includes('T') ? text : `${text}Z`);
  if (Number.isFinite(ms)) return ms;
  throw new CommandFailure(
    'E-AUDIT-002',
    `--${name} "${text}" is no time.`,
    'Write it as 2026-11-23 or 2026-11-23T06:00:00Z.',
    EXIT.usage,
  );
}
