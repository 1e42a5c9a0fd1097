import tls from 'node:tls';
import { generate, type Packet, parser } from 'mqtt-packet';
import { PortFailure } from '#ports/failure.ts';
import type { PublisherOptions } from '#ports/publisher.ts';

const CONNECT_MS = 10_000;
const KEEPALIVE_S = 30;
const PING_MS = 20_000;
const SILENCE_MS = 45_000;
/** Return codes of CONNACK (MQTT 3.1.1, table 3.1); "server unavailable" may pass. */
const UNAVAILABLE = 3;
const RETURN_CODES: Record<number, string> = {
  1: 'the protocol version is not accepted',
  2: 'the client id is not accepted',
  3: 'the server is not available',
  4: 'wrong user name or secret',
  5: 'not allowed',
};

/** One signed-in connection. */
export interface Link {
  /** @returns false when the socket's buffer is full; the window of the publisher bounds it */
  publish(messageId: number, topic: string, payload: string, isRepeat: boolean): boolean;
  /** Says goodbye and closes. */
  end(): void;
  destroy(): void;
}

export interface LinkEvents {
  acknowledged(messageId: number): void;
  /** after sign-in only */
  closed(): void;
}

/**
 * Connects and signs in. @throws PortFailure E-PUBLISH-001 unreachable (retryable), -002 refused, -003 not trusted,
 * -005 no mqtts address
 */
export function openLink(options: PublisherOptions, events: LinkEvents): Promise<Link> {
  const { host, port } = addressOf(options.url);
  return new Promise((resolve, reject) => {
    let signedIn = false;
    const socket = tls.connect({
      host,
      port,
      ...(options.ca === null ? {} : { ca: options.ca }),
      // names go into the handshake; addresses may not (RFC 6066, 3)
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      minVersion: 'TLSv1.2',
    });
    const timer = setTimeout(() => socket.destroy(new Error('no answer within 10 s')), CONNECT_MS);
    const ping = setInterval(() => signedIn && socket.write(generate({ cmd: 'pingreq' })), PING_MS);
    const packets = parser({ protocolVersion: 4 });
    const link: Link = {
      publish(messageId, topic, payload, isRepeat) {
        const head = { cmd: 'publish', qos: 1, retain: false, dup: isRepeat } as const;
        return socket.write(generate({ ...head, messageId, topic, payload }));
      },
      end() {
        socket.end(generate({ cmd: 'disconnect' }));
      },
      destroy() {
        socket.destroy();
      },
    };
    packets.on('packet', (packet: Packet) => {
      if (packet.cmd === 'puback') events.acknowledged(packet.messageId as number);
      if (packet.cmd !== 'connack' || signedIn) return;
      clearTimeout(timer);
      if (packet.returnCode !== 0) {
        reject(refused(options.url, packet.returnCode as number));
        socket.destroy();
        return;
      }
      signedIn = true;
      resolve(link);
    });
    packets.on('error', () => socket.destroy());
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    socket.setNoDelay(true);
    socket.once('secureConnect', () => socket.write(connectPacket(options)));
    socket.on('data', (chunk) => packets.parse(chunk));
    socket.once('error', (error) => reject(failureOf(error, options.url)));
    socket.once('close', () => {
      clearTimeout(timer);
      clearInterval(ping);
      if (signedIn) events.closed();
      else reject(unreachable(options.url, 'it closed the connection before the sign-in'));
    });
  });
}

function connectPacket(options: PublisherOptions): Buffer {
  return generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: options.clientId,
    keepalive: KEEPALIVE_S,
    username: options.clientId,
    password: Buffer.from(options.secret),
  });
}

function addressOf(url: string): { host: string; port: number } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol === 'mqtts:' && parsed.hostname !== '') {
    return { host: parsed.hostname.replace(/^\[|\]$/g, ''), port: Number(parsed.port || 8883) };
  }
  throw new PortFailure(
    'E-PUBLISH-005',
    `${url} is not the address of an MQTT broker with TLS.`,
    'Write mqtts://host:port; without TLS nothing is sent.',
    false,
  );
}

function refused(url: string, code: number): PortFailure {
  return new PortFailure(
    'E-PUBLISH-002',
    `${url} refused the sign-in: ${RETURN_CODES[code] ?? `code ${code}`}.`,
    'Check the client id and the secret; a secret is shown once, when the device is enrolled.',
    code === UNAVAILABLE,
  );
}

function failureOf(error: Error & { code?: unknown }, url: string): PortFailure {
  if (typeof error.code === 'string' && /CERT|SIGNATURE|ISSUER/.test(error.code)) {
    return new PortFailure(
      'E-PUBLISH-003',
      `The certificate of ${url} is not trusted: ${error.message}.`,
      'Give the certificate authority of the site (keys/mqtt/ca.pem in its data folder), and a name that its certificate carries.',
      false,
    );
  }
  return unreachable(url, error.message || 'no answer');
}

export function unreachable(url: string, why: string): PortFailure {
  return new PortFailure(
    'E-PUBLISH-001',
    `${url} cannot be reached: ${why}.`,
    'Check address and port, and that the server runs.',
    true,
  );
}
