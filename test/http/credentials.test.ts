// Whatever opens a door or shuts it leaves a fact that says who did it, and no secret in it.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Enrolment, Invitation } from '#api/contract.ts';
import { PASSWORD, problem, Rig } from './rig.ts';

let rig: Rig;
let admin: string;
beforeEach(async () => {
  rig = await Rig.start();
  admin = await rig.asAdministrator();
});
afterEach(async () => {
  await rig?.close();
});

const CLIENTS = '/api/v1/access/clients';
const PEOPLE = '/api/v1/access/people';
const gateway = { clientId: 'gw-1', publish: ['plant/line-1/#'] };
const lets = (secret: string) => rig.devices.authenticate('gw-1', 'gw-1', Buffer.from(secret));

/** Facts since the last call: type and author. */
let told = 0;
function news(): string[] {
  const facts = rig.site.facts.slice(told);
  told = rig.site.facts.length;
  return facts.map((fact) => `${fact.type} by ${fact.actor}`);
}
beforeEach(() => {
  told = rig.site.facts.length;
});

describe('the journal says who', () => {
  it('made the first administrator', () => {
    told = 0;
    expect(news()).toEqual([
      'access.person-joined by system:setup',
      'access.role-granted by system:setup',
      'access.link-redeemed by person:p-first',
      'access.password-set by person:p-first',
    ]);
  });

  it('invited whom, and that the link was used; and nothing in it opens a door', async () => {
    const body = { name: 'Tomasz', crewId: null, roles: ['technician'] };
    const made = (await rig.ask('POST', PEOPLE, { cookie: admin, body })).body as Invitation;
    expect(news()).toEqual([
      'access.person-joined by person:p-first',
      'access.role-granted by person:p-first',
      'access.link-issued by person:p-first',
    ]);
    const token = made.path.split('#')[1];
    const account = { name: 'Tomasz', email: 't@plant.example', password: PASSWORD };
    const entered = await rig.ask('POST', '/api/v1/access/link', { body: { token, account } });
    expect(entered.status).toBe(200);
    expect(news()).toEqual([
      `access.link-redeemed by person:${made.personId}`,
      `access.password-set by person:${made.personId}`,
    ]);
    const issue = rig.site.facts.find((fact) => fact.type === 'access.link-issued');
    const issued = (issue?.data as { linkId: string } | undefined)?.linkId ?? '';
    expect(rig.site.facts.at(-2)?.data).toMatchObject({ linkId: issued, purpose: 'invitation' });
    const journal = JSON.stringify(rig.site.facts);
    for (const secret of [token, PASSWORD, 't@plant.example', 'Tomasz'])
      expect(journal).not.toContain(secret);
    const look = await rig.ask('POST', '/api/v1/access/link/look', {
      body: { token: issued.padEnd(20, '0') },
    });
    expect(look.status).toBe(410);
  });

  it('enrolled, re-keyed and revoked a device', async () => {
    await rig.ask('POST', CLIENTS, { cookie: admin, body: gateway });
    await rig.ask('POST', CLIENTS, { cookie: admin, body: gateway });
    await rig.ask('POST', `${CLIENTS}/gw-1/revoke`, { cookie: admin });
    expect(news()).toEqual([
      'access.client-enrolled by person:p-first',
      'access.client-rekeyed by person:p-first',
      'access.client-revoked by person:p-first',
    ]);
  });

  it('ended which sessions', async () => {
    const planner = await rig.invited(admin, ['planner'], 'j@plant.example');
    news();
    await rig.ask('POST', `${PEOPLE}/${planner.id}/sign-out-everywhere`, { cookie: admin });
    await rig.ask('POST', '/api/v1/access/sign-out', { cookie: admin });
    expect(news()).toEqual([
      'access.sessions-ended by person:p-first',
      'access.sessions-ended by person:p-first',
    ]);
    expect(rig.site.facts.at(-2)?.data).toEqual({ personId: planner.id, which: 'all' });
    expect(rig.site.facts.at(-1)?.data).toEqual({ personId: 'p-first', which: 'this one' });
    expect((await rig.ask('GET', '/api/v1/access/me', { cookie: admin })).status).toBe(401);
  });

  it('was locked out, once; the address that tried is not in it', async () => {
    const guess = (email: string) =>
      rig.ask('POST', '/api/v1/access/sign-in', { body: { email, password: 'wrong wrong wrong' } });
    for (let n = 0; n < 7; n++) await guess('ana@plant.example');
    expect(news()).toEqual(['access.locked-out by system:identity']);
    expect(rig.site.facts.at(-1)?.data).toEqual({ personId: 'p-first' });
    for (let n = 0; n < 5; n++) await guess('stranger@plant.example');
    expect(rig.site.facts.at(-1)?.data).toEqual({ personId: null });
    expect(JSON.stringify(rig.site.facts)).not.toMatch(/127\.0\.0\.1|::1|@plant/);
  });
});

