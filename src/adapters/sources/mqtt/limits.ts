/** Every bound of the MQTT source, in one place; a site may narrow or widen them by configuration. */
export interface MqttLimits {
  /** largest remaining length of the first packet, which must be CONNECT, bytes */
  connectBytes: number;
  /** time from the accepted socket to a whole CONNECT, and again for the TLS handshake, ms */
  connectMs: number;
  /** time for the credential check after CONNECT, ms */
  authenticateMs: number;
  /** largest remaining length of a PUBLISH, bytes */
  publishBytes: number;
  /** largest remaining length of any other packet after CONNECT, bytes */
  controlBytes: number;
  /** time in which a begun packet must be whole, ms */
  packetMs: number;
  /** sockets that have not authenticated, per remote address */
  unauthenticatedPerAddress: number;
  /** open sockets in all */
  connections: number;
  /** messages handed to the site and not yet committed, per connection and in all */
  inFlightPerClient: number;
  inFlightTotal: number;
  /** the same in bytes of payload and topic */
  inFlightBytesPerClient: number;
  inFlightBytesTotal: number;
  /** longest topic, characters */
  topicLength: number;
  /** wrong credentials per address and client id within `failureWindowMs` before further tries are refused unseen */
  failures: number;
  failureWindowMs: number;
  /** pause before a connection is closed because the site cannot write, so that resending does not spin, ms */
  retryPauseMs: number;
  /** time that stopping waits for messages in flight, ms */
  drainMs: number;
}

export const MQTT_LIMITS: MqttLimits = {
  connectBytes: 4_096,
  connectMs: 5_000,
  authenticateMs: 10_000,
  publishBytes: 1_048_576,
  controlBytes: 4_096,
  packetMs: 15_000,
  unauthenticatedPerAddress: 32,
  connections: 2_000,
  inFlightPerClient: 500,
  inFlightTotal: 10_000,
  inFlightBytesPerClient: 2_097_152,
  inFlightBytesTotal: 67_108_864,
  topicLength: 512,
  failures: 10,
  failureWindowMs: 60_000,
  retryPauseMs: 1_000,
  drainMs: 5_000,
};

/** Clients whose lag and failures are remembered; the longest unseen is forgotten first. */
export const MAX_REMEMBERED_CLIENTS = 2_000;
