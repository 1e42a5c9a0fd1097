import type { SenseMonitor } from '#core/sense.ts';
import { BAD } from '#vocabulary/quality.ts';
import { type Batch, MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';

export const LIMIT = 80;
const INTERVAL_MS = 1_000;
const START_MS = Date.UTC(2024, 0, 1);

export interface SenseData {
  monitors: SenseMonitor[];
  batches: Batch[];
  /** receive time of each batch */
  receivedMs: number[];
  samples: number;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * One sample a second from each of `signals`, in batches as the intake log takes them: noise below the limit,
 * one part in 500 of the time above it in stretches of 20 s, and one sample in 2,000 each bad, late and repeated.
 * @param shuffled order of signals within each second is random, and new each second
 */
export function senseData(signals: number, seconds: number, shuffled: boolean): SenseData {
  const random = chance(7);
  const samples = signals * seconds;
  const all = {
    signal: new Uint32Array(samples),
    timeMs: new Float64Array(samples),
    value: new Float64Array(samples),
    quality: new Uint8Array(samples),
  };
  const above = new Uint8Array(signals);
  const order = Uint32Array.from({ length: signals }, (_, s) => s);
  for (let i = 0; i < samples; i++) {
    const second = Math.floor(i / signals);
    const k = i % signals;
    if (k === 0 && shuffled) shuffle(order, random);
    const s = order[k] as number;
    if (above[s] === 0 && random() < 0.0001) above[s] = 20;
    const odd = random();
    const offMs = odd < 0.0005 ? -1_500 : odd < 0.001 ? -INTERVAL_MS : 0;
    all.signal[i] = s;
    all.timeMs[i] = START_MS + second * INTERVAL_MS + offMs;
    all.value[i] = (above[s] ? 85 : 50) + random() * 10;
    all.quality[i] = odd > 0.9995 ? BAD : 0;
    if (above[s]) above[s]--;
  }
  return { ...cut(all, samples), samples, monitors: monitorsOf(signals) };
}

function cut(all: Omit<Batch, 'length'>, samples: number): Pick<SenseData, 'batches' | 'receivedMs'> {
  const batches: Batch[] = [];
  const receivedMs: number[] = [];
  let nowMs = START_MS;
  for (let from = 0; from < samples; from += MAX_BATCH_SAMPLES) {
    const to = Math.min(samples, from + MAX_BATCH_SAMPLES);
    const timeMs = all.timeMs.subarray(from, to);
    for (const t of timeMs) nowMs = Math.max(nowMs, t);
    batches.push({
      signal: all.signal.subarray(from, to),
      timeMs,
      value: all.value.subarray(from, to),
      quality: all.quality.subarray(from, to),
      length: to - from,
    });
    receivedMs.push(nowMs);
  }
  return { batches, receivedMs };
}

function monitorsOf(signals: number): SenseMonitor[] {
  return Array.from({ length: signals }, (_, signal) => ({
    monitorId: `m${signal}`,
    version: 1,
    signal,
    staleAfterMs: 30_000,
    condition: {
      kind: 'limit' as const,
      direction: 'high' as const,
      limit: LIMIT,
      deadband: 2,
      onDelayMs: 10_000,
      offDelayMs: 5_000,
    },
  }));
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let k = order.length - 1; k > 0; k--) {
    const j = Math.floor(random() * (k + 1));
    const held = order[k] as number;
    order[k] = order[j] as number;
    order[j] = held;
  }
}
