import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

/** A house that keeps every rule. Paths with a text that imports; an absent text is an empty module. */
const HOUSE: Record<string, string> = {
  'src/core/vocabulary/ids.ts': "import { sha256 } from '@noble/hashes';\nexport const id = sha256;",
  'src/core/stage.ts': "import type { id } from '#vocabulary/ids.ts';\nexport type Stage = typeof id;",
  'src/core/access/events.ts': '',
  'src/core/access/policy.ts': "import './events.ts';\nimport '../stage.ts';",
  'src/core/1-strategy/events.ts': '',
  'src/core/1-strategy/state.ts': "import './events.ts';",
  'src/core/2-monitor/events.ts': '',
  'src/core/2-monitor/gate.ts':
    "import '#strategy/events.ts';\nimport '#access/events.ts';\nimport '../stage.ts';",
  'src/core/8-outcome/events.ts': '',
  'src/core/flow.ts': "import '#strategy/state.ts';\nimport '#monitor/gate.ts';",
  'src/core/views/today.ts': "import '#strategy/state.ts';",
  'src/ports/journal.ts': "import type { id } from '#vocabulary/ids.ts';\nexport type Journal = typeof id;",
  'src/adapters/store/all.ts': "import './sqlite/open.ts';",
  'src/adapters/store/sqlite/open.ts': "import '#ports/journal.ts';\nimport 'zod';\nimport 'node:fs';",
  'src/adapters/store/parquet/open.ts': '',
  'src/adapters/bus/mqtt/open.ts': '',
  'src/app/compose.ts': "import '#adapters/store/all.ts';\nimport '#ports/journal.ts';",
  'src/app/config.ts': "import 'zod';",
  'src/api/contract.ts': '',
  'src/api/http.ts': "import '#views/today.ts';\nimport 'zod';",
  'src/cli/serve.ts': "import '#app/compose.ts';\nimport '#api/http.ts';",
  'src/cli/serve.test.ts': "import './serve.ts';\nimport 'onlydev';",
  'web/main.tsx': "import type {} from '../src/api/contract.ts';\nexport const x = <p>ok</p>;",
  'test/scenario.ts': "import '#core/flow.ts';",
  'scripts/make.ts': '',
};

/** One file that breaks each rule, and the text that breaks it. */
const BREAKERS: Record<string, [file: string, text: string][]> = {
  'stage-1-strategy-imports-earlier-events-only': [
    ['src/core/1-strategy/bad.ts', "import type {} from '#monitor/events.ts';"],
  ],
  'stage-2-monitor-imports-earlier-events-only': [
    ['src/core/2-monitor/bad.ts', "import '#strategy/state.ts';"],
    ['src/core/2-monitor/bad2.ts', "import '../flow.ts';"],
  ],
  'core-uses-noble-hashes-in-one-file': [['src/core/1-strategy/hash.ts', "import '@noble/hashes';"]],
  'core-uses-marcbachmann-cel-js-in-one-file': [
    ['src/core/1-strategy/rule.ts', "import '@marcbachmann/cel-js';"],
  ],
  'access-stands-alone': [['src/core/access/bad.ts', "import '#strategy/events.ts';"]],
  'vocabulary-knows-nobody': [['src/core/vocabulary/bad.ts', "import '#strategy/events.ts';"]],
  'planes-alone-see-several-stages': [['src/core/bad.ts', "import '#strategy/events.ts';"]],
  'core-is-pure-of-node': [['src/core/2-monitor/disk.ts', "import 'node:fs';"]],
  'core-knows-no-shell': [['src/core/2-monitor/port.ts', "import type {} from '#ports/journal.ts';"]],
  'core-takes-listed-packages-only': [['src/core/2-monitor/csv.ts', "import 'papaparse';"]],
  'zod-stays-at-the-edges': [['src/app/parse.ts', "import 'zod';"]],
  'views-are-for-faces': [['src/app/show.ts', "import '#views/today.ts';"]],
  'ports-are-shapes': [['src/ports/bad.ts', "import '#app/compose.ts';"]],
  'ports-take-no-package': [['src/ports/disk.ts', "import 'node:fs';"]],
  'adapters-are-islands': [
    ['src/adapters/store/sqlite/neighbour.ts', "import '../parquet/open.ts';"],
    ['src/adapters/store/sqlite/stage.ts', "import '#strategy/events.ts';"],
  ],
  'adapter-lists-stay-in-their-kind': [['src/adapters/store/list.ts', "import '../bus/mqtt/open.ts';"]],
  'only-compose-knows-adapters': [['src/app/pipeline.ts', "import '#adapters/bus/mqtt/open.ts';"]],
  'app-knows-no-face': [['src/app/face.ts', "import '#api/http.ts';"]],
  'api-knows-no-cli': [['src/api/bad.ts', "import '#cli/serve.ts';"]],
  'web-sees-the-contract-only': [['web/bad.tsx', "import '../src/api/http.ts';"]],
  'src-imports-src': [['src/app/made.ts', "import '../../scripts/make.ts';"]],
  'tests-are-leaves': [['src/cli/from-test.ts', "import './serve.test.ts';"]],
  'shipped-code-needs-shipped-packages': [['src/app/dev.ts', "import 'onlydev';"]],
  'no-cycles': [
    ['src/app/hen.ts', "import './egg.ts';"],
    ['src/app/egg.ts', "import './hen.ts';"],
  ],
  'no-dead-ends': [['src/app/lost.ts', "import './nowhere.ts';"]],
};
const STAGES = ['3-acquire', '4-detect', '5-alert', '6-work', '7-plan'];
for (const stage of STAGES) {
  const text = "import type {} from '#outcome/events.ts';";
  BREAKERS[`stage-${stage}-imports-earlier-events-only`] = [[`src/core/${stage}/bad.ts`, text]];
}
BREAKERS['stage-8-outcome-imports-earlier-events-only'] = [
  ['src/core/8-outcome/bad.ts', "import '#strategy/state.ts';"],
];

