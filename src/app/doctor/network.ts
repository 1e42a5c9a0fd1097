// Doors of the plant: certificates and ports.
import { createServer } from 'node:net';
import { DAY_MS } from '#vocabulary/time.ts';
import type { Inspection } from '../compose.ts';
import type { Settings } from '../config.ts';
import { type Check, days, failed, type Said, warning, well } from './finding.ts';

/** A certificate is renewed by hand within this time. */
const RENEW_WITHIN_MS = 30 * DAY_MS;
/** The broker renews its own 30 days before; later than that, renewing has failed for a while. */
const BROKER_RENEWED_MS = 25 * DAY_MS;
const PROBE_MS = 2_000;

export function certificates(inspection: Inspection, settings: Settings, nowMs: number): Check[] {
  const ofScreens = settings['tls-cert'];
  return [
    {
      number: '15',
      name: 'certificate of the broker',
      look() {
        const found = inspection.brokerCertificates();
        if (found.length === 0) return well('There is none yet; the first start of the broker makes it.');
        const mend = 'Restart the server; it renews its certificate. The authority (ca.pem) lasts 20 years.';
        return lasts(found, nowMs, BROKER_RENEWED_MS, mend);
      },
    },
    {
      number: '16',
      name: 'certificate of the screens',
      look() {
        if (ofScreens === undefined) {
          return well(`TLS is not configured; screens and API answer at ${settings.host} only.`);
        }
        const mend = 'Get a new certificate for tls-cert and tls-key, then restart the server.';
        return lasts([inspection.certificate(ofScreens)], nowMs, RENEW_WITHIN_MS, mend);
      },
    },
  ];
}

function lasts(
  found: { path: string; notAfterMs: number }[],
  nowMs: number,
  soonMs: number,
  mend: string,
): Said {
  const first = found.reduce((a, b) => (a.notAfterMs <= b.notAfterMs ? a : b));
  const leftMs = first.notAfterMs - nowMs;
  if (leftMs <= 0) return failed(`${first.path} expired ${days(-leftMs)} ago.`, mend);
  const message = `${first.path} holds for ${days(leftMs)} more.`;
  return leftMs < soonMs ? warning(message, mend) : well(message);
}

/** A port is well when it is free, or when this plant's own server holds it. */
export function ports(settings: Settings, running: () => boolean): Check[] {
  return [
    port('17', 'port of screens and API', settings.host, settings.port, 'port', running),
    port('18', 'port of the broker', settings['mqtt-host'], settings['mqtt-port'], 'mqtt-port', running),
  ];
}

function port(
  number: string,
  name: string,
  host: string,
  wanted: number,
  setting: string,
  running: () => boolean,
): Check {
  return {
    number,
    name,
    async look() {
      if (wanted === 0) return well('A free port is taken at each start.');
      const code = await bindFailure(host, wanted);
      if (code === null) {
        return running()
          ? well(`${host}:${wanted} is free: the server that runs uses another port.`)
          : well(`${host}:${wanted} is free.`);
      }
      if (code === 'EADDRINUSE' && running()) return well(`${host}:${wanted} is held while this plant runs.`);
      return failed(
        code === 'EADDRINUSE'
          ? `${host}:${wanted} is held by another program.`
          : `${host}:${wanted} cannot be opened (${code}).`,
        `End that program, or choose another with --${setting} or in config.yaml.`,
      );
    },
  };
}

/** @returns null when a server could listen there, else the system's word for why not */
function bindFailure(host: string, wanted: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    const late = setTimeout(() => server.close(() => resolve('ETIMEDOUT')), PROBE_MS);
    server.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      resolve(error.code ?? error.message);
    });
    server.listen({ host, port: wanted, exclusive: true }, () => {
      clearTimeout(late);
      server.close(() => resolve(null));
    });
  });
}