describe('sessions of other people', () => {
  it('are ended by who manages access, not by who may read of it or anybody else', async () => {
    const planner = await rig.invited(admin, ['planner'], 'j@plant.example');
    const officer = await rig.invited(admin, ['security officer'], 's@plant.example');
    const path = `${PEOPLE}/p-first/sign-out-everywhere`;
    const refused = await rig.ask('POST', path, { cookie: planner.cookie });
    expect(problem(refused)).toMatchObject({ status: 403, code: 'E-ACCESS-013' });
    expect((await rig.ask('POST', path, { cookie: officer.cookie })).status).toBe(204);
    expect((await rig.ask('GET', '/api/v1/access/me', { cookie: admin })).status).toBe(401);
  });

  it('end although the journal cannot be written', async () => {
    const planner = await rig.invited(admin, ['planner'], 'j@plant.example');
    rig.site.run = () => Promise.reject(new Error('no space'));
    const asked = await rig.ask('POST', '/api/v1/access/sign-out', { cookie: planner.cookie });
    expect(asked.status).toBe(500);
    expect((await rig.ask('GET', '/api/v1/access/me', { cookie: planner.cookie })).status).toBe(401);
  });
});

describe('the same wish again', () => {
  it('makes no second secret of a device, and says so', async () => {
    const key = randomUUID();
    const first = await rig.ask('POST', CLIENTS, { cookie: admin, body: gateway, key });
    const again = await rig.ask('POST', CLIENTS, { cookie: admin, body: gateway, key });
    expect(problem(again)).toMatchObject({ status: 409, code: 'E-ACCESS-022' });
    expect(problem(again).mend).toContain('new wish');
    expect(await lets((first.body as Enrolment).secret)).toBe(true);
    expect(news()).toEqual(['access.client-enrolled by person:p-first']);
  });

  it('makes no second link for an invited person, and the first one still works', async () => {
    const key = randomUUID();
    const body = { name: 'Tomasz', crewId: null, roles: ['technician'] };
    const first = (await rig.ask('POST', PEOPLE, { cookie: admin, body, key })).body as Invitation;
    const again = await rig.ask('POST', PEOPLE, { cookie: admin, body, key });
    expect(problem(again)).toMatchObject({ status: 409, code: 'E-ACCESS-022' });
    const token = first.path.split('#')[1];
    expect((await rig.ask('POST', '/api/v1/access/link/look', { body: { token } })).status).toBe(200);

    const path = `${PEOPLE}/${first.personId}/invitation`;
    const other = randomUUID();
    const second = (await rig.ask('POST', path, { cookie: admin, key: other })).body as Invitation;
    expect(problem(await rig.ask('POST', path, { cookie: admin, key: other })).status).toBe(409);
    const works = await rig.ask('POST', '/api/v1/access/link/look', {
      body: { token: second.path.split('#')[1] },
    });
    expect(works.status).toBe(200);
    expect((await rig.ask('POST', '/api/v1/access/link/look', { body: { token } })).status).toBe(410);
  });

  it('without a record there is no secret: a refused enrolment changes nothing', async () => {
    const first = await rig.ask('POST', CLIENTS, { cookie: admin, body: gateway });
    rig.site.run = () => Promise.reject(new Error('no space'));
    expect((await rig.ask('POST', CLIENTS, { cookie: admin, body: gateway })).status).toBe(500);
    expect(await lets((first.body as Enrolment).secret)).toBe(true);
  });
});

describe('one-time links', () => {
  it('are asked after at most 60 times a minute from one address', async () => {
    const token = 'a-guess-of-enough-letters';
    const asked = [];
    for (let n = 0; n < 61; n++) {
      asked.push((await rig.ask('POST', '/api/v1/access/link/look', { body: { token } })).status);
    }
    expect(asked.slice(0, 60)).toEqual(Array(60).fill(410));
    expect(asked[60]).toBe(429);
  });
});

describe('free text', () => {
  it('goes when its command is refused or repeated, and stays when it is accepted', async () => {
    const owner = await rig.invited(admin, ['planner', 'owner', 'reliability engineer'], 'o@plant.example');
    const refused = await rig.ask('POST', '/api/v1/work/draft/t1.D-0009/reject', {
      cookie: owner.cookie,
      body: { finding: 'nothing found', reason: 'Kowalski said so' },
    });
    expect(refused.status).toBe(422);
    expect(rig.people.unconfirmedTexts(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    // the same door with a site that accepts shows that accepted texts are kept
    const commands: { noteRef?: string; reason?: string }[] = [];
    let again = false;
    rig.site.run = async ({ data }) => {
      commands.push(data as { reason: string });
      return { ok: true, facts: 1, seq: 1, ...(again ? { again: true as const } : {}) };
    };
    const path = '/api/v1/work/draft/t1.D-0001/reject';
    const body = { finding: 'nothing found', reason: 'Nowak said so' };
    await rig.ask('POST', path, { cookie: owner.cookie, body });
    again = true;
    await rig.ask('POST', path, { cookie: owner.cookie, body });
    const refs = commands.map(({ reason }) => (reason ?? '').slice('text:'.length));
    expect(refs.map((ref) => rig.people.text(ref))).toEqual(['Nowak said so', null]);
    expect(rig.people.unconfirmedTexts(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });
});
