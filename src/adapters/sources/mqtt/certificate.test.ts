import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY_MS } from '#vocabulary/time.ts';
import { siteCertificate } from './certificate.ts';

const NOW_MS = Date.UTC(2026, 10, 22);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-certificate-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('names this machine and the configured names, and is signed by the authority of the site', async () => {
  const made = await siteCertificate(folder, ['broker.plant.example', '10.0.0.7'], NOW_MS);
  const server = new X509Certificate(made.certificate);
  const authority = new X509Certificate(made.ca);
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.checkIssued(authority)).toBe(true);
  expect(server.ca).toBe(false);
  expect(authority.ca).toBe(true);
  for (const name of ['localhost', 'broker.plant.example']) expect(server.checkHost(name)).toBe(name);
  for (const ip of ['127.0.0.1', '::1', '10.0.0.7']) expect(server.checkIP(ip)).toBe(ip);
  expect(server.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(made.caFingerprint).toBe(authority.fingerprint256);
  expect(await readFile(made.caFile, 'utf8')).toBe(made.ca);
});

it('is issued anew by the same authority near its end or for other names, and not before', async () => {
  const first = await siteCertificate(folder, [], NOW_MS);
  const later = await siteCertificate(folder, [], first.notAfterMs - 31 * DAY_MS);
  expect(later).toEqual({ ...first, issued: false });
  const renewed = await siteCertificate(folder, [], first.notAfterMs - 29 * DAY_MS);
  expect(renewed.issued).toBe(true);
  expect(renewed.ca).toBe(first.ca);
  expect(renewed.notAfterMs).toBeGreaterThan(first.notAfterMs + 300 * DAY_MS);
  const renamed = await siteCertificate(folder, ['other.example'], first.notAfterMs - 29 * DAY_MS);
  expect(renamed.issued).toBe(true);
  expect(new X509Certificate(renamed.certificate).verify(new X509Certificate(first.ca).publicKey)).toBe(true);
});

it('says what to do when its files are damaged, missing in part or expired', async () => {
  await siteCertificate(folder, [], NOW_MS);
  await expect(siteCertificate(folder, [], NOW_MS + 30 * 365 * DAY_MS)).rejects.toMatchObject({
    code: 'E-MQTT-011',
  });
  await writeFile(join(folder, 'server.pem'), 'nothing');
  await expect(siteCertificate(folder, [], NOW_MS)).rejects.toMatchObject({ code: 'E-MQTT-010' });
  await rm(join(folder, 'ca.key'));
  await expect(siteCertificate(folder, [], NOW_MS)).rejects.toMatchObject({
    code: 'E-MQTT-010',
    message: expect.stringContaining('its key is missing'),
  });
});
