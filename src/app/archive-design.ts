// Readings that stay loaded while people move a limit; on the archive's thread.
import { rowsAhead } from '#acquire/ahead.ts';
import type { BacktestMonitor, KnownEvent } from '#core/backtest.ts';
import type { History } from '#core/backtest-history.ts';
import { type Why, whyAt } from '#core/backtest-why.ts';
import { type DesignFigures, judgeDesign, type ProfileStep, profileStep } from '#core/design.ts';
import { PortFailure } from '#ports/failure.ts';
import type { SampleStore, Series } from '#ports/samples.ts';
import { BAD } from '#vocabulary/quality.ts';
import { MINUTE_MS } from '#vocabulary/time.ts';
import { MAX_BACKTEST_SAMPLES } from './archive-backtest.ts';
import { pictureOf } from './archive-picture.ts';
import { type PastRange, pastOf, type Resting, type TailOf } from './archive-past.ts';

/** Histories that stay loaded at once, and their readings together; the one that rested longest gives way. */
export const MAX_DESIGNS = 4;
export const MAX_DESIGN_SAMPLES = 2 * MAX_BACKTEST_SAMPLES;
/** A history that nobody asked for so long is let go. */
export const DESIGN_IDLE_MS = 5 * MINUTE_MS;
/** After so long it is read anew, so that what came meanwhile is seen. */
const DESIGN_AGE_MS = 10 * MINUTE_MS;
const LOAD_LIMIT_MS = 15_000;
/** Share of the readings left out at both ends of the range that a limit may sensibly lie in. */
const TAIL_SHARE = 0.001;
const MAX_RANKED = 100_000;

/** Where the readings of a design rest; times are ms, both ends included. */
export interface DesignPast extends Resting {
  fromMs: number;
  toMs: number;
  others: readonly Resting[];
}

export interface DesignQuestion {
  past: DesignPast;
  /** judged one after the other on the same readings */
  monitors: readonly BacktestMonitor[];
  quietMs: number;
  events: readonly KnownEvent[] | null;
  splitAtMs: number | null;
}

export interface ProfileQuestion extends Omit<DesignQuestion, 'monitors'> {
  monitor: BacktestMonitor;
  limits: readonly number[];
}

export interface WhyAsked {
  past: DesignPast;
  monitor: BacktestMonitor;
  atMs: number;
  unit: string;
}

export interface PictureAsked {
  past: DesignPast;
  /** at most; the lowest and the highest of each bucket stay */
  points: number;
}

export interface DesignTold {
  samples: number;
  received: number;
  imported: number;
  /** lowest and highest value without the rarest at both ends; null without readings */
  range: { low: number; high: number } | null;
  judged: DesignFigures[];
  /** the readings stood ready */
  held: boolean;
  elapsedMs: number;
}

interface Loaded {
  history: History;
  others: History[];
  received: number;
  imported: number;
  samples: number;
  range: DesignTold['range'];
  loadedMs: number;
  askedMs: number;
}

/** @param nowMs steady clock, ms */
export class DesignTable {
  readonly #store: SampleStore;
  readonly #tailOf: TailOf;
  readonly #nowMs: () => number;
  readonly #loaded = new Map<string, Promise<Loaded>>();

  constructor(store: SampleStore, tailOf: TailOf, nowMs: () => number) {
    this.#store = store;
    this.#tailOf = tailOf;
    this.#nowMs = nowMs;
  }

