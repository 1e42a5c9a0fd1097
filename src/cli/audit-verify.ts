import { verifyJournal } from '#app/compose.ts';
import { PortFailure } from '#ports/failure.ts';
import { type CliCommand, CommandFailure, EXIT } from './command.ts';
import { dataDirOf, dataOption } from './data-folder.ts';

/** SHA-256 as hexadecimal digits. */
const HASH = /^[0-9a-f]{64}$/i;

/** `throughline audit verify`: is the journal what it was when its heads were signed? */
export const command: CliCommand = {
  name: 'audit verify',
  summary: 'Checks that no record of the journal was changed, removed or reordered',
  options: [
    dataOption,
    { name: 'head', value: 'HASH', summary: 'chain hash you noted earlier; it must appear in the chain' },
    {
      name: 'heads',
      value: 'FILE',
      summary: 'signed heads, when they lie at another place than DIR/heads/heads.jsonl',
    },
  ],
  examples: [
    'throughline audit verify',
    'throughline audit verify --data /srv/plant --heads /mnt/other/heads.jsonl --json',
  ],
  async run(args, terminal) {
    const { head, heads } = args.values;
    if (head !== undefined && (!HASH.test(head) || /^0+$/.test(head))) {
      throw new CommandFailure(
        'E-AUDIT-001',
        `--head ${head} is no chain hash: it has to be 64 hexadecimal digits.`,
        'Copy the whole hash from a line of heads.jsonl or from the audit page.',
        EXIT.usage,
      );
    }
    const result = await verified(dataDirOf(args), {
      ...(head && { head }),
      ...(heads && { headsPath: heads }),
    });
    const { ok, facts, firstBad, anchoredTo, message } = result;
    if (args.json) {
      terminal.data(JSON.stringify({ ok, facts, firstBad, anchoredTo, message }));
    } else {
      terminal.data(`${ok ? 'The journal verifies' : 'The journal does NOT verify'}: ${facts} records.`);
      terminal.data(message);
    }
    return ok ? EXIT.ok : EXIT.failed;
  },
};

async function verified(data: string, options: { head?: string; headsPath?: string }) {
  try {
    return await verifyJournal(data, options);
  } catch (error) {
    if (!(error instanceof PortFailure)) throw error;
    const exit = error.code === 'E-JOURNAL-006' ? EXIT.notFound : EXIT.failed;
    throw new CommandFailure(error.code, error.message, error.mend, exit);
  }
}
