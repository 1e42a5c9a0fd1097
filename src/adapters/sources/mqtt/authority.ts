import { setTimeout as pause } from 'node:timers/promises';
import type { AedesOptions, Client } from 'aedes';
import type { SourceReading } from '#ports/source.ts';
import type { DeviceGate, SourceSink } from '#ports/source.ts';
import { Attempts } from './attempts.ts';
import type { Counts } from './counts.ts';
import type { GuardedConnection } from './guard.ts';
import type { InFlight } from './inflight.ts';
import type { LagBook } from './lag.ts';
import type { MqttLimits } from './limits.ts';
import { decodePayload } from './payload.ts';
import { exampleOf, type UnclaimedTopics } from './unclaimed.ts';

export interface AuthorityParts {
  sink: SourceSink;
  gate: DeviceGate;
  limits: MqttLimits;
  counts: Counts;
  lag: LagBook;
  unclaimed: UnclaimedTopics;
  inFlight: InFlight;
  /** plant time of receipt */
  nowMs: () => number;
}

/** Return codes of CONNACK (MQTT 3.1.1, table 3.1). */
const UNAVAILABLE = 3;
const BAD_CREDENTIALS = 4;

const NO_BYTES = Buffer.alloc(0);
const CLIENT_ID = /^[\w.:-]{1,64}$/;

type Hooks = Required<
  Pick<
    AedesOptions,
    'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
  >
>;
type Publish = Parameters<Hooks['authorizePublish']>[1] & { length?: number };

/**
 * What a device may do, and the way of its messages into the site. A publish is answered by the broker when the callback of
 * `authorizePublish` is called: for QoS 1 that sends PUBACK, for QoS 2 PUBREC; so it is called after the commit.
 * QoS 2 is no more than QoS 1 here: a repeat after a lost connection is handed over again and known by its time stamp.
 * QoS 0 has no acknowledgement; what the site cannot write of it is lost, and counted.
 */
export function createAuthority(parts: AuthorityParts): Hooks {
  const attempts = new Attempts(parts.limits);
  const { counts } = parts;
  // after one message of a connection failed, later ones must not overtake it
  const broken = new WeakSet<Client>();
  return {
    preConnect(_client, packet, done) {
      // a will would be a message that nobody sent and nobody acknowledges
      if (packet.will) {
        counts.add('will-ignored');
        delete packet.will;
      }
      // no session outlives its connection: the broker keeps nothing for devices
      if (packet.clean === false) counts.add('session-not-kept');
      packet.clean = true;
      done(null, true);
    },
    authenticate(client, username, password, done) {
      void answerSignIn(parts, attempts, client, username, password, done);
    },
    authorizePublish(client, packet, done) {
      if (!client) {
        done(new Error('no client'));
        return;
      }
      const { share } = guardOf(client);
      // read together with what ended the connection: its place is given back, and the sender repeats it
      if (share.closed) {
        done(new Error('connection closed'));
        return;
      }
      parts.inFlight.begin(share, bytesOf(packet));
      void answerPublish(parts, broken, client, packet, done);
    },
    authorizeSubscribe(client, subscription, done) {
      const allowed = isOwnCommandFilter(client.id, subscription.topic);
      if (!allowed) counts.add('subscribe-refused');
      done(null, allowed ? subscription : null);
    },
    authorizeForward(client, packet) {
      return packet.topic.startsWith(`cmd/${client.id}/`) ? packet : null;
    },
  };
}

/** One filter a device, so that its number is bounded. */
export function isOwnCommandFilter(clientId: string, filter: string): boolean {
  return filter === `cmd/${clientId}/#`;
}

export function guardOf(client: Client): GuardedConnection {
  return client.conn as GuardedConnection;
}

function refusal(returnCode: number): Error & { returnCode: number } {
  const message = returnCode === UNAVAILABLE ? 'server unavailable' : 'bad user name or password';
  return Object.assign(new Error(message), { returnCode });
}

