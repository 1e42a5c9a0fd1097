// One gateway of the simulated plant: a device with its own credential, a bounded queue, and payloads of three kinds.
import { PortFailure } from '#ports/failure.ts';
import type { Publisher, PublisherOptions } from '#ports/publisher.ts';
import { BAD, qualityWord } from '#vocabulary/quality.ts';
import { isoUtc } from '#vocabulary/time.ts';
import type { Area, PlantSignal } from './plant/machine.ts';

/** Messages that wait while the broker is away; the oldest is given up for the newest. About eleven plant hours. */
export const MAX_WAITING = 20_000;
/** Messages sent and not yet acknowledged. */
const WINDOW = 200;
const BATCH_MINUTES = 5;
const RETRY_MS = 2_000;
/** What waits gets this long when the gateway is stopped. */
const STOP_MS = 3_000;

export interface GatewayOptions {
  area: Area;
  signals: readonly PlantSignal[];
  url: string;
  ca: string;
  secrets: Record<Area, string>;
  open: (options: PublisherOptions) => Promise<Publisher>;
  refused?: (area: Area, failure: PortFailure) => void;
}

export interface GatewayCounts {
  sent: number;
  acknowledged: number;
  reconnects: number;
  /** in the queue */
  waiting: number;
  /** given up because the queue was full */
  dropped: number;
}

interface Message {
  topic: string;
  payload: string;
}

type Entry = Record<string, number | string | null>;

export class Gateway {
  readonly #options: GatewayOptions;
  readonly #own: { at: number; signal: PlantSignal }[] = [];
  readonly #batches = new Map<string, Entry[]>();
  readonly #queue: Message[] = [];
  #publisher: Publisher | null = null;
  #dropped = 0;
  #stopped = false;
  #wake = (): void => {};
  readonly #sending: Promise<void>;

  constructor(options: GatewayOptions) {
    this.#options = options;
    options.signals.forEach((signal, at) => {
      if (signal.area === options.area) this.#own.push({ at, signal });
    });
    this.#sending = this.#send();
  }

  counts(): GatewayCounts {
    const { sent, acknowledged, reconnects } = this.#publisher?.counts() ?? {
      sent: 0,
      acknowledged: 0,
      reconnects: 0,
    };
    return { sent, acknowledged, reconnects, waiting: this.#queue.length, dropped: this.#dropped };
  }

  /** Puts the readings of one minute into the queue; `value` and `quality` are in the order of all signals. */
  take(timeMs: number, value: Float64Array, quality: Uint8Array): void {
    const entries = new Map<string, Entry>();
    for (const { at, signal } of this.#own) {
      const reading = value[at] as number;
      const word = quality[at] as number;
      if (Number.isNaN(reading) && word !== BAD) continue;
      const v = Number.isNaN(reading) ? null : reading;
      const { topic } = signal;
      if (signal.payload === 'plain') this.#put({ topic, payload: String(v ?? 'nan') });
      else if (signal.payload === 'json') {
        const payload = JSON.stringify({ v, t: isoUtc(timeMs), q: qualityWord(word) });
        this.#put({ topic, payload });
      } else {
        const entry = entries.get(topic) ?? { t: isoUtc(timeMs) };
        entry[signal.key] = v;
        entries.set(topic, entry);
      }
    }
    for (const [topic, entry] of entries) this.#collect(topic, entry);
    this.#wake();
  }

  async stop(): Promise<void> {
    for (const topic of this.#batches.keys()) this.#flush(topic);
    this.#stopped = true;
    this.#wake();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_MS);
    });
    await Promise.race([this.#drain(), limit]);
    clearTimeout(timer);
    this.#publisher?.close();
  }

  async #drain(): Promise<void> {
    await this.#sending;
    await this.#publisher?.finish().catch(() => {});
  }

  #collect(topic: string, entry: Entry): void {
    const batch = this.#batches.get(topic) ?? [];
    batch.push(entry);
    this.#batches.set(topic, batch);
    if (batch.length >= BATCH_MINUTES) this.#flush(topic);
  }

  #flush(topic: string): void {
    const readings = this.#batches.get(topic) ?? [];
    if (readings.length > 0) this.#put({ topic, payload: JSON.stringify({ readings }) });
    this.#batches.set(topic, []);
  }

  #put(message: Message): void {
    if (this.#queue.length >= MAX_WAITING) {
      this.#queue.shift();
      this.#dropped++;
    }
    this.#queue.push(message);
  }

  /** Sends until it is stopped; a publisher that gives up is opened anew, one that is refused ends the gateway. */
  async #send(): Promise<void> {
    const { area, refused } = this.#options;
    while (!this.#stopped || this.#queue.length > 0) {
      try {
        this.#publisher ??= await this.#connect();
        const message = this.#queue.shift();
        if (message) await this.#publisher.publish(message.topic, message.payload);
        else await this.#somethingToDo();
      } catch (failure) {
        this.#publisher?.close();
        this.#publisher = null;
        if (!(failure instanceof PortFailure)) throw failure;
        if (!failure.retryable) refused?.(area, failure);
        if (!failure.retryable || this.#stopped) return;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
    }
  }

  #connect(): Promise<Publisher> {
    const { area, url, ca, secrets, open } = this.#options;
    // it resends by itself for as long as it takes: what it was given is never lost to a broker that is away
    const giveUpMs = Number.POSITIVE_INFINITY;
    return open({ url, ca, clientId: area, secret: secrets[area], window: WINDOW, giveUpMs });
  }

  #somethingToDo(): Promise<void> {
    if (this.#stopped || this.#queue.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
