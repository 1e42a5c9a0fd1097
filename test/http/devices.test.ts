import { afterEach, describe, expect, it } from 'vitest';
import type { ClientView, Enrolment } from '#api/contract.ts';
import { problem, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => {
  await rig?.close();
});

const CLIENTS = '/api/v1/access/clients';
const gateway = { clientId: 'gw-1', publish: ['plant/line-1/#'] };
const lets = (secret: string) => rig.devices.authenticate('gw-1', 'gw-1', Buffer.from(secret));

describe('devices over HTTP', () => {
  it('an administrator enrols a device; its secret opens the door and is kept only as a hash', async () => {
    rig = await Rig.start();
    const cookie = await rig.asAdministrator();
    const enrolled = await rig.ask('POST', CLIENTS, { cookie, body: gateway });
    const { secret, url, ca } = enrolled.body as Enrolment;
    expect({ url, ca }).toEqual({ url: 'mqtts://127.0.0.1:8883', ca: 'a certificate' });
    expect(await lets(secret)).toBe(true);
    expect(rig.devices.mayPublish('gw-1', 'plant/line-1/pump')).toBe(true);
    expect(rig.devices.mayPublish('gw-1', 'plant/line-2/pump')).toBe(false);
    const listed = await rig.ask('GET', CLIENTS, { cookie });
    expect((listed.body as { clients: ClientView[] }).clients).toMatchObject([gateway]);
    expect(JSON.stringify(listed.body) + rig.log).not.toContain(secret);
  });

  it('enrolling again gives a new secret and ends the old one', async () => {
    rig = await Rig.start();
    const cookie = await rig.asAdministrator();
    const first = await rig.ask('POST', CLIENTS, { cookie, body: gateway });
    const second = await rig.ask('POST', CLIENTS, { cookie, body: gateway });
    expect(await lets((first.body as Enrolment).secret)).toBe(false);
    expect(await lets((second.body as Enrolment).secret)).toBe(true);
  });

  it('a revoked device is shut out, and its name is never given out again', async () => {
    rig = await Rig.start();
    const cookie = await rig.asAdministrator();
    const { secret } = (await rig.ask('POST', CLIENTS, { cookie, body: gateway })).body as Enrolment;
    expect((await rig.ask('POST', `${CLIENTS}/gw-1/revoke`, { cookie })).status).toBe(200);
    expect(await lets(secret)).toBe(false);
    const again = await rig.ask('POST', CLIENTS, { cookie, body: gateway });
    expect(problem(again)).toMatchObject({ status: 422, code: 'E-ACCESS-010' });
    expect(await lets(secret)).toBe(false);
  });

  it('a planner may not enrol, and no device publishes on the way back to devices', async () => {
    rig = await Rig.start();
    const admin = await rig.asAdministrator();
    const { cookie } = await rig.invited(admin, ['planner'], 'j@plant.example');
    expect(problem(await rig.ask('POST', CLIENTS, { cookie, body: gateway })).status).toBe(403);
    const back = { clientId: 'gw-2', publish: ['cmd/gw-2/#'] };
    expect(problem(await rig.ask('POST', CLIENTS, { cookie: admin, body: back })).status).toBe(400);
    expect(rig.devices.list()).toEqual([]);
  });
});
