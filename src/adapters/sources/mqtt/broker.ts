import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { Aedes, type Client } from 'aedes';
import { PortFailure } from '#ports/failure.ts';
import type { DeviceGate, Source, SourceSink, UnclaimedTopic } from '#ports/source.ts';
import { HOUR_MS } from '#vocabulary/time.ts';
import { createAuthority, guardOf } from './authority.ts';
import { RENEW_BEFORE_MS, type SiteCertificate, siteCertificate } from './certificate.ts';
import { Counts, type Reason } from './counts.ts';
import { GuardedConnection } from './guard.ts';
import { InFlight } from './inflight.ts';
import { type ClientLag, LagBook } from './lag.ts';
import { MQTT_LIMITS, type MqttLimits } from './limits.ts';
import { UnclaimedTopics } from './unclaimed.ts';

const CERTIFICATE_CHECK_MS = 12 * HOUR_MS;
/** A silent peer is asked after this time, so that a half-open connection of a device without keep-alive ends. */
const TCP_KEEPALIVE_MS = 60_000;

export interface MqttOptions {
  sink: SourceSink;
  gate: DeviceGate;
  /** the data folder; certificates lie in `keys/mqtt` below it */
  dataFolder: string;
  /** default 127.0.0.1 */
  host?: string;
  /** default 8883; 0 takes a free one */
  port?: number;
  /** further names and addresses for the server certificate */
  names?: string[];
  /** plant time of receipt; default machine time */
  nowMs?: () => number;
  limits?: Partial<MqttLimits>;
}

/** The embedded MQTT 3.1.1 broker as a source of readings: TLS 1.2 or newer only, known devices only, publish only. */
export class MqttSource implements Source {
  readonly counts = new Counts();
  readonly #options: MqttOptions;
  readonly #limits: MqttLimits;
  readonly #inFlight: InFlight;
  readonly #lag = new LagBook();
  readonly #unclaimed = new UnclaimedTopics();
  readonly #guards = new Set<GuardedConnection>();
  readonly #sockets = new Set<Socket>();
  /** sockets that have not signed in, by address; and the address of each, by address and port */
  readonly #strangers = new Map<string, number>();
  readonly #strangerSockets = new Set<string>();
  #aedes: Aedes | null = null;
  #server: tls.Server | null = null;
  #certificate: SiteCertificate | null = null;
  #timers: NodeJS.Timeout[] = [];

  constructor(options: MqttOptions) {
    this.#options = options;
    this.#limits = { ...MQTT_LIMITS, ...options.limits };
    this.#inFlight = new InFlight(this.#limits);
  }

  /** The certificate in use; its `caFile` is what devices must trust. Null before the start. */
  get certificate(): SiteCertificate | null {
    return this.#certificate;
  }

  /** How far each device is behind, for the sources page. */
  lag(): ClientLag[] {
    return this.#lag.rows(this.#nowMs());
  }

