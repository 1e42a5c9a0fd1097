import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Me } from '#api/contract.ts';
import { PASSWORD, problem, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => {
  await rig?.close();
});

describe('sessions over HTTP', () => {
  it('the first link makes the first administrator, once', async () => {
    rig = await Rig.start();
    const { token } = rig.identity.createFirstLink('p-first');
    const look = await rig.ask('POST', '/api/v1/access/link/look', { body: { token } });
    expect(look.body).toMatchObject({ kind: 'first', name: '' });
    const account = { name: 'Ana', email: 'ana@plant.example', password: 'short' };
    const short = await rig.ask('POST', '/api/v1/access/link', { body: { token, account } });
    expect(problem(short)).toMatchObject({ status: 400, code: 'E-HTTP-010' });
    const entered = await rig.ask('POST', '/api/v1/access/link', {
      body: { token, account: { ...account, password: PASSWORD } },
    });
    expect(entered.body).toMatchObject({ name: 'Ana', roles: ['administrator'], demo: false });
    const again = await rig.ask('POST', '/api/v1/access/link', { body: { token, account } });
    expect(problem(again).status).toBe(400);
    const used = await rig.ask('POST', '/api/v1/access/link', {
      body: { token, account: { ...account, password: PASSWORD } },
    });
    expect(problem(used)).toMatchObject({ status: 410, code: 'E-IDENTITY-003' });
    const me = await rig.ask('GET', '/api/v1/access/me', { cookie: entered.cookie });
    expect((me.body as Me).mayRun).toContain('access.grant-role');
    expect((me.body as Me).mayRun).not.toContain('work.accept-draft');
  });

  it('an invited person has exactly the roles given; losing one, and leaving, hold at once', async () => {
    rig = await Rig.start();
    const admin = await rig.asAdministrator();
    const planner = await rig.invited(admin, ['planner'], 'j@plant.example');
    const me = await rig.ask('GET', '/api/v1/access/me', { cookie: planner.cookie });
    expect(me.body).toMatchObject({ roles: ['planner'] });
    const foreign = await rig.ask('GET', '/api/v1/access/accounts', { cookie: planner.cookie });
    expect(problem(foreign)).toMatchObject({ status: 403, code: 'E-ACCESS-013' });
    const people = await rig.ask('GET', '/api/v1/access/people', { cookie: planner.cookie });
    expect(JSON.stringify(people.body)).not.toContain('ana@plant.example');
    await rig.ask('DELETE', `/api/v1/access/people/${planner.id}/roles/planner`, { cookie: admin });
    expect((await rig.ask('GET', '/api/v1/access/people', { cookie: planner.cookie })).status).toBe(403);
    await rig.ask('POST', `/api/v1/access/people/${planner.id}/erase`, { cookie: admin });
    expect((await rig.ask('GET', '/api/v1/access/me', { cookie: planner.cookie })).status).toBe(401);
    const credentials = { email: 'j@plant.example', password: PASSWORD };
    expect((await rig.ask('POST', '/api/v1/access/sign-in', { body: credentials })).status).toBe(401);
    const after = await rig.ask('GET', '/api/v1/access/accounts', { cookie: admin });
    expect(JSON.stringify(after.body)).not.toContain('j@plant.example');
  });

  it('the last administrator cannot leave', async () => {
    rig = await Rig.start();
    const admin = await rig.asAdministrator();
    const left = await rig.ask('POST', '/api/v1/access/people/p-first/erase', { cookie: admin });
    expect(problem(left)).toMatchObject({ status: 422, code: 'E-ACCESS-007' });
    expect((await rig.ask('GET', '/api/v1/access/me', { cookie: admin })).status).toBe(200);
  });

  it('brute force is locked out whatever address the headers claim', async () => {
    rig = await Rig.start();
    await rig.asAdministrator();
    const codes: string[] = [];
    for (let n = 0; n < 7; n++) {
      const asked = await rig.ask('POST', '/api/v1/access/sign-in', {
        body: { email: 'ana@plant.example', password: `wrong password ${n}` },
        headers: {
          'x-forwarded-for': `10.0.0.${n}`,
          'x-real-ip': `10.0.0.${n}`,
          forwarded: `for=10.0.0.${n}`,
        },
      });
      codes.push(problem(asked).code);
    }
    expect(codes).toEqual([...Array(5).fill('E-IDENTITY-007'), 'E-IDENTITY-006', 'E-IDENTITY-006']);
  });

  it('the demo link signs in and switches only to simulated people of a simulated plant', async () => {
    rig = await Rig.start({ demo: true });
    for (const [personId, simulated] of [
      ['p-ana', true],
      ['p-jurgen', true],
      ['p-real', false],
    ] as const) {
      const data = { personId, crewId: null, simulated };
      await rig.site.run({ id: personId, type: 'access.join-person', actor: 'system:setup', data });
      rig.people.put({ personId, name: personId, email: null, simulated, erased: false });
    }
    const { token } = rig.identity.createFirstLink('p-ana');
    const ana = await rig.ask('POST', '/api/v1/access/link', { body: { token, account: null } });
    expect(ana.body).toMatchObject({ personId: 'p-ana', simulated: true, demo: true });
    const switchTo = (personId: string) =>
      rig.ask('POST', '/api/v1/access/switch', { body: { personId }, cookie: ana.cookie });
    expect(problem(await switchTo('p-jurgen')).code).toBe('E-ACCESS-020');
    const plant = { name: 'P', line: 'L', timeZone: 'UTC', currency: 'EUR', simulated: true };
    const type = 'strategy.describe-plant';
    await rig.site.run({ id: 'plant', type, actor: 'system:setup', data: plant });
    expect(problem(await switchTo('p-real')).code).toBe('E-ACCESS-020');
    const jurgen = await switchTo('p-jurgen');
    expect(jurgen.body).toMatchObject({ personId: 'p-jurgen', demo: true });
    expect((await rig.ask('GET', '/api/v1/access/me', { cookie: jurgen.cookie })).status).toBe(200);
  });

  it('through the eyes of a guest, who may read little, the plant is still named and the way back is open', async () => {
    rig = await Rig.start({ demo: true });
    for (const personId of ['p-ana', 'p-guest']) {
      const data = { personId, crewId: null, simulated: true };
      await rig.site.run({ id: personId, type: 'access.join-person', actor: 'system:setup', data });
      rig.people.put({ personId, name: personId, email: null, simulated: true, erased: false });
    }
    const role = { personId: 'p-guest', role: 'guest contractor', crewId: null };
    await rig.site.run({ id: 'role', type: 'access.grant-role', actor: 'system:setup', data: role });
    const plant = { name: 'P', line: 'L', timeZone: 'UTC', currency: 'EUR', simulated: true };
    await rig.site.run({ id: 'plant', type: 'strategy.describe-plant', actor: 'system:setup', data: plant });
    const { token } = rig.identity.createFirstLink('p-ana');
    const ana = await rig.ask('POST', '/api/v1/access/link', { body: { token, account: null } });
    const body = { personId: 'p-guest' };
    const guest = await rig.ask('POST', '/api/v1/access/switch', { body, cookie: ana.cookie });
    expect(guest.body).toMatchObject({ roles: ['guest contractor'], plant });
    const { eyes } = guest.body as Me;
    expect(eyes.map(({ personId }) => personId)).toEqual(['p-ana', 'p-guest']);
  });
});

describe('commands', () => {
  it('need an Idempotency-Key, and the same key gets the same answer', async () => {
    rig = await Rig.start();
    const cookie = await rig.asAdministrator();
    const body = { name: 'Tomasz', crewId: null, roles: ['technician'] };
    const without = await rig.ask('POST', '/api/v1/access/people', { body, cookie, key: null });
    expect(problem(without)).toMatchObject({ status: 400, code: 'E-HTTP-002' });
    const wrong = await rig.ask('POST', '/api/v1/access/people', { body, cookie, key: 'one' });
    expect(problem(wrong).code).toBe('E-HTTP-002');
    const made = await rig.ask('POST', '/api/v1/access/people', { body, cookie });
    const path = `/api/v1/access/people/${(made.body as { personId: string }).personId}/roles`;
    const key = randomUUID();
    const wish = { body: { role: 'planner' }, cookie };
    const one = await rig.ask('POST', path, { ...wish, key });
    const facts = rig.site.state().facts;
    const two = await rig.ask('POST', path, { ...wish, key: key.toUpperCase() });
    expect(one.body).toMatchObject({ ok: true, facts: 1 });
    expect(two.body).toEqual(one.body);
    expect(rig.site.state().facts).toBe(facts);
  });
});
