import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Devices, MAX_CHECKS_WAITING } from './devices.ts';
import { filterMatches, isFilter } from './filter.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-devices-'));
  file = join(folder, 'keys', 'devices.json');
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = (text: string) => Buffer.from(text);

describe('devices', () => {
  it('sign in with the secret shown once, also after a restart, and with nothing else', async () => {
    const devices = await Devices.open(folder);
    const secret = await devices.enrol('gateway-1', ['plant/#'], 5);
    expect(Buffer.from(secret, 'base64url').length).toBe(32);
    expect(await readFile(file, 'utf8')).not.toContain(secret);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    for (const opened of [devices, await Devices.open(folder)]) {
      expect(await opened.authenticate('gateway-1', 'gateway-1', bytes('wrong'))).toBe(false);
      expect(await opened.authenticate('gateway-1', 'gateway-1', bytes(secret))).toBe(true);
      // the second time on the short way
      expect(await opened.authenticate('gateway-1', 'gateway-1', bytes(secret))).toBe(true);
      expect(await opened.authenticate('gateway-1', 'gateway-1', bytes('wrong'))).toBe(false);
      expect(await opened.authenticate('gateway-1', 'gateway-2', bytes(secret))).toBe(false);
      expect(await opened.authenticate('gateway-2', 'gateway-2', bytes(secret))).toBe(false);
      expect(await opened.authenticate('decoy', 'decoy', bytes(secret))).toBe(false);
    }
    expect(devices.list()).toEqual([{ clientId: 'gateway-1', publish: ['plant/#'], enrolledMs: 5 }]);
  });

  it('lose every right at once when revoked or enrolled anew', async () => {
    const devices = await Devices.open(folder);
    const ended: string[] = [];
    devices.onRevoked((clientId) => ended.push(clientId));
    const first = await devices.enrol('a', ['x/+'], 0);
    expect(ended).toEqual([]);
    await devices.authenticate('a', 'a', bytes(first));
    const second = await devices.enrol('a', ['y/+'], 0);
    expect(ended).toEqual(['a']);
    expect(await devices.authenticate('a', 'a', bytes(first))).toBe(false);
    expect(await devices.authenticate('a', 'a', bytes(second))).toBe(true);
    expect(devices.mayPublish('a', 'x/1')).toBe(false);
    expect(devices.mayPublish('a', 'y/1')).toBe(true);
    expect(await devices.revoke('a')).toBe(true);
    expect(await devices.revoke('a')).toBe(false);
    expect(ended).toEqual(['a', 'a']);
    expect(devices.mayPublish('a', 'y/1')).toBe(false);
    expect(await devices.authenticate('a', 'a', bytes(second))).toBe(false);
    expect((await Devices.open(folder)).list()).toEqual([]);
  });

  it('are not let in when revoked while the check runs', async () => {
    const devices = await Devices.open(folder);
    const secret = await devices.enrol('a', ['x'], 0);
    const checking = devices.authenticate('a', 'a', bytes(secret));
    // the file is written faster or slower than the check; either way nobody is in afterwards
    await devices.revoke('a');
    await checking;
    expect(await devices.authenticate('a', 'a', bytes(secret))).toBe(false);
  });

  it('keep all changes that are made at the same time', async () => {
    const devices = await Devices.open(folder);
    await Promise.all(Array.from({ length: 10 }, (_, i) => devices.enrol(`d${i}`, ['x'], 0)));
    expect((await Devices.open(folder)).list().length).toBe(10);
  });

  it('bound the checks that wait', async () => {
    const devices = await Devices.open(folder);
    const tries = Array.from({ length: MAX_CHECKS_WAITING + 10 }, () =>
      devices.authenticate('x', 'x', bytes('y')),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter((result) => result.status === 'rejected').length).toBe(8);
    expect(await devices.authenticate('x', 'x', bytes('y'))).toBe(false);
  }, 60_000);

  it('need a sound client id and sound filters', async () => {
    const devices = await Devices.open(folder);
    for (const clientId of ['', 'a/b', 'a#', '+', 'x'.repeat(65), 'ä'])
      await expect(devices.enrol(clientId, ['x'], 0)).rejects.toMatchObject({ code: 'E-DEVICE-002' });
    for (const filters of [[], [''], ['a/#/b'], ['a+'], ['$SYS/#'], ['cmd/x'], ['a\nb']])
      await expect(devices.enrol('a', filters, 0)).rejects.toMatchObject({ code: 'E-DEVICE-003' });
  });

  it('whose file is damaged stop the start with a sentence', async () => {
    await (await Devices.open(folder)).enrol('a', ['x'], 0);
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 40));
    await expect(Devices.open(folder)).rejects.toMatchObject({ code: 'E-DEVICE-001' });
  });
});

describe('topic filters', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a/b/c', false],
    ['a/+', 'a', false],
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['a/#', 'ab', false],
    ['#', 'a/b', true],
    ['#', '$SYS/a', false],
    ['+/+', '/a', true],
    ['+', '$x', false],
    ['a/+/c', 'a//c', true],
  ])('%s on %s: %s', (filter, topic, matches) => {
    expect(filterMatches(filter, topic)).toBe(matches);
  });

  it('agree with a pattern written another way', () => {
    const level = fc.constantFrom('a', 'b', 'cc', '');
    const filters = fc
      .array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 4 })
      .chain((levels) => fc.boolean().map((open) => (open ? [...levels, '#'] : levels).join('/')))
      .filter(isFilter);
    const topics = fc.array(level, { minLength: 1, maxLength: 5 }).map((levels) => levels.join('/'));
    fc.assert(
      fc.property(filters, topics, (filter, topic) => {
        const pattern = filter
          .replace(/\+/g, '[^/]*')
          .replace(/(^|\/)#$/, (_all, slash: string) => (slash ? '(/.*)?' : '.*'));
        expect(filterMatches(filter, topic)).toBe(new RegExp(`^${pattern}$`).test(topic));
      }),
      { numRuns: 2_000 },
    );
  });
});
