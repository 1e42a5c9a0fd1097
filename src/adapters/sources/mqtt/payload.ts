import type { SourceReading, SourceSink } from '#ports/source.ts';
import { BAD, GOOD, type Quality, UNCERTAIN } from '#vocabulary/quality.ts';
import { readQuality, readTimeMs } from './words.ts';

/** Where a signal lies in the payloads of its topic. */
export type SignalAddress = ReturnType<SourceSink['addresses']>[number];

export const MAX_PAYLOAD_BYTES = 1_048_576;
export const MAX_JSON_DEPTH = 8;
export const MAX_READINGS_PER_MESSAGE = 5_000;
const MAX_REMEMBERED_PATHS = 10_000;

/** Why something in a payload could not be read; `count` readings of the message are concerned. */
export interface PayloadFault {
  code: PayloadCode;
  message: string;
  count: number;
}

export interface Decoded {
  readings: SourceReading[];
  faults: PayloadFault[];
}

export const PAYLOAD_FAULTS = {
  'E-MQTT-101': 'The payload is empty.',
  'E-MQTT-102': `The payload is larger than ${MAX_PAYLOAD_BYTES} bytes; send smaller batches.`,
  'E-MQTT-103': 'The payload is not UTF-8 text.',
  'E-MQTT-104':
    'The payload is not a number; the signal has no path for a value, so a plain number is expected.',
  'E-MQTT-105': 'The payload is not JSON.',
  'E-MQTT-106': `The JSON is nested deeper than ${MAX_JSON_DEPTH} levels.`,
  'E-MQTT-107': 'No configured path leads to a value; compare the paths of the signal with the example.',
  'E-MQTT-108': 'The batch path does not lead to a list.',
  'E-MQTT-109': `The message holds more than ${MAX_READINGS_PER_MESSAGE} readings; send smaller batches.`,
  'E-MQTT-110': 'The value is not a finite number; the reading was kept as bad.',
  'E-MQTT-111': 'The source time cannot be read; the reading was kept as bad.',
  'E-MQTT-112': 'The quality is unknown; the reading was kept as uncertain.',
  'E-MQTT-113': 'The value is a text, a list or an object, not a number; the reading was kept as bad.',
} as const;
export type PayloadCode = keyof typeof PAYLOAD_FAULTS;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NO_NUMBER = /^(?:[+-]?(?:nan|inf|infinity)|null)$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });
const paths = new Map<string, readonly string[]>();
const ABSENT = Symbol('absent');

/**
 * Reads the payload of one message for all signals that claim its topic. Never throws: what cannot be read is a fault.
 * A signal without paths reads a plain number; one with a value path reads JSON; with a batch path, each entry of the
 * list (a single entry may come without the list when the batch path is empty). Paths are dotted, list positions are numbers.
 * Where several signals share a topic, a message may carry some of them only.
 * @param addresses of the topic, at least one; a reading names its signal by position in this list
 */
export function decodePayload(payload: Uint8Array, addresses: readonly SignalAddress[]): Decoded {
  const decoding = new Decoding();
  if (payload.length === 0) return decoding.reject('E-MQTT-101');
  if (payload.length > MAX_PAYLOAD_BYTES) return decoding.reject('E-MQTT-102');
  let text: string;
  try {
    text = utf8.decode(payload);
  } catch {
    return decoding.reject('E-MQTT-103');
  }
  let json: unknown = ABSENT;
  let jsonFault: PayloadCode | null = null;
  for (let i = 0; i < addresses.length; i++) {
    const address = addresses[i] as SignalAddress;
    if (address.valuePath === null && address.batchPath === null) {
      decoding.plain(i, text);
      continue;
    }
    if (json === ABSENT && jsonFault === null) {
      jsonFault = nestedDeeper(payload) ? 'E-MQTT-106' : null;
      json = jsonFault === null ? parse(text) : ABSENT;
      if (json === ABSENT) jsonFault ??= 'E-MQTT-105';
    }
    if (jsonFault !== null) decoding.fault(jsonFault);
    else decoding.structured(i, address, json);
    if (decoding.tooMany) return new Decoding().reject('E-MQTT-109');
  }
  return decoding.result();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return ABSENT;
  }
}

