import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const WEB = fileURLToPath(new URL('../../web/', import.meta.url));

const filesOf = (ends: string): string[] =>
  readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(ends));
const textOf = (path: string): string => readFileSync(join(WEB, path), 'utf8');

/** Class names that stand in the selectors of a sheet; Mantine's own are not ours to define. */
function namesIn(css: string): Set<string> {
  const selectors = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\{[^{}]*\}/g, '{}');
  const names = [...selectors.matchAll(/\.(-?[a-z_][\w-]*)/gi)].map((one) => one[1] as string);
  return new Set(names.filter((name) => !/^(mantine|uplot|u)-/.test(name)));
}

/**
 * Names with rules of their own: the first thing in a selector, alone or with a state. A name that only follows
 * another one is scoped by it.
 */
function definedIn(css: string): Set<string> {
  const found = new Set<string>();
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  for (const [, selectors] of plain.matchAll(/([^{}]+)\{/g)) {
    for (const selector of (selectors ?? '').split(',')) {
      const name = /^\s*\.([a-z_][\w-]*)(?::[\w-]+(?:\([^)]*\))?|\[[^\]]*\])*\s*$/i.exec(selector)?.[1];
      if (name && !/^(mantine|uplot|u)-/.test(name)) found.add(name);
    }
  }
  return found;
}

function collisions(sheets: ReadonlyMap<string, string>): string[] {
  const homes = new Map<string, string[]>();
  for (const [path, css] of sheets)
    for (const name of definedIn(css)) homes.set(name, [...(homes.get(name) ?? []), path]);
  return [...homes]
    .filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => `.${name}: ${paths.join(', ')}`);
}

describe('class names', () => {
  it('each are defined in one sheet only, so that no screen dresses another', () => {
    expect(collisions(new Map(filesOf('.css').map((path) => [path, textOf(path)])))).toEqual([]);
  });

  it('are all used somewhere', () => {
    const code = [...filesOf('.tsx'), ...filesOf('.ts'), 'index.html'].map(textOf).join('\n');
    const unused = filesOf('.css').flatMap((path) =>
      [...namesIn(textOf(path))].filter((name) => !isUsed(code, name)).map((name) => `${path} .${name}`),
    );
    expect(unused).toEqual([]);
  });

  it('are found colliding and unused by these rules', () => {
    const sheets = new Map([
      ['a.css', '.row { color: x } .a .deep { color: x }'],
      ['b.css', '@media (max-width: 1px) { .row:hover { color: x } } .b .deep { color: x }'],
    ]);
    expect(collisions(sheets)).toEqual(['.row: a.css, b.css']);
    expect(isUsed('<p className="a rows">', 'row')).toBe(false);
    expect(isUsed('className={`shape shape-${n}`}', 'shape-3')).toBe(true);
  });
});

/** As a whole word, or put together from its stem and a value. */
function isUsed(code: string, name: string): boolean {
  if (new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(code)) return true;
  const stem = name.slice(0, name.lastIndexOf('-') + 1);
  return stem !== '' && code.includes(`${stem}\${`);
}
