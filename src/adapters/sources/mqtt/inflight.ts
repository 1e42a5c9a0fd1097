import type { MqttLimits } from './limits.ts';

/** What one connection has in flight. */
export class Share {
  messages = 0;
  bytes = 0;
  /** admitted by the guard, not yet begun by the authority */
  admittedMessages = 0;
  admittedBytes = 0;
  blocked = false;
  closed = false;
  readonly wake: () => void;
  constructor(wake: () => void) {
    this.wake = wake;
  }
}

/**
 * Bounds messages that were read but are not committed, per connection and in all.
 * A message enters when its header was read, begins when the broker decoded it, and leaves when the site has answered;
 * one that began still counts after its connection closed, otherwise reconnecting would get around the bound.
 */
export class InFlight {
  messages = 0;
  bytes = 0;
  readonly #limits: MqttLimits;
  readonly #waiting = new Set<Share>();
  #idle: (() => void)[] = [];

  constructor(limits: MqttLimits) {
    this.#limits = limits;
  }

  /** False when there is no room; the share is then woken once there may be. */
  enter(share: Share, bytes: number): boolean {
    const limits = this.#limits;
    // a first message always passes, otherwise one larger than a narrowed byte limit would wait forever
    const own =
      share.messages === 0 ||
      (share.messages < limits.inFlightPerClient && share.bytes + bytes <= limits.inFlightBytesPerClient);
    const total =
      this.messages === 0 ||
      (this.messages < limits.inFlightTotal && this.bytes + bytes <= limits.inFlightBytesTotal);
    if (!own || !total) {
      share.blocked = true;
      if (!total) this.#waiting.add(share);
      return false;
    }
    share.messages++;
    share.bytes += bytes;
    share.admittedMessages++;
    share.admittedBytes += bytes;
    this.messages++;
    this.bytes += bytes;
    return true;
  }

  begin(share: Share, bytes: number): void {
    share.admittedMessages--;
    share.admittedBytes -= bytes;
  }

  leave(share: Share, bytes: number): void {
    share.messages--;
    share.bytes -= bytes;
    this.#subtract(1, bytes);
    if (share.blocked && !share.closed && !this.#waiting.has(share)) this.#wake(share);
    this.#wakeWaiting();
  }

  /** The connection closed: what the broker never got to see leaves. */
  close(share: Share): void {
    if (share.closed) return;
    share.closed = true;
    this.#waiting.delete(share);
    share.messages -= share.admittedMessages;
    share.bytes -= share.admittedBytes;
    this.#subtract(share.admittedMessages, share.admittedBytes);
    share.admittedMessages = 0;
    share.admittedBytes = 0;
    this.#wakeWaiting();
  }

  /** Resolves when nothing is in flight. */
  idle(): Promise<void> {
    if (this.messages === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #subtract(messages: number, bytes: number): void {
    this.messages -= messages;
    this.bytes -= bytes;
    if (this.messages > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #wake(share: Share): void {
    share.blocked = false;
    share.wake();
  }

  #wakeWaiting(): void {
    for (const share of this.#waiting) {
      this.#waiting.delete(share);
      this.#wake(share);
      if (this.#waiting.has(share)) return;
    }
  }
}
