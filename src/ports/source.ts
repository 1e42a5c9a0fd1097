import type { SignalAddress } from '#monitor/events.ts';

/** One reading as the source sent it: not yet converted, not yet judged. */
export interface SourceReading {
  /** index into the addresses that the topic answered with */
  address: number;
  /** NaN when the payload had no usable number */
  value: number;
  /** source time, ms; null = none was sent, receive time counts */
  timeMs: number | null;
  /** GOOD, UNCERTAIN or BAD */
  quality: number;
}

/** What the site does with readings. */
export interface SourceSink {
  /** Addresses of the claimed signals on a topic; empty when nothing claims it. */
  addresses(topic: string): readonly SignalAddress[];
  /**
   * Hands over readings of one message. Resolves after the commit: only then may the device be acknowledged.
   * Rejects with a retryable PortFailure while the site cannot write; then nothing is acknowledged.
   */
  accept(clientId: string, topic: string, readings: SourceReading[]): Promise<void>;
  /** A payload that could not be read; counted with its reason on the sources page. */
  malformed(clientId: string, topic: string, code: string, message: string): void;
}

/** A credential check for a device: null when it is not let in. */
export interface DeviceGate {
  authenticate(clientId: string, username: string, password: Uint8Array): Promise<boolean>;
  mayPublish(clientId: string, topic: string): boolean;
}

export interface Source {
  start(): Promise<{ host: string; port: number }>;
  stop(): Promise<void>;
}

/** A topic that no monitor claims: the source counts and lists it, and stores nothing. */
export interface UnclaimedTopic {
  topic: string;
  /** the client that published last */
  clientId: string;
  count: number;
  /** messages per second, smoothed over a minute */
  ratePerS: number;
  firstSeenMs: number;
  lastSeenMs: number;
  /** the last payload as text, cut to 120 characters */
  example: string;
}
