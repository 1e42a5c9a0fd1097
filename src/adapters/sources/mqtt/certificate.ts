// @peculiar/x509 is assembled by decorators that read type metadata; this must come before it
import 'reflect-metadata';
import { createHash, createPrivateKey, webcrypto } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { PortFailure } from '#ports/failure.ts';
import { DAY_MS } from '#vocabulary/time.ts';

const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const CA_DAYS = 20 * 365;
const SERVER_DAYS = 365;
export const RENEW_BEFORE_MS = 30 * DAY_MS;
/** Clocks of devices run behind; a certificate from this minute must already hold for them. */
const BACKDATE_MS = DAY_MS;
const OWN_NAMES = ['localhost', '127.0.0.1', '::1'];

export interface SiteCertificate {
  /** file that devices trust; PEM */
  caFile: string;
  ca: string;
  certificate: string;
  key: string;
  notAfterMs: number;
  /** SHA-256 of the CA certificate, hex in pairs, for comparing by eye */
  caFingerprint: string;
  issued: boolean;
}

/**
 * Own certificate authority and server certificate (ECDSA P-256), made at the first start and kept in `folder` (0700, keys 0600).
 * The server certificate is issued anew when fewer than 30 days are left or the names have changed; the authority stays, so
 * devices keep their trust.
 * @param names host names and addresses besides localhost, 127.0.0.1 and ::1
 * @param nowMs machine time
 * @throws PortFailure E-MQTT-010 when files are damaged or missing in part, E-MQTT-011 when the authority has expired
 */
export async function siteCertificate(
  folder: string,
  names: readonly string[],
  nowMs: number,
): Promise<SiteCertificate> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const authority = await loadOrCreateAuthority(folder, nowMs);
  const all = [...new Set([...OWN_NAMES, ...names])];
  const kept = await readPair(folder, 'server');
  const usable = kept !== null && isUsable(kept.certificate, authority.certificate, all, nowMs);
  const server = usable ? kept : await issueServer(authority, all, nowMs);
  if (!usable) await writePair(folder, 'server', server);
  return {
    caFile: join(folder, 'ca.pem'),
    ca: authority.certificate,
    certificate: server.certificate,
    key: server.key,
    notAfterMs: new x509.X509Certificate(server.certificate).notAfter.getTime(),
    caFingerprint: fingerprint(authority.certificate),
    issued: !usable,
  };
}

interface Pair {
  certificate: string;
  key: string;
}

async function loadOrCreateAuthority(folder: string, nowMs: number): Promise<Pair> {
  const kept = await readPair(folder, 'ca');
  if (kept) {
    const expiresMs = parse(kept.certificate, 'ca').notAfter.getTime();
    if (expiresMs > nowMs) return kept;
    throw new PortFailure(
      'E-MQTT-011',
      `The certificate authority of this site expired on ${new Date(expiresMs).toISOString()}.`,
      `Move ${join(folder, 'ca.pem')} and ca.key away; the next start makes a new one, which every device must then get.`,
      false,
    );
  }
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=Throughline site authority',
    notBefore: new Date(nowMs - BACKDATE_MS),
    notAfter: new Date(nowMs + CA_DAYS * DAY_MS),
    signingAlgorithm: KEY_ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const pair = { certificate: certificate.toString('pem'), key: await privatePem(keys.privateKey) };
  await writePair(folder, 'ca', pair);
  return pair;
}

async function issueServer(authority: Pair, names: string[], nowMs: number): Promise<Pair> {
  const ca = parse(authority.certificate, 'ca');
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: 'CN=Throughline MQTT',
    issuer: ca.subject,
    notBefore: new Date(nowMs - BACKDATE_MS),
    notAfter: new Date(Math.min(nowMs + SERVER_DAYS * DAY_MS, ca.notAfter.getTime())),
    signingAlgorithm: KEY_ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: await importPrivate(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map(generalName)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(ca),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await privatePem(keys.privateKey) };
}

function generalName(name: string): { type: 'ip' | 'dns'; value: string } {
  return { type: isIP(name) ? 'ip' : 'dns', value: name };
}

function isUsable(pem: string, caPem: string, names: string[], nowMs: number): boolean {
  const certificate = parse(pem, 'server');
  if (certificate.notAfter.getTime() - nowMs < RENEW_BEFORE_MS) return false;
  if (certificate.issuer !== parse(caPem, 'ca').subject) return false;
  const held = certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [];
  const wanted = new x509.SubjectAlternativeNameExtension(names.map(generalName)).names.items;
  const key = (item: x509.GeneralName) => `${item.type} ${item.value}`;
  return held.map(key).toSorted().join() === wanted.map(key).toSorted().join();
}

function parse(pem: string, what: string): x509.X509Certificate {
  try {
    return new x509.X509Certificate(pem);
  } catch {
    throw damaged(what, 'its certificate cannot be read');
  }
}

function damaged(what: string, why: string): PortFailure {
  return new PortFailure(
    'E-MQTT-010',
    `The ${what} certificate of the MQTT source is damaged: ${why}.`,
    `Restore ${what}.pem and ${what}.key from a backup, or move both away; the next start then makes new ones${what === 'ca' ? ', which every device must get' : ''}.`,
    false,
  );
}

async function readPair(folder: string, what: string): Promise<Pair | null> {
  const certificate = await readIfThere(join(folder, `${what}.pem`));
  const key = await readIfThere(join(folder, `${what}.key`));
  // the key is written first, so a lone key is an interrupted first start
  if (certificate === null) return null;
  if (key === null) throw damaged(what, 'its key is missing');
  try {
    createPrivateKey(key);
  } catch {
    throw damaged(what, 'its key cannot be read');
  }
  return { certificate, key };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function writePair(folder: string, what: string, pair: Pair): Promise<void> {
  await writeWhole(join(folder, `${what}.key`), pair.key, 0o600);
  await writeWhole(join(folder, `${what}.pem`), pair.certificate, 0o644);
}

async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(`${file}.new`, 'w', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function importPrivate(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, KEY_ALGORITHM, false, ['sign']);
}

function serial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  // RFC 5280, 4.1.2.2: positive
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

function fingerprint(pem: string): string {
  const digest = createHash('sha256')
    .update(Buffer.from(parse(pem, 'ca').rawData))
    .digest('hex');
  return (digest.match(/../g) as string[]).join(':').toUpperCase();
}
