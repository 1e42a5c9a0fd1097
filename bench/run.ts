// The bench: ratios measured in one run. It reports and never fails on a figure.
import { arch, cpus, totalmem } from 'node:os';
import { SECTIONS } from './all.ts';
import { type Measured, MIN_REPETITIONS, type Ratio, type SectionResult } from './measure.ts';

export interface BenchReport {
  node: string;
  cpu: string;
  cores: number;
  memoryGb: number;
  repetitions: number;
  sections: SectionResult[];
}

/**
 * @param only names of sections; empty runs all
 * @param repetitions at least MIN_REPETITIONS
 * @param quick smaller sets where a section takes minutes
 * @throws Error E-BENCH-002 for a section that is not known
 */
export async function runBench(
  only: readonly string[],
  repetitions: number,
  quick: boolean,
  say: (text: string) => void,
): Promise<BenchReport> {
  const unknown = only.find((name) => !SECTIONS.some((section) => section.name === name));
  if (unknown !== undefined) {
    const names = SECTIONS.map((section) => section.name).join(', ');
    throw new Error(`E-BENCH-002: there is no section "${unknown}"; there are ${names}`);
  }
  const options = { repetitions: Math.max(MIN_REPETITIONS, repetitions), quick, say };
  const sections: SectionResult[] = [];
  for (const section of SECTIONS) {
    if (only.length > 0 && !only.includes(section.name)) continue;
    say(`${section.name}: ${section.summary}`);
    sections.push(await section.run(options));
  }
  return {
    node: process.version,
    cpu: `${cpus()[0]?.model.trim() ?? 'unknown'} (${arch()})`,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    repetitions: options.repetitions,
    sections,
  };
}

/** The report as text. */
export function benchText(report: BenchReport): string {
  return [
    `Node ${report.node}, ${report.cpu}, ${report.cores} cores, ${report.memoryGb} GB; ` +
      `medians of ${report.repetitions} interleaved repetitions`,
    ...report.sections.flatMap(sectionText),
  ].join('\n');
}

function sectionText(result: SectionResult): string[] {
  const measured = result.measured.map((one: Measured) => [
    one.name,
    `${figure(one.median)} ${one.unit}`,
    `${figure(one.least)} to ${figure(one.most)}`,
  ]);
  const ratios = result.ratios.map((one: Ratio) => [
    one.name,
    figure(one.value),
    one.aim === null ? '' : `aim ${one.aim}`,
  ]);
  return [
    '',
    result.section,
    ...result.about.map((line) => `  ${line}`),
    ...columns(measured),
    ...columns(ratios),
  ];
}

function columns(rows: string[][]): string[] {
  const width = [0, 1].map((k) => Math.max(0, ...rows.map((row) => (row[k] as string).length)));
  return rows.map(([name = '', value = '', rest = '']) =>
    `    ${name.padEnd(width[0] as number)}  ${value.padStart(width[1] as number)}  ${rest}`.trimEnd(),
  );
}

function figure(x: number): string {
  return x >= 100 ? x.toFixed(0) : x.toPrecision(3);
}
