// Node strips no types under node_modules, so the package carries JavaScript: dist/ from src/, and dist/web from web/.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tellFailure } from '../tools/launcher/talk.mjs';
import { buildScreens } from '../tools/launcher/web.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DIST = join(ROOT, 'dist');
const SCREENS = 'web';
/** `from '#x'`, `import '#x'`, `import('#x')`, `import.meta.resolve('#x')` */
const ALIAS = /(\bfrom\s*|\bimport\s*\(?\s*|\bresolve\(\s*)(["'])(#[^"']+)\2/g;
/** `new URL('./worker.ts', import.meta.url)`, which the compiler does not follow */
const OWN_FILE = /(new URL\(\s*["']\.{1,2}\/[^"']+)\.ts(["']\s*,\s*import\.meta\.url)/g;

/** Emits src/ as JavaScript; types are the business of `npm test`. @throws Error when a file cannot be read as TypeScript */
function emit() {
  for (const entry of existsSync(DIST) ? readdirSync(DIST) : []) {
    if (entry !== SCREENS) rmSync(join(DIST, entry), { recursive: true });
  }
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.dist.json'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the sources do not compile\n${stdout}`);
}

/** Turns `#stage/file.ts` into a relative path: the package's own aliases still point at src/, which it does not carry. */
function rewrite(imports) {
  for (const name of readdirSync(DIST, { recursive: true, encoding: 'utf8' })) {
    const path = name.split(sep).join('/');
    if (!path.endsWith('.js') || path.startsWith(`${SCREENS}/`)) continue;
    const text = readFileSync(join(DIST, path), 'utf8');
    const plain = text
      .replace(ALIAS, (_, before, quote, alias) => `${before}${quote}${target(imports, alias, path)}${quote}`)
      .replace(OWN_FILE, '$1.js$2');
    if (plain !== text) writeFileSync(join(DIST, path), plain);
  }
}

function target(imports, alias, from) {
  for (const [pattern, place] of Object.entries(imports)) {
    const prefix = pattern.slice(0, -1);
    if (!alias.startsWith(prefix)) continue;
    const source = place.replace('*', alias.slice(prefix.length)).replace(/^\.\/src\//, '');
    const path = posix.relative(posix.dirname(from), source.replace(/\.ts$/, '.js'));
    if (!existsSync(join(DIST, dirname(from), path)))
      throw new Error(`dist/${from} imports ${alias}, which is not there`);
    return path.startsWith('.') ? path : `./${path}`;
  }
  throw new Error(`dist/${from} imports ${alias}, which package.json does not know`);
}

try {
  emit();
  rewrite(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).imports);
  await buildScreens(ROOT, process.execPath);
  process.stderr.write(`throughline: ${relative(process.cwd(), DIST) || DIST} is ready to pack\n`);
} catch (thrown) {
  tellFailure(thrown, []);
}
