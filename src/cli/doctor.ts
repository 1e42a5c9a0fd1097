import type { DoctorFinding } from '#app/doctor/finding.ts';
import { examine } from '#app/doctor/doctor.ts';
import { type CliCommand, CommandFailure, EXIT } from './command.ts';
import { dataDirOf, dataOption, holdsPlant } from './data-folder.ts';

const MARK = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

/** `throughline doctor`: what is wrong with this plant, and what to do about it. */
export const command: CliCommand = {
  name: 'doctor',
  summary: 'Looks a plant over, beside its running server or without one',
  options: [dataOption],
  examples: ['throughline doctor', 'throughline doctor --data /srv/plant --json'],
  async run(args, terminal) {
    const dataDir = dataDirOf(args);
    if (!holdsPlant(dataDir)) {
      throw new CommandFailure(
        'E-DOCTOR-020',
        `There is no plant in ${dataDir}.`,
        'Name the data folder of the plant with --data DIR, or start one with throughline serve.',
        EXIT.notFound,
      );
    }
    const tell = (finding: DoctorFinding): void => {
      if (!args.json) terminal.data(sentence(finding));
    };
    const { ok, findings } = await examine(dataDir, process.env, Date.now(), tell);
    if (args.json) terminal.data(JSON.stringify({ ok, data: dataDir, findings }));
    else terminal.data(conclusion(findings));
    return ok ? EXIT.ok : EXIT.failed;
  },
};

function sentence({ check, verdict, code, message, mend }: DoctorFinding): string {
  const line = `${MARK[verdict]}  ${check}: ${message}`;
  return verdict === 'ok' ? line : `${line}\n         ${mend} [${code}]`;
}

function conclusion(findings: DoctorFinding[]): string {
  const count = (verdict: DoctorFinding['verdict']): number =>
    findings.filter((finding) => finding.verdict === verdict).length;
  return `${count('ok')} well, ${count('warning')} warnings, ${count('failed')} failed`;
}
