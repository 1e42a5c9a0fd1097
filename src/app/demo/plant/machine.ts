import type { Moment } from './moment.ts';
import type { Random } from './random.ts';
import type { Wear } from './wear.ts';

/** Which gateway sends it, with a credential of its own. */
export type Area = 'filling-line' | 'utilities';

export interface PlantSignal {
  /** id of the signal in the plan */
  name: string;
  topic: string;
  unit: string;
  area: Area;
  /**
   * `json`: {"v","t","q"}; `plain`: a number; `batch`: entries of several minutes and several signals in one message,
   * each value under `key`
   */
  payload: 'json' | 'plain' | 'batch';
  key: string;
  /** smallest step the device sends, in the signal's unit */
  resolution: number;
}

/** One machine: what its devices say of it, minute by minute. */
export interface Machine {
  asset: string;
  signals: readonly PlantSignal[];
  /**
   * Writes the values of `signals`, in their order, from `at` on; NaN = nothing sent. `quality` is GOOD when it comes.
   * Draws the same count of random numbers each minute, so that a repair changes nothing but its own machine.
   */
  step(now: Moment, value: Float64Array, quality: Uint8Array, at: number): void;
}

export interface MachineParts {
  random: Random;
  wear: Wear;
}

export type MakeMachine = (parts: MachineParts) => Machine;

/** `[key, unit, resolution]` of each signal of a machine that sends one message a reading. */
export function signalsOf(
  asset: string,
  area: Area,
  payload: 'json' | 'plain',
  list: readonly (readonly [key: string, unit: string, resolution: number])[],
): PlantSignal[] {
  return list.map(([key, unit, resolution]) => ({
    name: `${asset}-${key}`,
    topic: `eastmoor/${asset}/${key}`,
    unit,
    area,
    payload,
    key,
    resolution,
  }));
}

/** `[key, unit, resolution]` of each signal of a machine that sends all of them in one batch. */
export function batchedSignalsOf(
  asset: string,
  area: Area,
  list: readonly (readonly [key: string, unit: string, resolution: number])[],
): PlantSignal[] {
  const topic = `eastmoor/${asset}/readings`;
  return list.map(([key, unit, resolution]) => ({
    name: `${asset}-${key}`,
    topic,
    unit,
    area,
    payload: 'batch' as const,
    key,
    resolution,
  }));
}