interface Violation {
  from: string;
  rule: { name: string };
  /** a cycle is told once, with everybody on it */
  cycle?: { name: string }[];
}

async function build(files: [string, string][]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-boundaries-'));
  const { imports } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { imports: unknown };
  const dependencies = { '@marcbachmann/cel-js': '*', '@noble/hashes': '*', papaparse: '*', zod: '*' };
  const packages = [...Object.keys(dependencies), 'onlydev'];
  const all: [string, string][] = [
    ...files,
    [
      'package.json',
      JSON.stringify({
        name: 'house',
        type: 'module',
        imports,
        dependencies,
        devDependencies: { onlydev: '*' },
      }),
    ],
    ...packages.flatMap((name): [string, string][] => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, ''],
    ]),
  ];
  for (const [path, text] of all) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

async function cruise(folder: string): Promise<Violation[]> {
  const args = [CRUISER, '--config', CONFIG, '--output-type', 'json', 'src', 'web', 'test', 'scripts'];
  const options = { cwd: folder, maxBuffer: 1 << 26 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options).catch(
    // Found violations are an exit code, too; a configuration it refuses leaves nothing on stdout.
    (failed: { stdout: string; stderr: string }) => {
      if (failed.stdout === '') throw new Error(failed.stderr);
      return failed;
    },
  );
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('the boundary rules', () => {
  let sound = '';
  let broken = '';
  let violations: Violation[] = [];

  beforeAll(async () => {
    sound = await build(Object.entries(HOUSE));
    broken = await build([...Object.entries(HOUSE), ...Object.values(BREAKERS).flat()]);
    violations = await cruise(broken);
  }, 60_000);

  afterAll(async () => {
    await rm(sound, { recursive: true, force: true });
    await rm(broken, { recursive: true, force: true });
  });

  it('leave a sound house in peace', async () => {
    expect(await cruise(sound)).toEqual([]);
  }, 60_000);

  const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: { name: string }[] };

  it.each(forbidden.map((r) => r.name))('%s fires', (name) => {
    const breakers = BREAKERS[name] ?? [];
    expect(breakers.length, `a file that breaks ${name}`).toBeGreaterThan(0);
    for (const [file] of breakers) {
      const about = violations.filter((v) => v.from === file || v.cycle?.some((c) => c.name === file));
      expect(about.map((v) => v.rule.name)).toContain(name);
    }
  });
});
