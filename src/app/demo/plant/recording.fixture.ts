import type { History } from '#core/backtest.ts';
import { DAY_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { DAY_MIN } from './moment.ts';
import { createPlant, type KnownEvent, knownEvents, type SimulatedPlant } from './plant.ts';

export interface Recording {
  plant: SimulatedPlant;
  startMs: number;
  events: readonly KnownEvent[];
  /** what was sent of a signal, up to `days` after the start */
  history(signal: string, days?: number): History;
}

export interface Repair {
  atMs: number;
  asset: string;
  failureMode: string;
}

/** Lives through `days` of a plant; without `repairs` nobody mends anything before it breaks down. */
export function record(
  seed: number,
  startMs: number,
  days: number,
  repairs: readonly Repair[] = [],
): Recording {
  const plant = createPlant(seed, startMs);
  const { signals } = plant;
  const minutes = days * DAY_MIN;
  const timeMs = new Float64Array(minutes);
  const values = signals.map(() => new Float64Array(minutes));
  const qualities = signals.map(() => new Uint8Array(minutes));
  const value = new Float64Array(signals.length);
  const quality = new Uint8Array(signals.length);
  for (let i = 0; i < minutes; i++) {
    plant.step(value, quality);
    for (const { atMs, asset, failureMode } of repairs) {
      if (atMs > plant.timeMs - MINUTE_MS && atMs <= plant.timeMs) plant.repaired(asset, failureMode);
    }
    timeMs[i] = plant.timeMs;
    for (let at = 0; at < signals.length; at++) {
      (values[at] as Float64Array)[i] = value[at] as number;
      (qualities[at] as Uint8Array)[i] = quality[at] as number;
    }
  }
  const whole = new Map<string, History>();
  const history = (signal: string, until = days): History => {
    const found = whole.get(signal) ?? sent(signal);
    whole.set(signal, found);
    const endMs = startMs + until * DAY_MS;
    let rows = found.timeMs.length;
    while (rows > 0 && (found.timeMs[rows - 1] as number) > endMs) rows--;
    return {
      timeMs: found.timeMs.subarray(0, rows),
      value: found.value.subarray(0, rows),
      quality: found.quality.subarray(0, rows),
    };
  };
  const sent = (signal: string): History => {
    const at = signals.findIndex(({ name }) => name === signal);
    const from = values[at] as Float64Array;
    const marks = qualities[at] as Uint8Array;
    const kept: History = {
      timeMs: new Float64Array(minutes),
      value: new Float64Array(minutes),
      quality: new Uint8Array(minutes),
    };
    let rows = 0;
    for (let i = 0; i < minutes; i++) {
      if (Number.isNaN(from[i])) continue;
      kept.timeMs[rows] = timeMs[i] as number;
      kept.value[rows] = from[i] as number;
      kept.quality[rows++] = marks[i] as number;
    }
    const { timeMs: t, value: v, quality: q } = kept;
    return { timeMs: t.subarray(0, rows), value: v.subarray(0, rows), quality: q.subarray(0, rows) };
  };
  return { plant, startMs, events: knownEvents(startMs, days), history };
}
