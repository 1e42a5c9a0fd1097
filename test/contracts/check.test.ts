import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlan } from '#app/compose.ts';
import { checkedPlan } from '#app/plan/check.ts';
import { readPlan as parsePlan } from '../../src/adapters/files/plan/read.ts';
import { planJsonSchema } from '../../src/adapters/files/plan/schema.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const plans = fileURLToPath(new URL('plans', import.meta.url));
const NOW_MS = Date.UTC(2026, 10, 23);

async function findings(name: string): Promise<string[]> {
  const read = await readPlan(join(plans, name));
  const checked = checkedPlan(read, name, NOW_MS);
  return checked.findings.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
}

/** What stands at a finding's place, so that a wrong column shows. */
function wordAt(name: string, place: string): string {
  const [line = 0, column = 0] = place.split(/[: ]/, 2).map(Number);
  const text = readFileSync(join(plans, name), 'utf8').split('\n')[line - 1] ?? '';
  return /^[\w-]*/.exec(text.slice(column - 1))?.[0] ?? '';
}

describe('a broken plan says where', () => {
  it('is no YAML', async () => {
    const [first] = await findings('syntax.yaml');
    expect(first).toMatch(/^5:1 E-PLAN-001 Not readable as YAML: /);
  });

  it('a key is unknown, and names the nearest', async () => {
    const read = await readPlan(join(plans, 'unknown-key.yaml'));
    expect(read.findings.map(({ line, column, code, mend }) => [line, column, code, mend])).toEqual([
      [8, 5, 'E-PLAN-002', 'Did you mean "accountable"?'],
      [9, 1, 'E-PLAN-002', 'Did you mean "monitors"?'],
    ]);
    expect(wordAt('unknown-key.yaml', '8:5')).toBe('acountable');
  });

  it('a key is missing', async () => {
    expect(await findings('missing-key.yaml')).toEqual([
      '4:5 E-PLAN-003 "name" is missing.',
      '8:5 E-PLAN-003 "cbmSharePercent" is missing.',
    ]);
  });

  it('values are wrong', async () => {
    const found = await findings('wrong-values.yaml');
    expect(found).toEqual([
      '1:1 E-PLAN-004 "version" must be 1: this program reads plan files of version 1.',
      '2:62 E-PLAN-004 "currency" must be three capitals of ISO 4217: EUR.',
      '2:78 E-PLAN-004 "simulated" is not true or false.',
      '4:16 E-PLAN-004 "name" must be left out: real people are invited by link, their names stay out of files.',
      '4:58 E-PLAN-004 "wizard" in "roles" is none of the words known here.',
      '6:61 E-PLAN-004 "due" is a day that does not exist.',
      '6:78 E-PLAN-004 "target" is not a number.',
      '8:61 E-PLAN-004 "duration" must be a duration: 10 s, 30 min, 6 h, 7 d.',
      '8:80 E-PLAN-004 "people" is not a whole number.',
    ]);
    expect(found.map((place) => wordAt('wrong-values.yaml', place))).toEqual([
      'version',
      'currency',
      'simulated',
      'name',
      'wizard',
      'due',
      'target',
      'duration',
      'people',
    ]);
  });

  it('an id is given twice, or names nothing', async () => {
    const read = await readPlan(join(plans, 'references.yaml'));
    expect(read.findings.map(({ line, column, code, mend }) => `${line}:${column} ${code} ${mend}`)).toEqual([
      '5:7 E-PLAN-005 Give one of the two another id.',
      '7:61 E-PLAN-006 Did you mean "marta"?',
      '9:50 E-PLAN-006 Describe it under "assets", or correct the name.',
      '11:5 E-PLAN-007 Write exactly one of mqtt and file.',
      '16:26 E-PLAN-006 Describe it under "people", or correct the name.',
    ]);
  });

  it('a choice is not made', async () => {
    expect(await findings('two-limits.yaml')).toEqual([
      '12:5 E-PLAN-007 The signal has two sources.',
      '18:5 E-PLAN-007 The condition has high and low; one monitor judges one thing.',
    ]);
  });

  it('the stages refuse what it says', async () => {
    const found = await findings('refused.yaml');
    expect(found).toEqual(['14:5 E-STRATEGY-012 The review is due before the assessment was made.']);
  });

  it('the gate will ask for more', async () => {
    expect(await findings('gate.yaml')).toEqual([
      '40:5 W-PLAN-021 The live monitors of MECH are expected to waste 3.00 h a week; its noise budget is 2.70 h.',
      '52:5 W-PLAN-020 Value per unit: 135000, assumed: no automation, no accepted money.',
      '52:5 E-GATE-206 Keeper of sensor and gateway: sensor p1.eva, gateway nobody.',
      '52:5 E-GATE-214 Time for planned work: P-F 3 days − detection 30.1 h, against work 1 h + lead 2 days.',
      '52:5 E-GATE-216 Sign-off by two people: signed by p1.mara, p1.ana; no technician of the crew yet.',
      '56:5 W-PLAN-023 The limit has no deadband: a reading that lies on it sets and clears it again and again.',
      expect.stringContaining('68:5 E-GATE-105'),
      expect.stringContaining('68:5 E-GATE-107'),
      expect.stringContaining('68:5 E-GATE-108'),
      expect.stringContaining('68:5 E-GATE-109'),
      expect.stringContaining('68:5 E-GATE-110'),
    ]);
  });

  it('every finding has a mend', async () => {
    for (const name of readdirSync(plans)) {
      const read = await readPlan(join(plans, name));
      const { ok, findings: all } = checkedPlan(read, name, NOW_MS);
      expect({ name, ok }).toEqual({ name, ok: false });
      expect(all.filter((finding) => finding.mend.length <= 5)).toEqual([]);
    }
  });
});

