import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPeople } from './people.ts';

let dir: string;
let people: ReturnType<typeof openPeople>;
const anna = {
  personId: 'u1',
  name: 'Anna Quellmalz',
  email: 'anna@plant.example',
  simulated: false,
  erased: false,
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'people-'));
  people = openPeople(dir);
});
afterEach(() => {
  people.close();
  rmSync(dir, { recursive: true });
});

const everyByte = () =>
  readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), 'latin1'))
    .join('');

describe('people', () => {
  it('keeps names and texts across a reopening', () => {
    people.put(anna);
    people.put({ ...anna, personId: 'u2', name: 'Bo', email: null, simulated: true });
    const ref = people.keepText('u1', 'bearing howls at start');
    people.close();
    people = openPeople(dir);
    expect(people.person('u1')).toEqual(anna);
    expect(people.person('u9')).toBeNull();
    expect(people.people().map((each) => each.name)).toEqual(['Anna Quellmalz', 'Bo']);
    expect(people.text(ref)).toBe('bearing howls at start');
    expect(people.text('f'.repeat(64))).toBeNull();
  });

  it('gives the same text another reference each time, so that a reference tells nothing', () => {
    people.put(anna);
    const [first, second] = [people.keepText('u1', 'ok'), people.keepText('u1', 'ok')];
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).not.toBe(first);
  });

  it('erases a person: nothing of name, address or text is left in any file, others stay', () => {
    people.put(anna);
    people.put({ ...anna, personId: 'u2', name: 'Bo', email: null });
    const refs = Array.from({ length: 50 }, (_, at) =>
      people.keepText('u1', `quellmalz text ${at} ${'x'.repeat(300)}`),
    );
    const kept = people.keepText('u2', 'another text');
    expect(everyByte()).toContain('quellmalz text 7');
    people.erase('u1');
    expect(people.person('u1')).toEqual({ ...anna, name: 'erased person', email: null, erased: true });
    expect(refs.map((ref) => people.text(ref))).toEqual(refs.map(() => null));
    expect(people.text(kept)).toBe('another text');
    expect(everyByte()).not.toMatch(/quellmalz|anna@plant/i);
    for (const ref of refs) expect(everyByte()).not.toContain(ref);
    expect(() => people.put(anna)).toThrow('erased');
    expect(() => people.keepText('u1', 'again')).toThrow('erased');
  });

  it('lets nobody else read the file', () => {
    people.put(anna);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  });
});
