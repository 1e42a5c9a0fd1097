import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from './problem.ts';
import type { Rooms, SiteChange } from './site.ts';

export const MAX_EVENT_CLIENTS = 200;
export const MAX_EVENT_CLIENTS_PER_PERSON = 20;
/** Bytes waiting for a slow reader before it is dropped; it reconnects and asks again. */
export const MAX_EVENT_BUFFER_BYTES = 64 * 1024;
const HEARTBEAT_MS = 15_000;
/** Changes within this time go out as one event. */
const GATHER_MS = 100;

interface Reader {
  personId: string;
  headers: Headers;
  reply: FastifyReply;
}

/** Tells every open screen that something changed, never what: the screen asks again under its own policy. */
export class EventHub {
  readonly #rooms: Rooms;
  readonly #heartbeatMs: number;
  readonly #readers = new Set<Reader>();
  #pending: { seq: number; stages: Set<string> } | null = null;
  #gather: NodeJS.Timeout | null = null;
  #heartbeat: NodeJS.Timeout | null = null;
  readonly #stops: (() => void)[] = [];

  constructor(rooms: Rooms, heartbeatMs = HEARTBEAT_MS) {
    this.#rooms = rooms;
    this.#heartbeatMs = heartbeatMs;
  }

  get size(): number {
    return this.#readers.size;
  }

  start(app: FastifyInstance): void {
    this.#stops.push(this.#rooms.site.subscribe((change) => this.#note(change)));
    this.#stops.push(this.#rooms.identity.onSessionsEnded((personId) => void this.#recheck(personId)));
    this.#heartbeat = setInterval(() => {
      this.#send(': still here\n\n');
      void this.#recheck(null);
    }, this.#heartbeatMs);
    this.#heartbeat.unref();
    app.addHook('preClose', async () => this.stop());
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    if (this.#gather) clearTimeout(this.#gather);
    for (const reader of this.#readers) this.#drop(reader);
  }

  open(request: FastifyRequest, reply: FastifyReply, personId: string, headers: Headers): void {
    const own = [...this.#readers].filter((reader) => reader.personId === personId).length;
    if (this.#readers.size >= MAX_EVENT_CLIENTS || own >= MAX_EVENT_CLIENTS_PER_PERSON) {
      throw new ApiProblem(
        503,
        'E-HTTP-020',
        'Too many screens listen for changes at once.',
        'Close some, or reload later; the screens still work when reloaded by hand.',
        { retryAfterS: 30 },
      );
    }
    const reader: Reader = { personId, headers, reply };
    reply.hijack();
    // headers set by hooks (content policy and the like) belong on this answer too
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    this.#readers.add(reader);
    request.raw.once('close', () => this.#drop(reader));
    reply.raw.once('close', () => this.#drop(reader));
    reply.raw.on('error', () => this.#drop(reader));
    this.#write(reader, `retry: 2000\n${eventOf({ seq: this.#rooms.site.state().facts, stages: [] })}`);
  }

  #note(change: SiteChange): void {
    this.#pending ??= { seq: 0, stages: new Set() };
    this.#pending.seq = Math.max(this.#pending.seq, change.seq);
    for (const stage of change.stages) this.#pending.stages.add(stage);
    this.#gather ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  #flush(): void {
    this.#gather = null;
    const pending = this.#pending;
    this.#pending = null;
    if (pending) this.#send(eventOf({ seq: pending.seq, stages: [...pending.stages] }));
  }

  #send(text: string): void {
    for (const reader of this.#readers) this.#write(reader, text);
  }

  #write(reader: Reader, text: string): void {
    const { raw } = reader.reply;
    if (raw.writableLength + text.length > MAX_EVENT_BUFFER_BYTES) this.#drop(reader);
    else raw.write(text);
  }

  #drop(reader: Reader): void {
    if (this.#readers.delete(reader)) reader.reply.raw.destroy();
  }

  /** Ends the streams whose session has ended; of one person, or of all. */
  async #recheck(personId: string | null): Promise<void> {
    for (const reader of this.#readers) {
      if (personId !== null && reader.personId !== personId) continue;
      const session = await this.#rooms.identity.sessionOf(reader.headers).catch(() => null);
      if (session?.personId !== reader.personId) this.#drop(reader);
    }
  }
}

function eventOf(change: SiteChange): string {
  return `event: changed\ndata: ${JSON.stringify(change)}\n\n`;
}
