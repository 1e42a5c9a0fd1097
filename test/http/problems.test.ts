import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Route, route } from '#api/route.ts';
import { PortFailure } from '#ports/failure.ts';
import { problem, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => {
  await rig?.close();
});

describe('problems', () => {
  const trouble: Route[] = [
    route({
      method: 'GET',
      path: '/work/broken',
      policy: { open: 'test' },
      summary: 'x',
      handle: async () => {
        throw new Error('secret internals at /srv/x');
      },
    }),
    route({
      method: 'GET',
      path: '/work/full',
      policy: { open: 'test' },
      summary: 'x',
      handle: async () => {
        throw new PortFailure('E-JOURNAL-001', 'The disk is full.', 'Free some space.', true);
      },
    }),
    route({
      method: 'POST',
      path: '/work/echo',
      policy: { open: 'test' },
      summary: 'x',
      body: z.strictObject({ a: z.number(), b: z.string() }),
      answer: z.object({ a: z.number() }),
      handle: async ({ body }) => body,
    }),
  ];

  it('every kind of no has a code and a way to mend it', async () => {
    rig = await Rig.start({ routes: trouble });
    const broken = await rig.ask('GET', '/api/v1/work/broken');
    expect(problem(broken)).toMatchObject({ status: 500, code: 'E-HTTP-500' });
    expect(JSON.stringify(broken.body)).not.toContain('internals');
    expect(rig.log).toContain('secret internals');
    const full = await rig.ask('GET', '/api/v1/work/full');
    expect(problem(full)).toMatchObject({ status: 503, code: 'E-JOURNAL-001', mend: 'Free some space.' });
    expect(full.headers.get('retry-after')).toBe('5');
    expect(problem(await rig.ask('GET', '/api/v1/nowhere')).code).toBe('E-HTTP-404');
    expect(problem(await rig.ask('PATCH', '/api/v1/work/echo', { body: {} })).code).toBe('E-HTTP-404');
    expect(problem(await rig.ask('GET', '/%E0%A4%A')).status).toBe(400);
    const echo = (body: unknown, type = 'application/json') =>
      rig.ask('POST', '/api/v1/work/echo', { body, headers: { 'content-type': type } });
    const fields = problem(await echo({ a: 'x', c: 1 }));
    expect(fields).toMatchObject({ status: 400, code: 'E-HTTP-010' });
    expect(fields.items?.length).toBeGreaterThanOrEqual(2);
    expect(problem(await echo('{"a":')).code).toBe('E-HTTP-013');
    expect(problem(await echo('{"a":1,"b":"x","__proto__":{"admin":true}}')).code).toBe('E-HTTP-013');
    expect(problem(await echo('a=1', 'text/plain')).code).toBe('E-HTTP-012');
    expect(problem(await echo('a=1', 'application/x-www-form-urlencoded')).code).toBe('E-HTTP-012');
    expect(problem(await echo({ a: 1, b: 'x'.repeat(1024 * 1024) })).code).toBe('E-HTTP-011');
    expect((await echo({ a: 1, b: 'not sent back' })).body).toEqual({ a: 1 });
  });

  it('a flood from one address is told to wait', async () => {
    rig = await Rig.start({ maxRequestsPerWindow: 5 });
    let asked = await rig.ask('GET', '/healthz');
    for (let n = 0; n < 5; n++)
      asked = await rig.ask('GET', '/healthz', { headers: { 'x-forwarded-for': `10.0.0.${n}` } });
    expect(problem(asked)).toMatchObject({ status: 429, code: 'E-HTTP-005' });
    expect(Number(asked.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('says when it is not ready', async () => {
    rig = await Rig.start();
    expect((await rig.ask('GET', '/readyz')).body).toEqual({ ok: true });
    rig.site.readiness = { ready: false, why: 'The journal is being read back.' };
    expect(problem(await rig.ask('GET', '/readyz'))).toMatchObject({ status: 503, code: 'E-HTTP-021' });
    expect((await rig.ask('GET', '/healthz')).status).toBe(200);
  });
});