  /** Messages and bytes read and not yet committed. */
  inFlight(): { messages: number; bytes: number } {
    return { messages: this.#inFlight.messages, bytes: this.#inFlight.bytes };
  }

  unclaimed(): UnclaimedTopic[] {
    return this.#unclaimed.rows(this.#nowMs());
  }

  /** A monitor claims the topic now: it leaves the list. */
  forgetUnclaimed(topic: string): void {
    this.#unclaimed.forget(topic);
  }

  /** Ends the connection of a device at once, for example when its credential was revoked. */
  disconnect(clientId: string): void {
    for (const guard of this.#guards) {
      const client = (guard as { client?: Client }).client;
      if (client?.id !== clientId) continue;
      this.counts.add('clients-disconnected');
      guard.destroy();
    }
  }

  /** @throws PortFailure E-MQTT-001 when the address cannot be bound, E-MQTT-010 or -011 about certificates */
  async start(): Promise<{ host: string; port: number }> {
    await this.#renewCertificate();
    const aedes = await Aedes.createBroker({
      ...createAuthority({
        sink: this.#options.sink,
        gate: this.#options.gate,
        limits: this.#limits,
        counts: this.counts,
        lag: this.#lag,
        unclaimed: this.#unclaimed,
        inFlight: this.#inFlight,
        nowMs: () => this.#nowMs(),
      }),
      concurrency: this.#limits.inFlightTotal,
      // the guard keeps both times; these only back it up
      connectTimeout: 2 * (this.#limits.connectMs + this.#limits.authenticateMs),
      drainTimeout: this.#limits.packetMs,
    });
    this.#aedes = aedes;
    aedes.on('clientReady', (client) => this.#signedIn(client));
    aedes.on('clientDisconnect', (client) => this.#lag.connected(client.id, false));
    aedes.on('clientError', (client) => {
      if (!guardOf(client).destroyed) this.counts.add('protocol-errors');
    });
    aedes.on('connectionError', () => this.counts.add('protocol-errors'));
    this.#server = this.#createServer();
    const address = await listen(this.#server, this.#options.host ?? '127.0.0.1', this.#options.port ?? 8883);
    this.#every(Math.max(20, Math.min(1_000, this.#limits.connectMs / 4)), () => this.#sweep());
    this.#every(CERTIFICATE_CHECK_MS, () => void this.#renewServing());
    return address;
  }

  /** Takes no new messages, waits up to `drainMs` for those in flight so that they are acknowledged, then closes. */
  async stop(): Promise<void> {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    const server = this.#server;
    this.#server = null;
    const closed = server ? new Promise((resolve) => server.close(resolve)) : null;
    for (const guard of this.#guards) guard.hold();
    await withinMs(this.#inFlight.idle(), this.#limits.drainMs);
    const aedes = this.#aedes;
    this.#aedes = null;
    // acknowledgements of the last commit leave in the next turns
    await withinMs(Promise.all([...this.#guards].map((guard) => guard.flushed())), this.#limits.drainMs);
    if (aedes) await new Promise<void>((resolve) => aedes.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #nowMs(): number {
    return this.#options.nowMs?.() ?? Date.now();
  }

  #every(ms: number, call: () => void): void {
    const timer = setInterval(call, ms);
    timer.unref();
    this.#timers.push(timer);
  }

  #sweep(): void {
    const nowMs = performance.now();
    for (const guard of this.#guards) guard.sweep(nowMs);
  }

  async #renewCertificate(): Promise<void> {
    const folder = join(this.#options.dataFolder, 'keys', 'mqtt');
    // machine time: devices compare a certificate with their own clocks
    this.#certificate = await siteCertificate(folder, this.#options.names ?? [], Date.now());
  }

  async #renewServing(): Promise<void> {
    const current = this.#certificate;
    if (!current || current.notAfterMs - Date.now() > RENEW_BEFORE_MS) return;
    try {
      await this.#renewCertificate();
      this.#server?.setSecureContext(this.#secureContext());
    } catch {
      // the certificate in use has days left; the next check tries again and a start says why it cannot
      this.#certificate = current;
    }
  }

  #secureContext(): tls.SecureContextOptions {
    const { certificate, key, ca } = this.#certificate as SiteCertificate;
    return { cert: `${certificate}\n${ca}`, key, minVersion: 'TLSv1.2' };
  }

  #createServer(): tls.Server {
    const server = tls.createServer({
      ...this.#secureContext(),
      handshakeTimeout: this.#limits.connectMs,
      allowHalfOpen: false,
    });
    server.on('connection', (socket) => this.#admit(socket));
    server.on('tlsClientError', (_error, socket) => {
      this.counts.add('tls-refused');
      socket.destroy();
    });
    server.on('secureConnection', (socket) => this.#serve(socket));
    return server;
  }

  /** Before the TLS handshake, whose work is the costliest thing that a stranger can ask for. */
  #admit(socket: Socket): void {
    const address = socket.remoteAddress ?? 'gone';
    const key = `${address} ${socket.remotePort}`;
    const strangers = this.#strangers.get(address) ?? 0;
    if (this.#sockets.size >= this.#limits.connections) {
      this.counts.add('connections-over-limit');
      socket.destroy();
      return;
    }
    if (strangers >= this.#limits.unauthenticatedPerAddress) {
      this.counts.add('address-over-limit');
      socket.destroy();
      return;
    }
    this.counts.add('connections-opened');
    this.#sockets.add(socket);
    this.#strangers.set(address, strangers + 1);
    this.#strangerSockets.add(key);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#known(address, key);
    });
  }

  #known(address: string, key: string): void {
    if (!this.#strangerSockets.delete(key)) return;
    const left = (this.#strangers.get(address) ?? 1) - 1;
    if (left > 0) this.#strangers.set(address, left);
    else this.#strangers.delete(address);
  }

  #serve(socket: tls.TLSSocket): void {
    const aedes = this.#aedes;
    if (!aedes || !this.#server) {
      socket.destroy();
      return;
    }
    socket.setKeepAlive(true, TCP_KEEPALIVE_MS);
    socket.setNoDelay(true);
    const address = socket.remoteAddress ?? 'gone';
    const key = `${address} ${socket.remotePort}`;
    const guard = new GuardedConnection(socket, address, this.#limits, this.#inFlight, (reason) =>
      this.#count(guard, reason),
    );
    this.#guards.add(guard);
    guard.once('open', () => this.#known(address, key));
    guard.once('close', () => this.#guards.delete(guard));
    aedes.handle(guard);
  }

  #count(guard: GuardedConnection, reason: Reason): void {
    this.counts.add(reason);
    const client = (guard as { client?: Client }).client;
    if (reason === 'held-back' && client) this.#lag.heldBack(client.id);
  }

  #signedIn(client: Client): void {
    this.#lag.connected(client.id, true);
    const guard = guardOf(client);
    guard.emit('open');
    guard.open();
  }
}

function listen(server: tls.Server, host: string, port: number): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      reject(
        new PortFailure(
          'E-MQTT-001',
          `MQTT cannot listen on ${host} port ${port}: ${inUse ? 'another program uses it' : error.message}.`,
          'Choose another address or port in the configuration, or stop the other program.',
          false,
        ),
      );
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      // a failed accept (for example no file handles left) concerns one connection, not the site
      server.on('error', () => {});
      const bound = server.address() as AddressInfo;
      resolve({ host: bound.address, port: bound.port });
    });
  });
}

async function withinMs(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