async function signIn(
  parts: AuthorityParts,
  attempts: Attempts,
  client: Client,
  username: string | undefined,
  password: Uint8Array | undefined,
): Promise<number> {
  const { counts } = parts;
  const { address } = guardOf(client);
  const refuse = (reason: 'anonymous' | 'identity-mismatch' | 'credentials-wrong' | 'credentials-locked') => {
    counts.add(reason);
    return BAD_CREDENTIALS;
  };
  if (!username || !password || password.length === 0) return refuse('anonymous');
  if (username !== client.id || !CLIENT_ID.test(client.id)) return refuse('identity-mismatch');
  if (attempts.locked(address, client.id, performance.now())) return refuse('credentials-locked');
  if (!(await parts.gate.authenticate(client.id, username, password))) {
    attempts.failed(address, client.id, performance.now());
    return refuse('credentials-wrong');
  }
  attempts.passed(address, client.id);
  counts.add('signed-in');
  return 0;
}

async function answerSignIn(
  parts: AuthorityParts,
  attempts: Attempts,
  client: Client,
  username: string | undefined,
  password: Uint8Array | undefined,
  done: Parameters<Hooks['authenticate']>[3],
): Promise<void> {
  let code = UNAVAILABLE;
  try {
    code = await signIn(parts, attempts, client, username, password);
  } catch {
    parts.counts.add('gate-failed');
  }
  if (code === 0) done(null, true);
  else done(refusal(code), false);
}

async function answerPublish(
  parts: AuthorityParts,
  broken: WeakSet<Client>,
  client: Client,
  packet: Publish,
  done: (error?: Error) => void,
): Promise<void> {
  let failure: Error | undefined;
  try {
    await take(parts, broken, client, packet);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  // after an error the broker closes the connection, and the share with it
  done(failure);
  parts.inFlight.leave(guardOf(client).share, bytesOf(packet));
}

/** Remaining length of the fixed header, as the guard saw it. */
function bytesOf(packet: Publish): number {
  return packet.length ?? 0;
}

/** Resolves when the message may be acknowledged; rejects to close the connection without acknowledging. */
async function take(
  parts: AuthorityParts,
  broken: WeakSet<Client>,
  client: Client,
  packet: Publish,
): Promise<void> {
  const { counts, sink, limits, lag } = parts;
  const { topic } = packet;
  counts.add('messages');
  if (broken.has(client)) throw new Error('an earlier message of this connection was not committed');
  if (topic.length > limits.topicLength) {
    counts.add('topic-too-long');
    throw new Error('topic too long');
  }
  if (topic.startsWith('$') || topic.startsWith('cmd/') || !parts.gate.mayPublish(client.id, topic)) {
    counts.add('topic-refused');
    throw new Error(`${client.id} may not publish on this topic`);
  }
  if (packet.retain) {
    counts.add('retain-ignored');
    packet.retain = false;
  }
  const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
  // the broker would keep and forward it; nobody subscribes to measurements here
  packet.payload = NO_BYTES;
  const receivedMs = parts.nowMs();
  const ended = lag.begin(client.id, receivedMs);
  try {
    const readings = read(parts, client.id, topic, payload, receivedMs);
    if (readings.length === 0) return;
    await sink.accept(client.id, topic, readings);
    counts.add('readings', readings.length);
    lag.readings(client.id, readings.length, newestMs(readings), receivedMs);
  } catch (error) {
    broken.add(client);
    counts.add('not-committed');
    await pause(limits.retryPauseMs);
    throw error;
  } finally {
    ended();
  }
}

function read(
  parts: AuthorityParts,
  clientId: string,
  topic: string,
  payload: Buffer,
  receivedMs: number,
): SourceReading[] {
  const { counts, sink } = parts;
  const addresses = sink.addresses(topic);
  if (addresses.length === 0) {
    const example = exampleOf(payload);
    counts.add('unclaimed');
    parts.unclaimed.seen(clientId, topic, example, receivedMs);
    return [];
  }
  const { readings, faults } = decodePayload(payload, addresses);
  if (faults.length > 0) counts.add('malformed');
  for (const fault of faults) {
    const times = fault.count > 1 ? ` (${fault.count} times in this message)` : '';
    sink.malformed(clientId, topic, fault.code, fault.message + times);
  }
  return readings;
}

function newestMs(readings: readonly SourceReading[]): number | null {
  let newest: number | null = null;
  for (const { timeMs } of readings)
    if (timeMs !== null && (newest === null || timeMs > newest)) newest = timeMs;
  return newest;
}
