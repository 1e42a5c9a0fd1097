// Where readings of all sources come together: topic to signal, unit, batch.
import { HAND_SOURCE } from '#acquire/hand.ts';
import { claimedSignals } from '#acquire/state.ts';
import type { SignalAddress } from '#monitor/events.ts';
import type { Malformed, SourceReading, SourceSink } from '#ports/source.ts';
import { BAD } from '#vocabulary/quality.ts';
import { type Batch, emptyBatch, MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';
import { conversion } from '#vocabulary/units.ts';
import type { Site } from './site.ts';

/** While another batch is on its way to the disk, a batch waits at most this long for more samples. */
export const BATCH_WAIT_MS = 5;
/** Apart of two readings without a stamp that come in one ms. */
export const STAMP_STEP_MS = 0.001;
/** Reasons of malformed payloads remembered, per client and code. */
export const MAX_MALFORMED = 500;

interface TopicMap {
  addresses: SignalAddress[];
  signals: Uint32Array;
  factor: Float64Array;
  offset: Float64Array;
}

interface Open {
  batch: Batch;
  done: Promise<void>;
  resolve: () => void;
  reject: (failure: Error) => void;
}

const NOBODY: readonly SignalAddress[] = [];
/** Facts after which topics lead to other signals. */
const CHANGES_TOPICS = new Set(['acquire.signal-claimed', 'acquire.claim-ended', 'monitor.signal-declared']);

export class Intake implements SourceSink {
  readonly #site: Site;
  #topics: Map<string, TopicMap>;
  #open: Open | null = null;
  readonly #malformed = new Map<string, Malformed>();
  #accepted = 0;
  #inFlight = 0;
  /** last stamp given to a signal whose readings carry none, by its place */
  readonly #stamped = new Map<number, number>();

  constructor(site: Site) {
    this.#site = site;
    this.#topics = topicMaps(site);
    site.onFacts((facts) => {
      if (facts.some((fact) => CHANGES_TOPICS.has(fact.type))) this.#topics = topicMaps(site);
    });
  }

  /** samples handed to the writer and committed since start */
  get accepted(): number {
    return this.#accepted;
  }

  addresses(topic: string): readonly SignalAddress[] {
    return this.#topics.get(topic)?.addresses ?? NOBODY;
  }

  async accept(_clientId: string, topic: string, readings: SourceReading[]): Promise<void> {
    const map = this.#topics.get(topic);
    if (!map) return;
    const nowMs = this.#site.nowMs();
    const waits = new Set<Promise<void>>();
    for (const reading of readings) {
      const open = this.#room();
      put(
        open.batch,
        map,
        reading,
        reading.timeMs ?? this.#stamp(map.signals[reading.address] as number, nowMs),
      );
      waits.add(open.done);
      if (open.batch.length === MAX_BATCH_SAMPLES) this.#flush();
    }
    await Promise.all(waits);
    this.#accepted += readings.length;
  }

  /** Readings without a stamp keep their order within a ms: the same stamp again would be a repeated reading. */
  #stamp(signal: number, nowMs: number): number {
    const stampMs = Math.max(nowMs, (this.#stamped.get(signal) ?? 0) + STAMP_STEP_MS);
    this.#stamped.set(signal, stampMs);
    return stampMs;
  }

  malformed(clientId: string, topic: string, code: string, message: string): void {
    const key = `${clientId}\n${topic}\n${code}`;
    const known = this.#malformed.get(key);
    const entry = known ?? { clientId, topic, code, message, count: 0, lastSeenMs: 0 };
    entry.count += 1;
    entry.message = message;
    entry.lastSeenMs = this.#site.nowMs();
    remember(this.#malformed, key, entry, MAX_MALFORMED);
  }

  listMalformed(): Malformed[] {
    return [...this.#malformed.values()].sort((a, b) => b.lastSeenMs - a.lastSeenMs);
  }

  #room(): Open {
    if (this.#open) return this.#open;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#open = { batch: emptyBatch(MAX_BATCH_SAMPLES), done: promise, resolve, reject };
    const mine = this.#open;
    const send = (): void => {
      if (this.#open === mine) this.#flush();
    };
    if (this.#inFlight === 0) setImmediate(send);
    else setTimeout(send, BATCH_WAIT_MS);
    return mine;
  }

  #flush(): void {
    const open = this.#open;
    this.#open = null;
    if (!open) return;
    this.#inFlight++;
    this.#site
      .accept(trim(open.batch), null)
      .then(open.resolve, open.reject)
      .finally(() => {
        this.#inFlight--;
      });
  }
}

function put(batch: Batch, map: TopicMap, reading: SourceReading, timeMs: number): void {
  const row = batch.length++;
  const usable = Number.isFinite(reading.value);
  batch.signal[row] = map.signals[reading.address] as number;
  batch.timeMs[row] = timeMs;
  batch.value[row] = usable
    ? reading.value * (map.factor[reading.address] as number) + (map.offset[reading.address] as number)
    : Number.NaN;
  batch.quality[row] = usable ? reading.quality : BAD;
}

function trim(batch: Batch): Batch {
  const { length } = batch;
  return {
    signal: batch.signal.slice(0, length),
    timeMs: batch.timeMs.slice(0, length),
    value: batch.value.slice(0, length),
    quality: batch.quality.slice(0, length),
    length,
  };
}

function topicMaps(site: Site): Map<string, TopicMap> {
  const { acquire, monitor } = site.state();
  const found = new Map<
    string,
    { address: SignalAddress; signal: number; factor: number; offset: number }[]
  >();
  for (const [signalId, signal] of claimedSignals(acquire)) {
    const declared = monitor.signals.get(signalId);
    // what people read by hand has no topic: no device may write it
    if (!declared || declared.address.source === HAND_SOURCE) continue;
    const turn = conversion(declared.sourceUnit, declared.unit) ?? { factor: 1, offset: 0 };
    const row = { address: declared.address, signal, ...turn };
    const rows = found.get(declared.address.topic);
    if (rows) rows.push(row);
    else found.set(declared.address.topic, [row]);
  }
  const maps = new Map<string, TopicMap>();
  for (const [topic, rows] of found) {
    maps.set(topic, {
      addresses: rows.map((row) => row.address),
      signals: Uint32Array.from(rows, (row) => row.signal),
      factor: Float64Array.from(rows, (row) => row.factor),
      offset: Float64Array.from(rows, (row) => row.offset),
    });
  }
  return maps;
}

function remember<T>(table: Map<string, T>, key: string, entry: T, limit: number): void {
  table.delete(key);
  table.set(key, entry);
  if (table.size > limit) table.delete(table.keys().next().value as string);
}
