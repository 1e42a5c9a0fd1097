import { readPlan } from '#app/compose.ts';
import { checkedPlan } from '#app/plan/check.ts';
import { PortFailure } from '#ports/failure.ts';
import type { PlanFinding } from '#ports/plan-file.ts';
import { type CliCommand, CommandFailure, EXIT, type ParsedArguments, type Terminal } from './command.ts';

/** Code of the plan reader for a file that is not there. */
const ABSENT = 'E-PLAN-010';

/** Said with every plan that can be loaded, since the file alone does not show it. */
const GRANTED_ONCE =
  'Loading it gives each role once: one that a person took back since stays taken back, and nobody who left comes back.';

async function run(args: ParsedArguments, terminal: Terminal) {
  const path = args.positionals[0] as string;
  const read = await readPlan(path).catch((failure: unknown) => {
    if (!(failure instanceof PortFailure)) throw failure;
    const exit = failure.code === ABSENT ? EXIT.notFound : EXIT.failed;
    throw new CommandFailure(failure.code, failure.message, failure.mend, exit);
  });
  const { ok, findings } = checkedPlan(read, path, Date.now());
  if (args.json) terminal.data(JSON.stringify({ ok, findings }));
  else for (const line of report(path, ok, findings)) terminal.data(line);
  return ok ? EXIT.ok : EXIT.failed;
}

function report(path: string, ok: boolean, findings: PlanFinding[]): string[] {
  const lines = findings.map(({ file, line, column, code, message, mend }) => {
    const word = code.startsWith('W-') ? 'warning' : 'error';
    return `${file}:${line}:${column} ${word} ${code} ${message} ${mend}`;
  });
  const errors = findings.filter(({ code }) => !code.startsWith('W-')).length;
  const warnings = findings.length - errors;
  const verdict = ok ? 'can be loaded' : 'cannot be loaded';
  return [
    ...lines,
    `${path} ${verdict}: ${errors} errors, ${warnings} warnings.`,
    ...(ok ? [GRANTED_ONCE] : []),
  ];
}

export const command: CliCommand = {
  name: 'check',
  summary: 'Check a plan file: its shape, its references, and what the gate will ask.',
  positionals: [{ name: 'plan.yaml', summary: 'the plan file', required: true }],
  options: [],
  examples: ['throughline check plan.yaml', 'throughline check examples/recorded-machine/plan.yaml --json'],
  run,
};
