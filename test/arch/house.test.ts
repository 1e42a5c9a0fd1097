import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAX_LINES = 300;

interface SourceFile {
  path: string;
  text: string;
}

interface HouseRule {
  name: string;
  mend: string;
  /** What is wrong with a file, or nothing. */
  find(file: SourceFile): string[];
  /** Files that must be found guilty. */
  guilty: SourceFile[];
  /** Files that must pass. */
  innocent: SourceFile[];
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
const isCore = (path: string): boolean => path.startsWith('src/core/') && !isTest(path);
const file = (path: string, text = ''): SourceFile => ({ path, text });

/** Lines on which a pattern stands outside of comments. */
function linesWith(text: string, pattern: RegExp): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  return code
    .split('\n')
    .map((line, n) => ({ line: line.replace(/(^|\s)\/\/.*$/, ''), at: n + 1 }))
    .filter(({ line }) => pattern.test(line))
    .map(({ line, at }) => `line ${at}: ${line.trim()}`);
}

const VAGUE = /^(utils?|helpers?|managers?|services?|misc|common|shared|lib)$/;
const CLOCK =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\bperformance\b|\bconsole\b|\bglobalThis\b|\bprocess\./;
const HEX = /(?<!href=["'])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?=['"`\s;,)])/i;
const NAMED_COLOUR =
  /\b(?:color|c|bg|fill|stroke|background)=\{?["'](?:red|pink|grape|violet|indigo|blue|cyan|green|lime|yellow|orange|teal|black|white)\b/;

const RULES: HouseRule[] = [
  {
    name: 'a file is read in one sitting',
    mend: `split it by idea at ${MAX_LINES} lines`,
    find: ({ path, text }) => {
      const lines = text.replace(/\n$/, '').split('\n').length;
      const counts = /^(src|web|tools)\//.test(path) && !isTest(path) && lines > MAX_LINES;
      return counts ? [`${lines} lines`] : [];
    },
    guilty: [file('src/app/long.ts', 'x\n'.repeat(301)), file('web/long.tsx', 'x\n'.repeat(400))],
    innocent: [file('src/app/fits.ts', 'x\n'.repeat(300)), file('test/long.ts', 'x\n'.repeat(400))],
  },
  {
    name: 'names say the idea',
    mend: 'name the idea; utils, helpers, manager, service and misc name none',
    find: ({ path }) =>
      path
        .split('/')
        .flatMap((part) => part.split('.')[0]?.split('-') ?? [])
        .filter((word) => VAGUE.test(word)),
    guilty: [file('src/app/utils.ts'), file('src/helpers/x.ts'), file('web/date-utils.ts')],
    innocent: [file('src/app/outbox.ts'), file('src/core/2-monitor/gate.ts')],
  },
  {
    name: 'no barrels',
    mend: 'import the file that has it',
    find: ({ path }) => (/^index\.[cm]?[jt]sx?$/.test(basename(path)) ? ['is an index'] : []),
    guilty: [file('src/core/index.ts'), file('web/parts/index.tsx')],
    innocent: [file('src/core/flow.ts'), file('web/index.html')],
  },
  {
    name: 'the core has no clock, chance or console',
    mend: 'take it as data (nowMs, a seed)',
    find: ({ path, text }) => (isCore(path) ? linesWith(text, CLOCK) : []),
    guilty: [
      file('src/core/a.ts', 'const t = Date.now();'),
      file('src/core/a.ts', 'const t = new Date();'),
      file('src/core/a.ts', 'const r = Math.random();'),
      file('src/core/a.ts', 'const p = performance.now();'),
      file('src/core/a.ts', "console.log('x');"),
    ],
    innocent: [
      file('src/core/a.ts', '// never Date.now()\nconst t = new Date(atMs).toISOString();'),
      file('src/core/a.test.ts', 'const t = Date.now();'),
      file('src/app/a.ts', 'const t = Date.now();'),
    ],
  },
  {
    name: 'colours come from the tokens',
    mend: 'use a variable of tokens.css',
    find: ({ path, text }) =>
      path.startsWith('web/') &&
      !isTest(path) &&
      basename(path) !== 'tokens.css' &&
      /\.(tsx?|css)$/.test(path)
        ? [...linesWith(text, HEX), ...linesWith(text, NAMED_COLOUR)]
        : [],
    guilty: [
      file('web/a.css', 'a { color: #ff0000; }'),
      file('web/a.tsx', '<Text color="red">x</Text>'),
      file('web/a.tsx', "<Badge c={'red.6'}>x</Badge>"),
    ],
    innocent: [
      file('web/tokens.css', ':root { --ink: #1b2a33; }'),
      file('web/a.tsx', '<a href="#add">x</a>'),
      file('src/api/a.ts', "const x = '#ff0000';"),
    ],
  },
];

function sources(): SourceFile[] {
  const found: SourceFile[] = [];
  for (const top of ['src', 'web', 'test', 'bench', 'scripts', 'tools', 'bin']) {
    const entries = readdirSafely(join(ROOT, top));
    for (const entry of entries) {
      const path = `${top}/${entry.split(sep).join('/')}`;
      if (/(^|\/)node_modules\//.test(path) || !/\.(tsx?|mjs|cjs|css)$/.test(path)) continue;
      found.push({ path, text: readFileSync(join(ROOT, path), 'utf8') });
    }
  }
  return found;
}

/** Names under a folder; a folder that does not exist holds none. */
function readdirSafely(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

describe.each(RULES)('$name', (rule) => {
  it.each(rule.guilty)('finds $path', (guilty) => {
    expect(rule.find(guilty)).not.toEqual([]);
  });

  it.each(rule.innocent)('passes $path', (innocent) => {
    expect(rule.find(innocent)).toEqual([]);
  });

  it('holds in this house', () => {
    const wrong = sources().flatMap((s) => rule.find(s).map((what) => `${s.path}: ${what}; ${rule.mend}`));
    expect(wrong).toEqual([]);
  });
});
