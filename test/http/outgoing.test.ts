import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { siteCertificate } from '#adapters/sources/mqtt/certificate.ts';
import { route } from '#api/route.ts';
import { PASSWORD, problem, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => {
  await rig?.close();
});

describe('what goes out', () => {
  it('no secret reaches the log, and no address carries one', async () => {
    rig = await Rig.start();
    const cookie = await rig.asAdministrator();
    await rig.invited(cookie, ['planner'], 'canary@plant.example');
    await rig.ask('POST', '/api/v1/access/sign-in', {
      body: { email: 'canary@plant.example', password: 'wrong canary pw' },
    });
    expect(rig.log).toContain('/api/v1/access/sign-in');
    const session = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? 'missing';
    expect(session.length).toBeGreaterThan(20);
    for (const secret of [PASSWORD, 'wrong canary pw', 'canary@', session])
      expect(rig.log).not.toContain(secret);
  });

  it('the description names every route of the API, its answer and its problems', async () => {
    const look = route({
      method: 'GET',
      path: '/work/look',
      policy: { read: 'work' },
      summary: 'An answer whose shape is a view',
      answer: z.custom<{ a: number }>(),
      handle: async () => ({ a: 1 }),
    });
    rig = await Rig.start({ routes: [look] });
    const asked = await rig.ask('GET', '/api/openapi.json');
    const document = asked.body as {
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, object>; description: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const table = rig.routeTable().filter(({ url }) => url.startsWith('/api/v1/'));
    expect(table.map(({ url }) => url)).toContain('/api/v1/work/look');
    for (const { method, url } of table) {
      const path = document.paths[url.replaceAll(/:([a-zA-Z]+)/g, '{$1}')] ?? {};
      expect(Object.keys(path)).toContain(method.toLowerCase());
      const { responses = {} } = path[method.toLowerCase()] ?? {};
      expect(JSON.stringify(responses['default'])).toContain('#/components/schemas/Problem');
    }
    const signOut = document.paths['/api/v1/access/sign-out']?.['post'];
    expect(Object.keys(signOut?.responses ?? {})).toEqual(['204', 'default']);
  });

  it('screens come with a content policy without inline scripts, and every screen address opens them', async () => {
    rig = await Rig.start({ screens: true });
    const page = await rig.ask('GET', '/work/case/t1.C-0412', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.body).toContain('screens');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('script-src');
    expect(policy).not.toContain('unsafe-eval');
    expect((await rig.ask('GET', '/assets/a-1.js')).headers.get('cache-control')).toContain('immutable');
    expect((await rig.ask('GET', '/')).body).toContain('screens');
    for (const path of ['/..%2fpeople.db', '/%2e%2e/people.db', '/assets/..%2f..%2fpeople.db', '/.hidden']) {
      expect((await rig.ask('GET', path)).status).toBeGreaterThanOrEqual(400);
    }
    expect(
      problem(await rig.ask('GET', '/api/v1/nowhere', { headers: { accept: 'text/html' } })).status,
    ).toBe(404);
  });
});

describe('TLS', () => {
  it('serves over TLS under its own name, with Secure cookies', async () => {
    const keys = mkdtempSync(join(tmpdir(), 'throughline-tls-'));
    const { certificate, key, ca } = await siteCertificate(keys, ['plant.example'], Date.now());
    rmSync(keys, { recursive: true });
    rig = await Rig.start({ tls: { cert: certificate, key }, hostNames: ['plant.example'] });
    const { token } = rig.identity.createFirstLink('p-first');
    const account = { name: 'Ana', email: 'ana@plant.example', password: PASSWORD };
    const asked = await askTls(ca, '/api/v1/access/link', { token, account });
    expect(asked.status).toBe(200);
    expect(asked.cookie).toMatch(/^__Secure-throughline\.session_token=.*HttpOnly; Secure; SameSite=Lax/);
    expect(asked.hsts).toContain('max-age=31536000');
  });

  interface AskedTls {
    status: number;
    cookie: string;
    hsts: string;
  }

  function askTls(ca: string, path: string, body: unknown): Promise<AskedTls> {
    const { port } = new URL(rig.base);
    const headers = {
      host: 'plant.example',
      origin: 'https://plant.example',
      'content-type': 'application/json',
    };
    const target = { host: '127.0.0.1', port, path, method: 'POST', headers, ca };
    return new Promise((resolve, reject) => {
      const asked = httpsRequest({ ...target, servername: 'plant.example' }, (answer) => {
        answer.resume();
        resolve({
          status: answer.statusCode ?? 0,
          cookie: String(answer.headers['set-cookie']?.[0]),
          hsts: String(answer.headers['strict-transport-security']),
        });
      });
      asked.on('error', reject);
      asked.end(JSON.stringify(body));
    });
  }
});