describe('hostile plans', () => {
  it('cannot expand without limit', () => {
    const rows = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const pair of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih']) {
      const key = pair.charAt(0);
      const from = pair.charAt(1);
      rows.push(`${key}: &${key} [${Array(9).fill(`*${from}`).join(', ')}]`);
    }
    expect(parsePlan(rows.join('\n'), 'bomb').findings.map(({ code }) => code)).toContain('E-PLAN-001');
  });

  it.each([
    ['nothing', ''],
    ['a list', '- 1'],
    ['a word', 'plan'],
    ['deep nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['a prototype', 'version: 1\n__proto__: { plant: 1 }'],
    ['a control character', 'version: 1\nplant: "\u0000"'],
  ])('%s is refused with a code', (_, text) => {
    const read = parsePlan(text, 'odd.yaml');
    expect(read.ok).toBe(false);
    expect(read.findings.every(({ code }) => /^E-PLAN-\d{3}$/.test(code))).toBe(true);
  });

  it('too long a file is not read', () => {
    expect(parsePlan('#'.repeat(4_000_001), 'long').findings[0]?.code).toBe('E-PLAN-008');
  });
});

describe('throughline check', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-check-'));
    copyFileSync(join(root, 'examples/recorded-machine/plan.yaml'), join(folder, 'plan.yaml'));
    copyFileSync(join(plans, 'unknown-key.yaml'), join(folder, 'broken.yaml'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function throughline(...args: string[]): Promise<{ exit: number; out: string; talk: string }> {
    return new Promise((resolve) => {
      const main = join(root, 'src/cli/main.ts');
      execFile(process.execPath, [main, ...args], { cwd: folder }, (error, out, talk) => {
        resolve({ exit: error ? Number(error.code) : 0, out, talk });
      });
    });
  }

  it('accepts the recorded machine', async () => {
    const { exit, out } = await throughline('check', 'plan.yaml', '--json');
    expect(JSON.parse(out)).toEqual({ ok: true, findings: [] });
    expect(exit).toBe(0);
  });

  it('answers a broken plan with its findings and exit 1', async () => {
    const { exit, out } = await throughline('check', 'broken.yaml', '--json');
    const answer = JSON.parse(out);
    expect(answer.ok).toBe(false);
    expect(Object.keys(answer.findings[0])).toEqual(['file', 'line', 'column', 'code', 'message', 'mend']);
    expect(answer.findings[0]).toMatchObject({ file: 'broken.yaml', line: 8, column: 5, code: 'E-PLAN-002' });
    expect(exit).toBe(1);
    const plain = await throughline('check', 'broken.yaml');
    expect(plain.out).toContain('broken.yaml:8:5 error E-PLAN-002');
  });

  it('answers a file that is not there with exit 3', async () => {
    const { exit } = await throughline('check', 'nothing.yaml', '--json');
    expect(exit).toBe(3);
  });
});

it('the published JSON Schema is current (scripts/write-plan-schema.ts writes it)', () => {
  const published = readFileSync(join(root, 'docs/reference/plan.schema.json'), 'utf8');
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(planJsonSchema())));
});
