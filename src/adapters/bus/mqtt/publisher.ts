import { PortFailure } from '#ports/failure.ts';
import type { PublishCounts, Publisher, PublisherOptions } from '#ports/publisher.ts';
import { type Link, openLink, unreachable } from './link.ts';

const RECONNECT_MS = 500;
const MAX_MESSAGE_ID = 65_535;
/** Connections lost in a row before any message was ever acknowledged, after which it is a refusal and no accident. */
const LOST_BEFORE_FIRST_ACK = 4;

/** Connects over TLS and MQTT 3.1.1; messages go with QoS 1. @throws PortFailure as `openLink` */
export async function openMqttPublisher(options: PublisherOptions): Promise<Publisher> {
  const publisher = new MqttPublisher(options);
  await publisher.open();
  return publisher;
}

class MqttPublisher implements Publisher {
  readonly #options: PublisherOptions;
  readonly #counts: PublishCounts = { sent: 0, acknowledged: 0, reconnects: 0 };
  /** unacknowledged messages by id, in the order of sending */
  readonly #outstanding = new Map<number, { topic: string; payload: string }>();
  #link: Link | null = null;
  #nextId = 1;
  #lostInARow = 0;
  #progressMs = performance.now();
  #failure: PortFailure | null = null;
  #closed = false;
  #watch: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #wake: (() => void) | null = null;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#link = await this.#connect();
    this.#watch = setInterval(() => this.#check(), Math.min(1_000, this.#options.giveUpMs / 4));
  }

  counts(): PublishCounts {
    return { ...this.#counts };
  }

  async publish(topic: string, payload: string): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#outstanding.size === 0) this.#progressMs = performance.now();
    const id = this.#freeId();
    this.#outstanding.set(id, { topic, payload });
    this.#counts.sent++;
    this.#link?.publish(id, topic, payload, false);
    await this.#until(() => this.#outstanding.size < this.#options.window);
  }

  async finish(): Promise<PublishCounts> {
    await this.#until(() => this.#outstanding.size === 0);
    this.#stop();
    this.#link?.end();
    return this.counts();
  }

  close(): void {
    this.#stop();
    this.#link?.destroy();
  }

  #stop(): void {
    this.#closed = true;
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
  }

  #freeId(): number {
    while (this.#outstanding.has(this.#nextId)) this.#nextId = (this.#nextId % MAX_MESSAGE_ID) + 1;
    const id = this.#nextId;
    this.#nextId = (id % MAX_MESSAGE_ID) + 1;
    return id;
  }

  async #until(reached: () => boolean): Promise<void> {
    while (!this.#failure && !reached()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure) throw this.#failure;
  }

  #connect(): Promise<Link> {
    return openLink(this.#options, {
      acknowledged: (id) => this.#acknowledged(id),
      closed: () => this.#lost(),
    });
  }

  #acknowledged(id: number): void {
    if (!this.#outstanding.delete(id)) return;
    this.#counts.acknowledged++;
    this.#lostInARow = 0;
    this.#progressMs = performance.now();
    this.#wake?.();
  }

  #lost(): void {
    this.#link = null;
    if (this.#closed) return;
    this.#lostInARow++;
    const never = this.#counts.acknowledged === 0 && this.#outstanding.size > 0;
    if (never && this.#lostInARow >= LOST_BEFORE_FIRST_ACK) this.#fail(closesAtEachMessage(this.#options));
    else this.#retry = setTimeout(() => void this.#reconnect(), this.#options.reconnectMs ?? RECONNECT_MS);
  }

  async #reconnect(): Promise<void> {
    try {
      const link = await this.#connect();
      if (this.#closed) {
        link.destroy();
        return;
      }
      this.#link = link;
      this.#counts.reconnects++;
      // in their order: a later reading that overtakes makes the earlier one late
      for (const [id, { topic, payload }] of this.#outstanding) link.publish(id, topic, payload, true);
    } catch (error) {
      if (error instanceof PortFailure && !error.retryable) this.#fail(error);
      else if (!this.#closed)
        this.#retry = setTimeout(() => void this.#reconnect(), this.#options.reconnectMs ?? RECONNECT_MS);
    }
  }

  #check(): void {
    const { giveUpMs, url } = this.#options;
    if (this.#outstanding.size === 0 || performance.now() - this.#progressMs < giveUpMs) return;
    const seconds = Math.round(giveUpMs / 1_000);
    this.#fail(
      this.#link
        ? new PortFailure(
            'E-PUBLISH-006',
            `${url} has acknowledged nothing for ${seconds} s.`,
            'Look at the sources page and the free space of the site, then start again.',
            true,
          )
        : unreachable(url, `the connection was lost and did not come back for ${seconds} s`),
    );
  }

  #fail(failure: PortFailure): void {
    this.#failure ??= failure;
    this.close();
    this.#wake?.();
  }
}

function closesAtEachMessage(options: PublisherOptions): PortFailure {
  return new PortFailure(
    'E-PUBLISH-004',
    `${options.url} closes the connection at each message and acknowledges none.`,
    `Check that ${options.clientId} may publish on this topic; the sources page counts why messages are refused.`,
    false,
  );
}
