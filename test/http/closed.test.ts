import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { listenHttp } from '#api/listen.ts';
import { route } from '#api/route.ts';
import { PASSWORD, problem, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => {
  await rig?.close();
});

const OPEN = [
  'GET /healthz',
  'GET /readyz',
  'GET /api/openapi.json',
  'POST /api/v1/access/sign-in',
  'POST /api/v1/access/link',
  'POST /api/v1/access/link/look',
];

describe('closed by default', () => {
  it('answers a stranger 401 on every route but the open ones, with whatever headers', async () => {
    rig = await Rig.start();
    const table = rig.routeTable().filter(({ method }) => method !== 'OPTIONS');
    expect(table.length).toBeGreaterThan(40);
    const spoofed = {
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'localhost',
      'x-forwarded-user': 'p-first',
      'x-original-url': '/healthz',
      'x-rewrite-url': '/healthz',
      referer: `${rig.base}/access`,
      authorization: 'Bearer p-first',
      cookie: 'throughline.session_token=p-first.aaaa',
      'x-http-method-override': 'GET',
    };
    const open: string[] = [];
    for (const { method, url } of table) {
      const path = url.replaceAll(/:[a-zA-Z]+/g, 'x');
      for (const headers of [{}, spoofed]) {
        const asked = await rig.ask(method, path, { headers, ...(method === 'GET' ? {} : { body: {} }) });
        const closed = asked.status === 401 && problem(asked).code === 'E-HTTP-001';
        if (!closed) open.push(`${method} ${url}`);
      }
    }
    expect([...new Set(open)].toSorted()).toEqual([...OPEN].toSorted());
  });

  it('a route without a policy stops the start', async () => {
    // @ts-expect-error a route without a policy does not compile either
    const bare = route({ method: 'GET', path: '/work/x', summary: 'x', handle: async () => {} });
    await expect(Rig.start({ routes: [bare] })).rejects.toThrow(/E-HTTP-032/);
  });

  it('none of the library routes is mounted: no stranger signs up', async () => {
    rig = await Rig.start();
    const body = { email: 'x@y.z', password: PASSWORD, name: 'x' };
    const paths = ['sign-up/email', 'sign-in/social', 'reset-password', 'update-user', 'get-session', 'ok'];
    for (const prefix of ['/api/auth', '/api/v1/auth', '/api/v1/access']) {
      for (const path of paths) {
        const asked = await rig.ask('POST', `${prefix}/${path}`, { body });
        expect(asked.status).toBe(404);
        problem(asked);
      }
    }
    expect(rig.identity.accounts()).toEqual([]);
  });

  it('binds to loopback only, unless TLS is configured', async () => {
    rig = await Rig.start();
    for (const host of ['0.0.0.0', '::', '192.168.1.10', 'plant.example', '127.0.0.1.evil.example']) {
      await expect(listenHttp(rig.app, { host, port: 0, tls: false })).rejects.toMatchObject({
        code: 'E-HTTP-030',
      });
    }
  });
});

describe('requests from elsewhere', () => {
  it('a page of another site changes nothing, signed in or not', async () => {
    rig = await Rig.start();
    const cookie = await rig.asAdministrator();
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: rig.base.replace('http:', 'https:') },
      { origin: `${rig.base}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const asked = await rig.ask('POST', '/api/v1/access/sign-out', {
        cookie,
        headers,
      });
      expect(problem(asked)).toMatchObject({ status: 403, code: 'E-HTTP-004' });
    }
    const own = { origin: rig.base, 'sec-fetch-site': 'same-origin' };
    expect((await rig.ask('POST', '/api/v1/access/sign-out', { cookie, headers: own })).status).toBe(204);
  });

  it('a name pointed at this machine is refused', async () => {
    rig = await Rig.start();
    const { port } = new URL(rig.base);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: 'evil.example' };
      httpRequest({ port, host: '127.0.0.1', path: '/healthz', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});
