// A code is what a person looks up: it means one thing, so one file says it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** The same no, said where each face or part meets it. */
const SAID_IN_SEVERAL: Readonly<Record<string, string>> = {
  'E-HTTP-001': 'nobody is signed in: at the door, and on the stream of changes',
  'E-HTTP-013': 'bytes that are no request: before there is a request, and after',
  'E-IDENTITY-003': 'a link that does not work: looked at, and taken',
  'E-INTAKE-009': 'an input set aside: told to its author, and kept in the log',
  'E-CLI-003': 'an unknown option: before a command, and after one',
  'E-JOURNAL-007': 'another format: opened for writing, and looked at',
  'E-WRITER-002': 'the writer ended: by its own word, and without one',
};

/** Places where a code begins a refusal, a failure or a problem, and not where one is recognised. */
const SAID =
  /(?:\b(?:refuse|usage|wrong|failed|refusal|failure|warning)\(\s*|\bnew [A-Z]\w*\(\s*(?:'\w+',\s*)?(?:\d+,\s*)?|\bcode: |`|')'?(E-[A-Z]+-\d+)(?=',\s*[\n'"`a-zA-Z]|:? [A-Za-z$])/g;

function sayings(text: string): string[] {
  return [...text.matchAll(SAID)].map((found) => found[1] as string);
}

describe('an error code', () => {
  it('is found where it is said, and not where it is asked for', () => {
    expect(sayings("refuse('E-A-001', 'no', 'do')")).toEqual(['E-A-001']);
    expect(sayings("new PortFailure(\n  'E-A-002',\n  `no`,")).toEqual(['E-A-002']);
    expect(sayings('throw new Error(`E-A-003 ${fact} is newer`)')).toEqual(['E-A-003']);
    expect(sayings("new ApiProblem(401, 'E-A-004', 'Nobody')")).toEqual(['E-A-004']);
    expect(sayings("if (failure.code === 'E-A-005') return;")).toEqual([]);
    expect(sayings("const STATUS = { 'E-A-006': 404 };")).toEqual([]);
  });

  it('is said in one file', () => {
    const files = new Map<string, Set<string>>();
    for (const name of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.endsWith('.test.ts') || name.endsWith('.fixture.ts')) continue;
      const code = readFileSync(join(SRC, name), 'utf8').replaceAll(/^\s*(\*|\/\/|\/\*\*).*$/gm, '');
      for (const said of sayings(code)) files.set(said, (files.get(said) ?? new Set()).add(name));
    }
    expect(files.size).toBeGreaterThan(150);
    const several = [...files].filter(([code, where]) => where.size > 1 && !(code in SAID_IN_SEVERAL));
    expect(several.map(([code, where]) => `${code}: ${[...where].join(', ')}`)).toEqual([]);
  });
});