  /** @throws PortFailure E-SAMPLES-007 too many readings, E-DESIGN-001 too slow */
  async judge({ past, monitors, ...options }: DesignQuestion): Promise<DesignTold> {
    const startedMs = this.#nowMs();
    const held = this.#loaded.has(keyOf(past));
    const { history, others, samples, received, imported, range } = await this.#load(past);
    const judged = monitors.map((monitor) => judgeDesign(history, monitor, { ...options, others }));
    return { samples, received, imported, range, judged, held, elapsedMs: this.#nowMs() - startedMs };
  }

  /** Lets other questions pass between two limits. */
  async profile({ past, monitor, limits, ...options }: ProfileQuestion): Promise<ProfileStep[]> {
    const { history, others } = await this.#load(past);
    const steps: ProfileStep[] = [];
    for (const limit of limits) {
      steps.push(profileStep(history, monitor, limit, { ...options, others }));
      await new Promise((next) => setImmediate(next));
    }
    return steps;
  }

  async picture({ past, points }: PictureAsked): Promise<Series> {
    const { history } = await this.#load(past);
    return pictureOf(history, points);
  }

  async why({ past, monitor, atMs, unit }: WhyAsked): Promise<Why> {
    let { history, others } = await this.#load(past);
    if ((history.timeMs.at(-1) ?? 0) < atMs) {
      this.#loaded.delete(keyOf(past));
      ({ history, others } = await this.#load(past));
    }
    return whyAt({ monitor, history, others, atMs, unit });
  }

  /** Lets go what nobody asked for; called now and then. */
  async sweep(): Promise<void> {
    const nowMs = this.#nowMs();
    for (const [key, loading] of this.#loaded) {
      const { askedMs } = await loading;
      if (nowMs - askedMs > DESIGN_IDLE_MS) this.#loaded.delete(key);
    }
  }

  async #load(past: DesignPast): Promise<Loaded> {
    const key = keyOf(past);
    const nowMs = this.#nowMs();
    const known = await this.#loaded.get(key);
    if (known && nowMs - known.loadedMs <= DESIGN_AGE_MS) {
      known.askedMs = nowMs;
      this.#loaded.delete(key);
      this.#loaded.set(key, Promise.resolve(known));
      return known;
    }
    const loading = this.#read(past, nowMs);
    this.#loaded.set(key, loading);
    try {
      const loaded = await loading;
      await this.#giveWay(key);
      return loaded;
    } catch (failure) {
      this.#loaded.delete(key);
      throw failure;
    }
  }

  async #read(past: DesignPast, nowMs: number): Promise<Loaded> {
    const { fromMs, toMs } = past;
    const stop = (): PortFailure | null => (this.#nowMs() - nowMs > LOAD_LIMIT_MS ? tooSlow() : null);
    const within = (from: number, maxRows: number): PastRange => ({ fromMs: from, toMs, maxRows, stop });
    const own = await pastOf(this.#store, this.#tailOf, past, within(fromMs, MAX_BACKTEST_SAMPLES));
    let samples = own.history.timeMs.length;
    const others: History[] = [];
    for (const one of past.others) {
      const other = await pastOf(this.#store, this.#tailOf, one, within(0, MAX_BACKTEST_SAMPLES - samples));
      samples += other.history.timeMs.length;
      others.push(other.history);
    }
    const { timeMs, quality } = own.history;
    const history = { ...own.history, ahead: rowsAhead(timeMs, quality) };
    const range = rangeOf(history);
    const { received, imported } = own;
    return { history, others, received, imported, samples, range, loadedMs: nowMs, askedMs: nowMs };
  }

  async #giveWay(kept: string): Promise<void> {
    let samples = 0;
    for (const loading of this.#loaded.values()) samples += (await loading).samples;
    for (const [key, loading] of this.#loaded) {
      if (this.#loaded.size <= MAX_DESIGNS && samples <= MAX_DESIGN_SAMPLES) return;
      if (key === kept) continue;
      this.#loaded.delete(key);
      samples -= (await loading).samples;
    }
  }
}

function keyOf({ signal, imports, others, fromMs, toMs }: DesignPast): string {
  return JSON.stringify([signal, imports, others, fromMs, toMs]);
}

function rangeOf({ value, quality }: History): DesignTold['range'] {
  const stride = Math.max(1, Math.ceil(value.length / MAX_RANKED));
  const known: number[] = [];
  for (let i = 0; i < value.length; i += stride) {
    const one = value[i] as number;
    if (Number.isFinite(one) && (quality[i] as number) < BAD) known.push(one);
  }
  if (known.length === 0) return null;
  const sorted = Float64Array.from(known).toSorted();
  const out = Math.floor(sorted.length * TAIL_SHARE);
  return { low: sorted[out] as number, high: sorted[sorted.length - 1 - out] as number };
}

function tooSlow(): PortFailure {
  return new PortFailure(
    'E-DESIGN-001',
    `The readings could not be gathered within ${LOAD_LIMIT_MS / 1_000} s.`,
    'Ask for a shorter range, or try again when the server has less to do.',
    true,
  );
}
