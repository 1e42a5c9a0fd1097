// Every check of the repository, one line each; the tests come last. `npm test` brings the right Node and calls this.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../test/e2e/chromium.ts';
import { buildScreens } from '../tools/launcher/web.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MAX_OUTPUT_CHARS = 200_000;
const AT_ONCE = 2;
const isCi = (process.env['CI'] ?? '') !== '' && process.env['CI'] !== 'false';

interface Ended {
  ok: boolean;
  output: string;
}

interface Step {
  name: string;
  run(): Promise<Ended>;
}

/** Runs a package's own script with this Node. */
function tool(script: string, args: string[], show = false): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
      cwd: ROOT,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-MAX_OUTPUT_CHARS);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

async function inTurn(runs: (() => Promise<Ended>)[]): Promise<Ended> {
  const ends: Ended[] = [];
  for (const run of runs) ends.push(await run());
  return { ok: ends.every((e) => e.ok), output: ends.map((e) => e.output).join('') };
}

const present = (paths: string[]): string[] => paths.filter((path) => existsSync(join(ROOT, path)));
const projects = present(['tsconfig.json', 'src/core/tsconfig.json', 'web/tsconfig.json']);
const cruised = present(['src', 'web', 'test', 'bench', 'scripts']);

const STEPS: Step[] = [
  {
    name: 'types',
    run: () => inTurn(projects.map((p) => () => tool('typescript/bin/tsc', ['-p', p]))),
  },
  { name: 'lint', run: () => tool('oxlint/bin/oxlint', ['--format=unix']) },
  { name: 'format', run: () => tool('@biomejs/biome/bin/biome', ['format', '--colors=off', '.']) },
  {
    name: 'boundaries',
    run: () =>
      tool('dependency-cruiser/bin/dependency-cruiser.mjs', [...cruised, '--output-type', 'err-long']),
  },
  { name: 'unused', run: () => tool('knip/bin/knip.js', ['--no-progress']) },
  {
    name: 'screens',
    run: () =>
      buildScreens(ROOT, process.execPath).then(
        () => ({ ok: true, output: '' }),
        (failure: Error) => ({ ok: false, output: failure.message }),
      ),
  },
];

async function runStep(step: Step): Promise<string | null> {
  const startedMs = performance.now();
  const { ok, output } = await step.run();
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  say(`${step.name.padEnd(12)} ${ok ? 'ok' : 'FAILED'}  ${seconds} s`);
  if (!ok) say(output.trimEnd());
  return ok ? null : step.name;
}

/** Runs steps two at a time and returns the names of those that failed. */
async function runSteps(steps: Step[]): Promise<string[]> {
  const waiting = [...steps];
  const failed: string[] = [];
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const name = await runStep(step);
      if (name !== null) failed.push(name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return failed;
}

interface Report {
  success: boolean;
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

interface Counts {
  passed: number;
  failed: number;
  skipped: string[];
}

/** Runs vitest with its own output and reads the counts from its report. */
async function runTests(withBrowser: boolean): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-report-'));
  const report = join(folder, 'report.json');
  const only = withBrowser ? [] : ['--project', 'unit', '--project', 'across'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const { ok } = await tool('vitest/vitest.mjs', ['run', ...reporters, ...only], true);
    const { success, numPassedTests, testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
    const tests = testResults.flatMap((t) => t.assertionResults);
    const failedTests = tests.filter((t) => t.status === 'failed').length;
    // A file that does not even load has no failed test in it; it counts as one.
    const failedFiles = testResults.filter(
      (t) => t.status === 'failed' && !t.assertionResults.some((a) => a.status === 'failed'),
    ).length;
    const failed = failedTests + failedFiles;
    return {
      passed: numPassedTests,
      failed: failed === 0 && !(ok && success) ? 1 : failed,
      skipped: tests.filter((t) => ['skipped', 'pending', 'todo'].includes(t.status)).map((t) => t.fullName),
    };
  } catch (error) {
    say(`The test run left no readable report: ${(error as Error).message}`);
    return { passed: 0, failed: 1, skipped: [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<number> {
  const chromium = findChromium();
  const failedSteps = await runSteps(STEPS);
  const { passed, failed, skipped } = await runTests(chromium !== null);
  const missing = [
    ...(chromium === null
      ? ['browser tests (no system Chromium; set THROUGHLINE_CHROMIUM or install it)']
      : []),
    ...skipped,
  ];
  if (missing.length > 0) say(`Not exercised: ${missing.join('; ')}.`);
  if (isCi && missing.length > 0) failedSteps.push('completeness (in CI nothing may be left out)');
  if (failedSteps.length > 0) say(`Failed besides the tests: ${failedSteps.join(', ')}.`);
  say(`${passed} passed, ${failed} failed`);
  return failedSteps.length === 0 && failed === 0 ? 0 : 1;
}

process.exitCode = await main();
