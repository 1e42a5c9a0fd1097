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

/** A payload that could not be read, with its reason. */
export interface Malformed {
  clientId: string;
  topic: string;
  code: string;
  message: string;
  count: number;
  lastSeenMs: number;
}

/** What the sources say of themselves. */
export interface SourceStatus {
  broker: { host: string; port: number; connected: number } | null;
  unclaimed: UnclaimedTopic[];
  malformed: Malformed[];
  /** inputs that wait for the writer */
  waiting: number;
  /** worst receive minus source time of a device's newest message, ms */
  lagMs: number | null;
  /** why nothing is written now, in words; null when all is well */
  blocked: { code: string; message: string; mend: string } | null;
  /** what was refused, with how often, since the start */
  refused: { reason: string; count: number }[];
  /** times the sample store had to be started again since the start of the plant */
  archiveRestarts: number;
  /** days that single readings are kept */
  rawDays: number;
}
