import { mkdtemp, rm } from 'node:fs/promises';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import tls from 'node:tls';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach } from 'vitest';
import { MqttSource } from '#adapters/sources/mqtt/broker.ts';
import type { MqttLimits } from '#adapters/sources/mqtt/limits.ts';
import type { DeviceGate, SourceReading, SourceSink } from '#ports/source.ts';

export const SECRET = 'correct horse';
export const ADDRESS = {
  source: 'mqtt',
  topic: 'plant/p1/temperature',
  valuePath: null,
  timePath: null,
  qualityPath: null,
  batchPath: null,
};

/** A site that remembers what it was given and answers when the test says so. */
export class Site implements SourceSink, DeviceGate {
  accepted: { clientId: string; topic: string; readings: SourceReading[] }[] = [];
  faults: string[] = [];
  answer: () => Promise<void> = () => Promise.resolve();
  addresses(topic: string): readonly (typeof ADDRESS)[] {
    return topic === ADDRESS.topic ? [ADDRESS] : [];
  }
  accept(clientId: string, topic: string, readings: SourceReading[]): Promise<void> {
    this.accepted.push({ clientId, topic, readings });
    return this.answer();
  }
  malformed(_clientId: string, _topic: string, code: string): void {
    this.faults.push(code);
  }
  async authenticate(clientId: string, _username: string, password: Uint8Array): Promise<boolean> {
    return clientId.startsWith('gateway') && Buffer.from(password).toString() === SECRET;
  }
  mayPublish(_clientId: string, topic: string): boolean {
    return topic.startsWith('plant/');
  }
  values(): number[] {
    return this.accepted.flatMap((message) => message.readings.map((reading) => reading.value));
  }
}

/** A running source with its site and whatever a test connects to it. */
export class Rig {
  folder = '';
  site = new Site();
  source!: MqttSource;
  port = 0;
  #clients: MqttClient[] = [];
  #sockets: net.Socket[] = [];

  async start(limits: Partial<MqttLimits> = {}): Promise<MqttSource> {
    this.source = new MqttSource({
      sink: this.site,
      gate: this.site,
      dataFolder: this.folder,
      port: 0,
      limits: { retryPauseMs: 0, drainMs: 500, ...limits },
    });
    this.port = (await this.source.start()).port;
    return this.source;
  }

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'throughline-mqtt-'));
    this.site = new Site();
  }

  async close(): Promise<void> {
    for (const client of this.#clients.splice(0)) client.end(true);
    for (const socket of this.#sockets.splice(0)) socket.destroy();
    await this.source.stop();
    await rm(this.folder, { recursive: true });
  }

  device(options: Partial<IClientOptions> = {}): MqttClient {
    const client = mqtt.connect(`mqtts://127.0.0.1:${this.port}`, {
      clientId: 'gateway-1',
      username: 'gateway-1',
      password: SECRET,
      ca: this.ca,
      reconnectPeriod: 0,
      ...options,
    });
    client.on('error', () => {});
    this.#clients.push(client);
    return client;
  }

  get ca(): string {
    return this.source.certificate?.ca ?? '';
  }

  track<T extends net.Socket>(socket: T): T {
    socket.on('error', () => {});
    this.#sockets.push(socket);
    return socket;
  }

  /** A TLS connection that speaks no MQTT by itself. */
  async rawTls(options: tls.ConnectionOptions = {}): Promise<tls.TLSSocket> {
    const socket = this.track(tls.connect({ host: '127.0.0.1', port: this.port, ca: this.ca, ...options }));
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('close', () => reject(new Error('closed before the handshake')));
    });
    return socket;
  }
}

/** A rig for each test of the file. */
export function rigForEach(): Rig {
  const rig = new Rig();
  beforeEach(() => rig.open());
  afterEach(() => rig.close());
  return rig;
}

export function connected(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed')));
  });
}

export function closed(socket: net.Socket): Promise<void> {
  socket.resume();
  return socket.destroyed
    ? Promise.resolve()
    : new Promise((resolve) => socket.once('close', () => resolve()));
}

export async function until(what: () => boolean, limitMs = 5_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!what()) {
    if (performance.now() > endMs) throw new Error(`not within ${limitMs} ms: ${what.toString()}`);
    await pause(5);
  }
}

export function connectPacket(clientId: string, password: string): Buffer {
  const field = (text: string) => Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]);
  const body = Buffer.concat([
    field('MQTT'),
    Buffer.from([4, 0xc2, 0, 0]),
    field(clientId),
    field(clientId),
    field(password),
  ]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

export function publishPacket(payload: string): Buffer {
  const body = Buffer.concat([
    Buffer.from([0, ADDRESS.topic.length]),
    Buffer.from(ADDRESS.topic),
    Buffer.from([0, 1]),
    Buffer.from(payload),
  ]);
  return Buffer.concat([Buffer.from([0x32, body.length]), body]);
}
