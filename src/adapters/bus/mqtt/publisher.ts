import mqtt, { type MqttClient } from 'mqtt';
import { PortFailure } from '#ports/failure.ts';
import type { PublishCounts, Publisher, PublisherOptions } from '#ports/publisher.ts';

const RECONNECT_MS = 500;
const CONNECT_MS = 10_000;
const KEEPALIVE_S = 30;
/** Connections lost in a row before any message was ever acknowledged, after which it is a refusal and no accident. */
const LOST_BEFORE_FIRST_ACK = 4;
/** CONNACK return codes that a repeat does not change (MQTT 3.1.1, table 3.1). */
const REFUSALS = new Set([1, 2, 4, 5]);

/**
 * Connects over TLS and MQTT 3.1.1; messages go with QoS 1.
 * @throws PortFailure E-PUBLISH-001 unreachable (retryable), -002 signing in refused, -003 certificate not trusted,
 * -005 not an mqtts address
 */
export async function openMqttPublisher(options: PublisherOptions): Promise<Publisher> {
  checkAddress(options.url);
  const client = mqtt.connect(options.url, {
    clientId: options.clientId,
    username: options.clientId,
    password: options.secret,
    ...(options.ca === null ? {} : { ca: options.ca }),
    protocolVersion: 4,
    clean: true,
    keepalive: KEEPALIVE_S,
    connectTimeout: CONNECT_MS,
    reconnectPeriod: RECONNECT_MS,
  });
  try {
    await firstConnection(client, options.url);
  } catch (failure) {
    client.on('error', () => {});
    client.end(true);
    throw failure;
  }
  return new MqttPublisher(client, options);
}

class MqttPublisher implements Publisher {
  readonly #client: MqttClient;
  readonly #options: PublisherOptions;
  readonly #counts: PublishCounts = { sent: 0, acknowledged: 0, reconnects: 0 };
  readonly #watch: NodeJS.Timeout;
  #lostInARow = 0;
  #progressMs = performance.now();
  #failure: PortFailure | null = null;
  #wake: (() => void) | null = null;

  constructor(client: MqttClient, options: PublisherOptions) {
    this.#client = client;
    this.#options = options;
    client.on('connect', () => this.#counts.reconnects++);
    client.on('close', () => this.#lost());
    client.on('error', (error) => {
      const failure = failureOf(error, options.url);
      if (!failure.retryable) this.#fail(failure);
    });
    this.#watch = setInterval(() => this.#check(), Math.min(1_000, options.giveUpMs / 4));
  }

  counts(): PublishCounts {
    return { ...this.#counts };
  }

  async publish(topic: string, payload: string): Promise<void> {
    if (this.#inFlight === 0) this.#progressMs = performance.now();
    if (this.#failure) throw this.#failure;
    this.#counts.sent++;
    this.#client.publish(topic, payload, { qos: 1 }, (error) => {
      if (error) return;
      this.#counts.acknowledged++;
      this.#lostInARow = 0;
      this.#progressMs = performance.now();
      this.#wake?.();
    });
    await this.#until(() => this.#inFlight < this.#options.window);
  }

  async finish(): Promise<PublishCounts> {
    await this.#until(() => this.#inFlight === 0);
    clearInterval(this.#watch);
    this.#client.removeAllListeners('close');
    await this.#client.endAsync();
    return this.counts();
  }

  close(): void {
    clearInterval(this.#watch);
    this.#client.removeAllListeners('close');
    this.#client.end(true);
  }

  get #inFlight(): number {
    return this.#counts.sent - this.#counts.acknowledged;
  }

  async #until(reached: () => boolean): Promise<void> {
    while (!reached()) {
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure) throw this.#failure;
  }

  #lost(): void {
    this.#lostInARow++;
    const { acknowledged } = this.#counts;
    if (acknowledged === 0 && this.#inFlight > 0 && this.#lostInARow >= LOST_BEFORE_FIRST_ACK) {
      this.#fail(closesAtEachMessage(this.#options));
    }
  }

  #check(): void {
    if (this.#inFlight === 0 || performance.now() - this.#progressMs < this.#options.giveUpMs) return;
    const seconds = Math.round(this.#options.giveUpMs / 1_000);
    this.#fail(
      this.#client.connected || this.#lostInARow > 1
        ? new PortFailure(
            'E-PUBLISH-006',
            `${this.#options.url} has acknowledged nothing for ${seconds} s.`,
            'Look at the sources page and the free space of the site, then start again from the first unacknowledged row.',
            true,
          )
        : unreachable(this.#options.url, `the connection was lost ${seconds} s ago`),
    );
  }

  #fail(failure: PortFailure): void {
    this.#failure ??= failure;
    this.close();
    this.#wake?.();
  }
}

function checkAddress(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : null;
  if (protocol === 'mqtts:') return;
  throw new PortFailure(
    'E-PUBLISH-005',
    `${url} is not the address of an MQTT broker with TLS.`,
    'Write mqtts://host:port; without TLS nothing is sent.',
    false,
  );
}

function firstConnection(client: MqttClient, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (failure: PortFailure | null) => {
      client.removeListener('error', onError);
      client.removeListener('close', onClose);
      if (failure) reject(failure);
      else resolve();
    };
    const onError = (error: Error) => settle(failureOf(error, url));
    const onClose = () => settle(unreachable(url, 'it closed the connection before the sign-in'));
    client.once('connect', () => settle(null));
    client.on('error', onError);
    client.on('close', onClose);
  });
}

function failureOf(error: Error & { code?: unknown }, url: string): PortFailure {
  const { code } = error;
  if (typeof code === 'number' && REFUSALS.has(code)) {
    return new PortFailure(
      'E-PUBLISH-002',
      `${url} refused the sign-in: ${error.message}.`,
      'Check the client id and the secret; a device is enrolled on the sources page, and its secret is shown once.',
      false,
    );
  }
  if (typeof code === 'string' && /CERT|SIGNATURE|ALTNAME|ISSUER/.test(code)) {
    return new PortFailure(
      'E-PUBLISH-003',
      `The certificate of ${url} is not trusted: ${error.message}.`,
      'Give the certificate authority of the site with --ca (its file is keys/mqtt/ca.pem in the data folder), and a name that the certificate carries.',
      false,
    );
  }
  return unreachable(url, error.message || String(code ?? 'no answer'));
}

function unreachable(url: string, why: string): PortFailure {
  return new PortFailure(
    'E-PUBLISH-001',
    `${url} cannot be reached: ${why}.`,
    'Check address and port, and that the server runs.',
    true,
  );
}

function closesAtEachMessage(options: PublisherOptions): PortFailure {
  return new PortFailure(
    'E-PUBLISH-004',
    `${options.url} closes the connection at each message and acknowledges none.`,
    `Check that ${options.clientId} may publish on this topic; the sources page counts why messages are refused.`,
    false,
  );
}
