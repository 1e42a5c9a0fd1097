import { Duplex } from 'node:stream';
import type { Reason } from './counts.ts';
import { type InFlight, Share } from './inflight.ts';
import type { MqttLimits } from './limits.ts';

const CONNECT = 1;
const PUBLISH = 3;
/** Control packet types that a client may send after CONNECT (MQTT 3.1.1, table 2.1). */
const FROM_CLIENT = new Set([3, 4, 5, 6, 7, 8, 10, 12, 14]);

/**
 * Stands between a TLS socket and the broker and reads the fixed header of every packet (MQTT 3.1.1, 2.2) before the
 * broker buffers a byte of its body: the broker itself has no size limit and buffers before it authenticates.
 * Passes CONNECT alone, then nothing until `open()`; afterwards stops reading while too much is in flight.
 * Holds at most one chunk of the socket.
 */
export class GuardedConnection extends Duplex {
  readonly share: Share;
  readonly address: string;
  readonly #socket: Duplex;
  readonly #limits: MqttLimits;
  readonly #inFlight: InFlight;
  readonly #count: (reason: Reason) => void;
  readonly #openedMs = performance.now();
  /** -1 = between packets */
  #type = -1;
  #lengthBytes = 0;
  #length = 0;
  #inBody = false;
  #bodyLeft = 0;
  #awaitsRoom = false;
  #packets = 0;
  #open = false;
  #connected = false;
  #pending: Buffer | null = null;
  #paused = false;
  #wanted = true;
  #held = false;
  #partialSinceMs = 0;

  constructor(
    socket: Duplex,
    address: string,
    limits: MqttLimits,
    inFlight: InFlight,
    count: (reason: Reason) => void,
  ) {
    super({ readableHighWaterMark: 65_536, writableHighWaterMark: 65_536, allowHalfOpen: false });
    this.#socket = socket;
    this.address = address;
    this.#limits = limits;
    this.#inFlight = inFlight;
    this.#count = count;
    this.share = new Share(() => this.#continue());
    socket.on('data', (chunk: Buffer) => this.#pass(chunk));
    socket.on('end', () => this.push(null));
    socket.on('close', () => this.destroy());
    // a reset peer is no fault of the site; 'close' follows and ends the connection
    socket.on('error', () => this.destroy());
  }

  /** The broker has answered CONNECT with success: what follows may pass. */
  open(): void {
    this.#open = true;
    this.#continue();
  }

  /** Passes no further packet to the broker; answers still leave. */
  hold(): void {
    this.#held = true;
  }

  /** Resolves when all answers written so far have been handed to the socket. */
  async flushed(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.destroyed || this.writableLength === 0) return;
    await new Promise<void>((resolve) => {
      this.once('drain', resolve);
      this.once('close', resolve);
    });
  }

  /** Cuts the connection when a deadline has passed. @param nowMs of `performance.now()` */
  sweep(nowMs: number): void {
    const ageMs = nowMs - this.#openedMs;
    if (!this.#connected) {
      if (ageMs > this.#limits.connectMs) this.#cut('connect-late');
      return;
    }
    if (!this.#open && ageMs > this.#limits.connectMs + this.#limits.authenticateMs)
      this.#cut('connect-late');
    const waits = this.#paused || this.#partialSinceMs === 0;
    if (!waits && nowMs - this.#partialSinceMs > this.#limits.packetMs) this.#cut('packet-slow');
  }

  #cut(reason: Reason): void {
    if (this.destroyed) return;
    this.#count(reason);
    this.destroy();
  }

  #pass(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.destroyed) {
      if (this.#inBody) {
        if (this.#awaitsRoom && !this.#admit()) break;
        const taken = Math.min(this.#bodyLeft, chunk.length - at);
        this.#bodyLeft -= taken;
        at += taken;
        if (this.#bodyLeft === 0) this.#packetEnds();
      } else {
        if (this.#held || (this.#connected && !this.#open)) break;
        this.#header(chunk[at] as number);
        at++;
      }
    }
    if (this.destroyed) return;
    this.#partialSinceMs = this.#type < 0 ? 0 : this.#partialSinceMs || performance.now();
    this.#pending = at < chunk.length ? chunk.subarray(at) : null;
    if (at > 0) this.#wanted = this.push(at === chunk.length ? chunk : chunk.subarray(0, at));
    if (this.#pending || !this.#wanted) this.#pause();
  }

  #header(byte: number): void {
    if (this.#type < 0) {
      this.#type = byte >> 4;
      if (this.#packets === 0 && byte !== CONNECT << 4) this.#cut('connect-missing');
      else if (this.#packets > 0 && !FROM_CLIENT.has(this.#type)) this.#cut('packet-unknown');
      return;
    }
    this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
    this.#lengthBytes++;
    if (byte & 0x80) {
      if (this.#lengthBytes === 4) this.#cut('length-malformed');
      return;
    }
    if (this.#type === CONNECT) {
      if (this.#length > this.#limits.connectBytes) this.#cut('connect-too-large');
    } else {
      const allowed = this.#type === PUBLISH ? this.#limits.publishBytes : this.#limits.controlBytes;
      if (this.#length > allowed) this.#cut('packet-too-large');
    }
    this.#inBody = this.#length > 0;
    this.#bodyLeft = this.#length;
    this.#awaitsRoom = this.#type === PUBLISH;
    if (!this.#inBody) this.#packetEnds();
  }

  #admit(): boolean {
    if (!this.#inFlight.enter(this.share, this.#length)) {
      this.#count('held-back');
      return false;
    }
    this.#awaitsRoom = false;
    return true;
  }

  #packetEnds(): void {
    this.#packets++;
    this.#connected = true;
    this.#type = -1;
    this.#length = 0;
    this.#lengthBytes = 0;
    this.#inBody = false;
    this.#partialSinceMs = 0;
  }

  #pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  #continue(): void {
    if (this.destroyed) return;
    const pending = this.#pending;
    if (pending) {
      this.#pending = null;
      this.#pass(pending);
      if (this.#pending || this.destroyed) return;
    }
    if (!this.#paused || !this.#wanted) return;
    this.#paused = false;
    if (this.#partialSinceMs > 0) this.#partialSinceMs = performance.now();
    this.#socket.resume();
  }

  override _read(): void {
    // asked once and not again before the next push, so it must be remembered while the share is blocked
    this.#wanted = true;
    if (this.#paused && !this.share.blocked) this.#continue();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(chunk, done);
  }

  #send(chunk: Buffer, done: (error?: Error | null) => void): void {
    if (this.#socket.destroyed) done();
    else if (this.#socket.write(chunk)) done();
    else this.#socket.once('drain', () => done());
  }

  /** Answers of one turn leave as one TLS record. */
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#send(Buffer.concat(chunks.map((entry) => entry.chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#pending = null;
    this.#inFlight.close(this.share);
    this.#socket.destroy();
    done(error);
  }
}
