import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
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

  it('erases what the person was called in the plan with the name', () => {
    people.put(anna);
    people.putSeat('quellmalz-seat', 'u1');
    expect(people.seat('quellmalz-seat')).toBe('u1');
    people.erase('u1');
    expect(people.seat('quellmalz-seat')).toBeNull();
    expect(everyByte()).not.toContain('quellmalz-seat');
  });

  it('drops a text that was not accepted, to the last byte, and knows which ones wait', () => {
    people.put(anna);
    const [waits, stays] = [people.keepText('u1', 'unmistakable words'), people.keepText('u1', 'ok')];
    people.confirmText(stays);
    expect(people.unconfirmedTexts(Date.now() + 1, 10)).toEqual([waits]);
    expect(people.unconfirmedTexts(Date.now() - 60_000, 10)).toEqual([]);
    people.dropText(waits);
    expect([people.text(waits), people.text(stays)]).toEqual([null, 'ok']);
    expect(everyByte()).not.toContain('unmistakable');
  });

  it('opens a store of before seats and confirmations, whose texts wait to be looked at', () => {
    people.close();
    rmSync(dir, { recursive: true });
    mkdirSync(dir);
    const old = new Database(join(dir, 'people.db'));
    old.exec(`CREATE TABLE kept_text (ref TEXT PRIMARY KEY, person_id TEXT NOT NULL, salt BLOB NOT NULL, text TEXT NOT NULL)
      WITHOUT ROWID; INSERT INTO kept_text VALUES ('r1', 'u1', x'00', 'of before');`);
    old.close();
    people = openPeople(dir);
    expect(people.text('r1')).toBe('of before');
    expect(people.unconfirmedTexts(Date.now(), 10)).toEqual(['r1']);
  });

  it('lets nobody else read the file', () => {
    people.put(anna);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  });
});