/** Brackets outside of strings, counted on the bytes before anything is built from them. */
function nestedDeeper(payload: Uint8Array): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < payload.length; i++) {
    const byte = payload[i];
    if (inString) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MAX_JSON_DEPTH) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return false;
}

function pathOf(path: string): readonly string[] {
  const known = paths.get(path);
  if (known) return known;
  const split = path === '' ? [] : path.split('.');
  if (paths.size < MAX_REMEMBERED_PATHS) paths.set(path, split);
  return split;
}

/** Only own properties count, so that `__proto__` or `constructor` lead nowhere. */
function follow(root: unknown, path: string): unknown {
  let at = root;
  for (const key of pathOf(path)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return ABSENT;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

class Decoding {
  readonly #readings: SourceReading[] = [];
  readonly #faults = new Map<PayloadCode, number>();
  #absent = 0;

  get tooMany(): boolean {
    return this.#readings.length > MAX_READINGS_PER_MESSAGE;
  }

  fault(code: PayloadCode): void {
    this.#faults.set(code, (this.#faults.get(code) ?? 0) + 1);
  }

  reject(code: PayloadCode): Decoded {
    this.fault(code);
    return this.result();
  }

  result(): Decoded {
    if (this.#readings.length === 0 && this.#absent > 0 && this.#faults.size === 0) this.fault('E-MQTT-107');
    const faults = [...this.#faults].map(([code, count]) => ({ code, message: PAYLOAD_FAULTS[code], count }));
    return { readings: this.#readings, faults };
  }

  plain(address: number, text: string): void {
    const trimmed = text.trim();
    if (NUMBER.test(trimmed)) this.#number(address, Number(trimmed), null, GOOD);
    else if (trimmed === 'true' || trimmed === 'false')
      this.#number(address, trimmed === 'true' ? 1 : 0, null, GOOD);
    else if (NO_NUMBER.test(trimmed)) this.#number(address, Number.NaN, null, GOOD);
    else this.fault('E-MQTT-104');
  }

  structured(address: number, at: SignalAddress, json: unknown): void {
    if (at.batchPath === null) {
      this.#entry(address, at, json, false);
      return;
    }
    const list = follow(json, at.batchPath);
    if (Array.isArray(list)) {
      for (const entry of list) {
        if (this.tooMany) return;
        this.#entry(address, at, entry, true);
      }
    } else if (at.batchPath === '') this.#entry(address, at, json, false);
    else if (list === ABSENT) this.#absent++;
    else this.fault('E-MQTT-108');
  }

  #entry(address: number, at: SignalAddress, entry: unknown, inBatch: boolean): void {
    const value = at.valuePath === null ? entry : follow(entry, at.valuePath);
    if (value === ABSENT) {
      this.#absent++;
      return;
    }
    let quality: Quality = GOOD;
    const rawQuality = at.qualityPath === null ? ABSENT : follow(entry, at.qualityPath);
    if (rawQuality !== ABSENT && rawQuality !== null) {
      const read = readQuality(rawQuality);
      if (read === null) this.fault('E-MQTT-112');
      quality = read ?? UNCERTAIN;
    }
    let timeMs: number | null = null;
    if (at.timePath !== null) {
      const rawTime = follow(entry, at.timePath);
      const missing = rawTime === ABSENT || rawTime === null;
      // entries of a batch were not taken when it arrived, so receive time must not stand in for theirs
      timeMs = missing ? null : readTimeMs(rawTime);
      if (timeMs === null && (!missing || inBatch)) {
        this.fault('E-MQTT-111');
        quality = BAD;
      }
    }
    if (typeof value === 'number') this.#number(address, value, timeMs, quality);
    else if (typeof value === 'boolean') this.#number(address, value ? 1 : 0, timeMs, quality);
    else if (value === null) this.#number(address, Number.NaN, timeMs, quality);
    else {
      this.fault('E-MQTT-113');
      this.#readings.push({ address, value: Number.NaN, timeMs, quality: BAD });
    }
  }

  #number(address: number, value: number, timeMs: number | null, quality: Quality): void {
    if (Number.isFinite(value)) {
      this.#readings.push({ address, value, timeMs, quality });
      return;
    }
    // a device that says "no value" with a bad quality is in order; one that calls it good is not
    if (quality !== BAD) this.fault('E-MQTT-110');
    this.#readings.push({ address, value: Number.NaN, timeMs, quality: BAD });
  }
}
