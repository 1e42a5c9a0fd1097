import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CertificateInspection } from '#ports/inspection.ts';

/** Certificates of the broker that are there: its authority and its own. @throws Error when a file is no certificate */
export function brokerCertificates(dataDir: string): CertificateInspection[] {
  return ['ca.pem', 'server.pem']
    .map((name) => join(dataDir, 'keys', 'mqtt', name))
    .filter((path) => existsSync(path))
    .map(certificateIn);
}

/** The first certificate of a PEM file. @throws Error when it holds none */
export function certificateIn(path: string): CertificateInspection {
  return { path, notAfterMs: new X509Certificate(readFileSync(path)).validToDate.getTime() };
}
