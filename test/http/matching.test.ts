import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { WorkListView } from '#api/contract.ts';
import { problem, Rig } from './rig.ts';

let rig: Rig;
afterEach(() => rig.close());

const REPORT = { assetId: 't1.P-201', words: 'Howls when it starts.' };

/** A site with one pump, a technician and a planner. */
async function start(): Promise<{ technician: string; planner: string }> {
  rig = await Rig.start();
  const pump = {
    assetId: 't1.P-201',
    name: 'Pump',
    parentId: null,
    equipmentClass: 'pump',
    stopHourMinor: null,
  };
  const actor = 'system:setup' as const;
  const done = await rig.site.run({ id: 'setup', type: 'strategy.register-asset', actor, data: pump });
  expect(done).toMatchObject({ ok: true });
  const administrator = await rig.asAdministrator();
  const technician = await rig.invited(administrator, ['technician'], 'tom@plant.example');
  const planner = await rig.invited(administrator, ['planner'], 'jo@plant.example');
  return { technician: technician.cookie, planner: planner.cookie };
}

async function loose(cookie: string): Promise<WorkListView['notifications']> {
  const { body } = await rig.ask('GET', '/api/v1/work', { cookie });
  return (body as WorkListView).notifications;
}

describe('notifications over HTTP', () => {
  it('a report is filed once by its key; its words are read and lie outside the journal', async () => {
    const { technician } = await start();
    const key = randomUUID();
    const first = await rig.ask('POST', '/api/v1/work/report', { body: REPORT, cookie: technician, key });
    expect(first.status).toBe(200);
    await rig.ask('POST', '/api/v1/work/report', { body: REPORT, cookie: technician, key });
    const found = await loose(technician);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ words: REPORT.words, name: 'N-0001', origin: 'person', caseId: null });
    const [kept] = rig.site.state().work.notifications.values();
    expect(kept?.shortText).toMatch(/^text:[0-9a-f]{64}$/);
  });

  it('a planner copies one of the CMMS and closes it; a technician may do neither', async () => {
    const { technician, planner } = await start();
    const copy = { assetId: 't1.P-201', cmmsNumber: '10004698', shortText: 'leaks', reportedAtMs: 1 };
    const path = '/api/v1/work/notification';
    const barred = await rig.ask('POST', path, { body: copy, cookie: technician });
    expect(problem(barred)).toMatchObject({ status: 403, code: 'E-ACCESS-013' });
    expect((await rig.ask('POST', path, { body: copy, cookie: planner })).status).toBe(200);
    const twice = await rig.ask('POST', path, { body: copy, cookie: planner });
    expect(problem(twice).code).toBe('E-WORK-005');
    expect(await loose(planner)).toMatchObject([{ name: '10004698', words: 'leaks', origin: 'cmms' }]);
    const close = { body: { reason: 'It was done last week.' }, cookie: planner };
    expect((await rig.ask('POST', `${path}/t1.N-0001/close`, close)).status).toBe(200);
    expect(await loose(planner)).toEqual([]);
  });

  it('refusals of the match, the merge and the split come back as problems', async () => {
    const { technician, planner } = await start();
    const reason = 'looked at it';
    const asked = [
      ['append', { notificationId: 't1.N-0001' }],
      ['notification', { reason }],
      ['merge', { intoCaseId: 't1.C-0002', reason }],
      ['split', { alertIds: ['t1.A-0001'], reason }],
    ] as const;
    for (const [act, body] of asked) {
      const path = `/api/v1/work/case/t1.C-0001/${act}`;
      expect(problem(await rig.ask('POST', path, { body, cookie: technician })).code).toBe('E-ACCESS-013');
      expect(problem(await rig.ask('POST', path, { body, cookie: planner })).code).toBe('E-WORK-014');
      expect(problem(await rig.ask('POST', path, { body: {}, cookie: planner })).status).toBe(400);
    }
  });
});
