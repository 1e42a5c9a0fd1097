/** The cells of one kind of condition: those of a monitor side by side, in the order of the declared columns. */
export type Cells = Float64Array;

/** What every condition's specification carries, whatever its kind. */
export interface ConditionBase {
  kind: string;
  /** the condition must hold this long before it is raised, ms on source time; absent: 0 */
  onDelayMs?: number;
  /** it must be gone this long before it is cleared, ms on source time; absent: 0 */
  offDelayMs?: number;
}

/**
 * A kind of condition. It declares the typed columns it needs; sense allots them for all monitors
 * of the kind, and saves and carries them over. A new kind is one file that
 * exports one of these and one line in `all.ts`.
 */
export interface Condition<S extends ConditionBase> {
  readonly kind: S['kind'];
  /** names of the columns of doubles, parameters and state alike; a monitor's first cell is at `at` below */
  readonly columns: readonly string[];
  /**
   * What silence means. `blinds`: longer than the monitor's stale limit and it has no valid signal.
   * `sets`: silence itself makes the condition true; such a monitor is never blind.
   */
  readonly silence: 'blinds' | 'sets';
  /** why this specification cannot be judged, or null */
  problem(spec: S): string | null;
  /** silence longer than this counts, ms; equality does not */
  silenceMs(spec: S, staleAfterMs: number): number;
  /** writes parameters and first state into the cells */
  prepare(spec: S, cells: Cells, at: number): void;
  /** Kernel: whether the condition is true after an accepted sample; may write its cells. */
  holds(cells: Cells, at: number, held: boolean, value: number, timeMs: number): boolean;
  /** The worse of two values. */
  worse(cells: Cells, at: number, a: number, b: number): number;
  /**
   * Bounds of the values for which the kernel would repeat its answer, change no cell and find no
   * worse value: such samples skip it. NaN as lower bound: the kernel must see every sample.
   */
  quietLow(cells: Cells, at: number, held: boolean, extreme: number): number;
  quietHigh(cells: Cells, at: number, held: boolean, extreme: number): number;
}

/** Shared part of `problem`: delays are finite and not negative. */
export function delayProblem(spec: ConditionBase): string | null {
  const isDelay = (ms: number): boolean => ms >= 0 && Number.isFinite(ms);
  if (!isDelay(spec.onDelayMs ?? 0)) return 'on-delay must be 0 or more';
  if (!isDelay(spec.offDelayMs ?? 0)) return 'off-delay must be 0 or more';
  return null;
}

/**
 * What the data plane says: the only thing that leaves it.
 * All times are ms since 1970 on the signal's source axis.
 */
export interface StateChange {
  kind: 'raised' | 'cleared' | 'signal-lost' | 'signal-back';
  monitorId: string;
  version: number;
  /** condition start + delay; last accepted + stale limit when lost; the next accepted sample when back */
  atMs: number;
  /** raised: start of the condition; cleared: the sample that ended it; otherwise `atMs` */
  conditionSinceMs: number;
  /** last accepted value at `atMs` */
  value: number;
  /** worst value since the start of the condition; the value itself while none runs */
  extreme: number;
  /** t_P: last accepted reading inside the limit before the condition; null when none was seen */
  lastBelowMs: number | null;
  /** no good sample among those the condition stood on when it was raised */
  uncertainOnly: boolean;
}
