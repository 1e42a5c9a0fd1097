export interface PublisherOptions {
  /** `mqtts://host:port` */
  url: string;
  /** certificate authority to trust, PEM; null = those of this machine */
  ca: string | null;
  clientId: string;
  secret: string;
  /** messages sent and not yet acknowledged, at most */
  window: number;
  /** how long a lost connection or a missing acknowledgement is borne before giving up, ms */
  giveUpMs: number;
  /** pause before a lost connection is opened again, ms; 500 when absent */
  reconnectMs?: number;
}

export interface PublishCounts {
  sent: number;
  acknowledged: number;
  reconnects: number;
}

/**
 * Sends messages as a device does and keeps each until it is acknowledged; after a lost connection it sends the
 * unacknowledged ones again. Failures are PortFailures: retryable when nobody could be reached, otherwise refused.
 */
export interface Publisher {
  /** Resolves when the message is on its way and the window has room for another. */
  publish(topic: string, payload: string): Promise<void>;
  /** Resolves when everything is acknowledged, then disconnects. */
  finish(): Promise<PublishCounts>;
  counts(): PublishCounts;
  /** Disconnects at once. */
  close(): void;
}
